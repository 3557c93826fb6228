import type { Movie } from '../catalogue/movie.ts';
import { STOP_WORDS } from '../embedding/words/stop-words.ts';
import { termsOf } from '../search/terms.ts';

/** A longer sentence is cut at a word. */
const MAX_SENTENCE = 160;

/** Words of one stem share their beginning; shorter words are mostly grammar. */
const STEM = 5;
const MIN_WORD = 4;

/** "Lost Horizon is a 1937 American adventure film directed by …": what kind of thing it is, and nothing of the story. */
const OPENING =
  /\b(?:is|was) an? [^.]*?\b(?:19|20)\d\d\b[^.]*\b(?:film|movie|series|drama|comedy|documentary|novel)\b/iu;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentence of the movie's overview that has most of the text's telling words; undefined where none has any. */
export function nearestSentence(text: string, movie: Movie): string | undefined {
  const wanted = stemsOf(text);
  let [best, most] = ['', 0];
  for (const { segment } of sentences.segment(movie.overview ?? '')) {
    if (OPENING.test(segment)) continue;
    const shared = [...stemsOf(segment)].filter((stem) => wanted.has(stem)).length;
    if (shared > most) [best, most] = [segment, shared];
  }
  return most === 0 ? undefined : cut(best.trim());
}

/** The first so many letters of each telling word. */
export function stemsOf(text: string): Set<string> {
  return new Set(
    termsOf(text)
      .filter((word) => word.length >= MIN_WORD && !STOP_WORDS.has(word))
      .map((word) => word.slice(0, STEM)),
  );
}

function cut(sentence: string): string {
  if (sentence.length <= MAX_SENTENCE) return sentence;
  const end = sentence.lastIndexOf(' ', MAX_SENTENCE);
  return `${sentence.slice(0, end > 0 ? end : MAX_SENTENCE).toWellFormed()}…`;
}
