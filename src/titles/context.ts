import { isNumber } from './numbers.ts';
import { type Query, queryOfWords } from './query.ts';

/** Words beside a title, and what they cost in nats: the title is a guess. */
export interface Within {
  readonly query: Query;
  readonly cost: number;
}

const BESIDE_TITLE = 3.5;
const EACH_WORD = 0.75;
const MOST_WORDS = 2;
const SHORTEST = 3;
/** What stands before the name of somebody: "alien by ridley scott", "heat directed by michael mann". */
const CREDITS = new Set(['by', 'directed', 'starring']);

/**
 * The titles that a text may hold beside a word or two about them, of which titles know nothing: "bond skyfall",
 * "tarantino pulp fiction", "heat de niro". The words are not longer than the title, unless they say whose it is.
 */
export function titlesWithin({ words, year }: Query): Within[] {
  const found: Within[] = [];
  const credit = words.findIndex((word, index) => index > 0 && CREDITS.has(word));
  if (credit > 0 && credit < words.length - 1)
    found.push({ query: queryOfWords(words.slice(0, credit), year), cost: BESIDE_TITLE + EACH_WORD });
  for (let count = 1; count <= Math.min(MOST_WORDS, words.length - 1); count++)
    for (const [title, rest] of [
      [words.slice(count), words.slice(0, count)],
      [words.slice(0, -count), words.slice(-count)],
    ] as const) {
      const query = queryOfWords(title, year);
      if (query.bare.length < Math.max(SHORTEST, rest.join('').length) || rest.some(isNumber)) continue;
      found.push({ query, cost: BESIDE_TITLE + EACH_WORD * count });
    }
  return found;
}
