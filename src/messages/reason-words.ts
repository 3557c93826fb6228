import { GENRES, type Genre } from '../catalogue/genres.ts';
import type { Reason } from '../recommender/reasons.ts';
import { type Message, say } from './message.ts';

/** A reason as one line of words. Genres are slugs in the data and words in the reader's language here. */
export function reasonMessage(reason: Reason): Message {
  if (reason.kind === 'series')
    return say('reason.series', { name: reason.values[0] ?? '', count: Number(reason.values[1]) });
  const values = reason.values.map((value) =>
    reason.kind === 'genre' && value in GENRES ? say(`genre.${value as Genre}`) : value,
  );
  return say(`reason.${reason.kind}`, { values });
}
