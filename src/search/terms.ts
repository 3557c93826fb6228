/** A word to look for, and how rare it is: the natural logarithm of movies over movies that have it. */
export interface Term {
  readonly word: string;
  readonly rarity: number;
}

/** What of a text is worth looking for. */
export interface Telling {
  /** The rarest of its words that occur at all, the rarest first. */
  readonly terms: readonly Term[];
  /** How many of its words tell something, among them those that no movie has. */
  readonly asked: number;
}

/** Words of one text that are counted in the index at all: a bound on the work a pasted novel can cause. */
const MAX_COUNTED = 400;

/** The different words of a text, in order: letters and digits, lower case. Never a word of the query language. */
export function termsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => word.length > 1 || /\P{Script=Latin}/u.test(word));
}

/**
 * The rarest `limit` of the words that occur at all. What more than a quarter of the movies have tells nothing: so
 * stop words need no list, in any language.
 */
export function telling(
  words: readonly string[],
  movies: number,
  limit: number,
  countOf: (word: string) => number,
): Telling {
  const asked = words
    .slice(0, MAX_COUNTED)
    .map((word) => ({ word, found: countOf(word) }))
    .filter(({ found }) => found <= Math.max(1, movies / 4));
  const terms = asked
    .filter(({ found }) => found > 0)
    .map(({ word, found }) => ({ word, rarity: Math.log(1 + movies / found) }))
    .sort((a, b) => b.rarity - a.rarity)
    .slice(0, limit);
  return { terms, asked: asked.length };
}
