import { GENRES, type Genre } from '../catalogue/genres.ts';
import type { Reason } from '../recommender/reasons.ts';
import { type Message, say, type Value } from './message.ts';

/**
 * A reason as one line of words. Genres are slugs in the data and themes English; here both are in the reader's
 * language.
 */
export function reasonMessage(reason: Reason): Message {
  if (reason.kind === 'series')
    return say('reason.series', { name: reason.values[0] ?? '', count: Number(reason.values[1]) });
  if (reason.kind === 'era') {
    const [first = '', last = ''] = reason.values;
    return first === last ? say('reason.sameYear', { first }) : say('reason.era', { first, last });
  }
  if (reason.kind === 'themeOf') {
    const [title = '', ...themes] = reason.values;
    return say('reason.themeOf', { title, values: themes.map((themeOf) => ({ themeOf })) });
  }
  const values = reason.values.map((value): Value => {
    if (reason.kind.startsWith('genre') && Object.hasOwn(GENRES, value))
      return say(`genre.${value as Genre}`);
    return reason.kind === 'theme' || reason.kind === 'themeAsked' ? { themeOf: value } : value;
  });
  return say(`reason.${reason.kind}`, { values });
}
