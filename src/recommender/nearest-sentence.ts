import type { Movie } from '../catalogue/movie.ts';
import { STOP_WORDS } from '../embedding/words/stop-words.ts';
import { termsOf } from '../search/terms.ts';

/** A longer sentence is cut at a word. */
const MAX_SENTENCE = 160;

/** Words of one stem share their beginning. */
const STEM = 5;
/** In a story that nobody typed, shorter words are mostly grammar. */
const MIN_WORD = 4;

/** Endings of English words, where enough is left to know the word by: "robs" and "robbing", "city" and "cities". */
const ENDING = /(?<=\p{L}{3})(?:ing|(?<!e)ed|es|ers?|s|e)$/u;

/** "Lost Horizon is a 1937 American adventure film directed by …": what kind of thing it is, and nothing of the story. */
const OPENING =
  /\b(?:is|was) an? [^.]*?\b(?:19|20)\d\d\b[^.]*\b(?:film|movie|series|drama|comedy|documentary|novel)\b/iu;

/** How a film was made, sold and taken: nothing of the story. */
const MAKING =
  /\b(?:(?:directed|produced|written|distributed|released|filmed|shot|composed) (?:by|in|on|for|at)|executive producer|box office|gross(?:ed|ing)|premiered|stars|starring|soundtrack|remake of|sequel to)\b/iu;

/** An initial or a title before a name ends no sentence: "by J. B. Priestley", "the island of Dr. Moreau". */
const ABBREVIATED = /(?:^|[\s(.])(?:\p{Lu}|Dr|Jr|Mr|Mrs|Ms|No|Prof|Sgt|St|vs)\.\s+$/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentence of the movie's story that has most of the text's telling words; undefined where none has any. */
export function nearestSentence(text: string, movie: Movie): string | undefined {
  return sentenceWith(stemsOf(text), storyOf(sentencesOf(movie)));
}

/** Those of an overview's sentences that tell of the story. */
export function storyOf(sentences: readonly string[]): string[] {
  return sentences.filter((sentence) => !OPENING.test(sentence) && !MAKING.test(sentence));
}

/** The sentence that has most of these stems, at a length that can be shown; undefined where none has any. */
export function sentenceWith(stems: ReadonlySet<string>, sentences: readonly string[]): string | undefined {
  let [best, most] = ['', 0];
  for (const sentence of sentences) {
    const shared = [...stemsOf(sentence, 1)].filter((stem) => stems.has(stem)).length;
    if (shared > most) [best, most] = [sentence, shared];
  }
  return most === 0 ? undefined : cut(best);
}

/** The overview, sentence by sentence; a part of the title that ends in a mark is none. */
export function sentencesOf({ overview = '', title }: Pick<Movie, 'overview' | 'title'>): string[] {
  const sentences: string[] = [];
  let begun = '';
  for (const { segment } of segmenter.segment(overview)) {
    begun += segment;
    if (ABBREVIATED.test(begun)) continue;
    sentences.push(begun.trim());
    begun = '';
  }
  return [...sentences, begun.trim()].filter((sentence) => sentence !== '' && !title.includes(sentence));
}

/** Each telling word of at least so many letters without its ending, the first so many letters of it. */
export function stemsOf(text: string, minWord: number = MIN_WORD): Set<string> {
  return new Set(
    termsOf(text)
      .filter((word) => word.length >= minWord && !STOP_WORDS.has(word))
      .map(stemOf),
  );
}

function stemOf(word: string): string {
  return word
    .replace(ENDING, '')
    .replace(/y$/u, 'i')
    .replace(/(\p{L})\1$/u, '$1')
    .slice(0, STEM);
}

function cut(sentence: string): string {
  if (sentence.length <= MAX_SENTENCE) return sentence;
  const end = sentence.lastIndexOf(' ', MAX_SENTENCE);
  return `${sentence.slice(0, end > 0 ? end : MAX_SENTENCE).toWellFormed()}…`;
}
