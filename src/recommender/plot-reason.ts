import type { Movie } from '../catalogue/movie.ts';
import { nearestSentence, stemsOf } from './nearest-sentence.ts';
import type { Reason } from './reasons.ts';

/** The sentence of the movie's overview that has most of the text's words, or themes that are named in it. */
export function plotReason(text: string, movie: Movie): Reason {
  const sentence = nearestSentence(text, movie);
  if (sentence) return { kind: 'plot', values: [sentence] };
  const wanted = stemsOf(text);
  const themes = movie.keywords.filter((keyword) => [...stemsOf(keyword)].some((stem) => wanted.has(stem)));
  return themes.length > 0
    ? { kind: 'themeAsked', values: themes.slice(0, 3) }
    : { kind: 'close', values: [] };
}
