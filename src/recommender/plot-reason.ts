import type { Movie } from '../catalogue/movie.ts';
import { termsOf } from '../search/terms.ts';
import type { Reason } from './reasons.ts';

/** A longer sentence is cut at a word. */
const MAX_SENTENCE = 160;

/** Words of one stem share their beginning; shorter words are mostly grammar. */
const STEM = 5;
const MIN_WORD = 4;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentence of the movie's overview that has most of the text's words, or themes that are named in it. */
export function plotReason(text: string, movie: Movie): Reason {
  const wanted = stemsOf(text);
  const themes = movie.keywords.filter((keyword) => [...stemsOf(keyword)].some((stem) => wanted.has(stem)));
  const best = [...sentences.segment(movie.overview ?? '')]
    .map(({ segment }) => ({
      segment: segment.trim(),
      shared: [...stemsOf(segment)].filter((stem) => wanted.has(stem)),
    }))
    .reduce<{ segment: string; shared: string[] } | undefined>(
      (found, each) => (each.shared.length > (found?.shared.length ?? 0) ? each : found),
      undefined,
    );
  if (best) return { kind: 'plot', values: [cut(best.segment)] };
  return themes.length > 0
    ? { kind: 'themeAsked', values: themes.slice(0, 3) }
    : { kind: 'close', values: [] };
}

function stemsOf(text: string): Set<string> {
  return new Set(
    termsOf(text)
      .filter((word) => word.length >= MIN_WORD)
      .map((word) => word.slice(0, STEM)),
  );
}

function cut(sentence: string): string {
  if (sentence.length <= MAX_SENTENCE) return sentence;
  const end = sentence.lastIndexOf(' ', MAX_SENTENCE);
  return `${sentence.slice(0, end > 0 ? end : MAX_SENTENCE).toWellFormed()}…`;
}
