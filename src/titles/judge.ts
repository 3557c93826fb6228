import { editCost } from './edit-cost.ts';
import { nameWords } from './name-words.ts';
import { numberWords } from './normalise.ts';
import { isNumber } from './numbers.ts';
import type { Query } from './query.ts';
import { NEVER, wordCost } from './word-cost.ts';
import { bare, isArticle, isFiller } from './words.ts';

const JOINED = 0.3;
const WORDS_SWAPPED = 1.2;
const OTHER_ORDER = 2;
/** Only the spaces differ. */
export const SPACES = 0.1;
/** Only spaces, articles, "and" and "part" differ. */
export const SAME_BARE = 0.4;
/** The name goes on after a colon. */
export const ONE_PART = 1;

/** Words that people add to a title to say what it is. */
const DESCRIPTIVE = new Set([
  'movie',
  'film',
  'movies',
  'films',
  'show',
  'series',
  'tv',
  'anime',
  'cartoon',
  'full',
  'watch',
]);

/** A name's words with what leaving each of them out costs. */
interface Name {
  readonly words: readonly string[];
  readonly omit: readonly number[];
  /** Cost of leaving out everything before a word, and everything from a word on. */
  readonly lead: readonly number[];
  readonly trail: readonly number[];
}

/**
 * Says how unlikely it is that someone who meant a name typed the query, in nats: 0 for the very words, about 3 for
 * a slip, 1 to 3 for a subtitle left out, 6 and more for a word that the name does not have.
 */
export class Judge {
  readonly #query: Query;
  readonly #extra: readonly number[];
  readonly #memo: Map<string, number>[];
  readonly #joinedMemo: Map<string, number>[];

  constructor(query: Query) {
    this.#query = query;
    this.#extra = query.words.map(extraCost);
    this.#memo = query.words.map(() => new Map());
    this.#joinedMemo = query.words.map(() => new Map());
  }

  /** The cost of a name, given its folded words with part marks. */
  cost(marked: readonly string[]): number {
    const numbered = numberWords(marked);
    const cost = this.#costOf(numbered);
    // A misspelt number word is no number: it is compared with the name as written.
    return cost > 1 && numbered.some((word, index) => word !== marked[index])
      ? Math.min(cost, this.#costOf(marked) + 0.2)
      : cost;
  }

  #costOf(marked: readonly string[]): number {
    const name = nameOf(marked);
    if (name.words.join('') === this.#query.words.join('')) return name.words.length === this.#query.words.length ? 0 : SPACES;
    const byWords = this.#align(name);
    return Math.min(byWords, this.#whole(name), byWords > 5 ? this.#anyOrder(name) : NEVER);
  }

  /** Both pressed together: joined and split words, with slips. */
  #whole(name: Name): number {
    const typed = this.#query.bare;
    const meant = bare(name.words);
    if (typed === meant) return SAME_BARE;
    if (Math.abs(typed.length - meant.length) > 4 || typed.length < 3 || digitsOf(typed) !== digitsOf(meant))
      return NEVER;
    return 1.3 + editCost(typed, meant, Math.min(14, typed.length));
  }

  /** The cheapest way to lay the typed words along the name's words, in order. */
  #align(name: Name): number {
    const typed = this.#query.words;
    const width = name.words.length + 1;
    const table = new Float64Array((typed.length + 1) * width).fill(NEVER);
    for (let j = 0; j < width; j++) table[j] = name.lead[j]!;
    for (let i = 1; i <= typed.length; i++)
      for (let j = 0; j < width; j++) table[i * width + j] = this.#cell(name, table, width, i, j);
    let best = NEVER;
    for (let j = 0; j < width; j++) best = Math.min(best, table[typed.length * width + j]! + name.trail[j]!);
    return best;
  }

  #cell(name: Name, table: Float64Array, width: number, i: number, j: number): number {
    const here = i * width + j;
    let cost = table[here - width]! + this.#extra[i - 1]!;
    if (j === 0) return cost;
    const word = name.words[j - 1]!;
    cost = Math.min(cost, table[here - 1]! + name.omit[j - 1]!, table[here - width - 1]! + this.#pair(i - 1, word));
    if (i > 1) cost = Math.min(cost, table[here - 2 * width - 1]! + this.#joined(i - 2, word));
    if (j === 1) return cost;
    const wordBefore = name.words[j - 2]!;
    cost = Math.min(cost, table[here - width - 2]! + this.#split(i - 1, wordBefore, word));
    if (i === 1) return cost;
    const swapped = this.#pair(i - 2, word) + this.#pair(i - 1, wordBefore);
    return Math.min(cost, table[here - 2 * width - 2]! + swapped + WORDS_SWAPPED);
  }

  #pair(index: number, meant: string): number {
    const memo = this.#memo[index]!;
    let cost = memo.get(meant);
    if (cost === undefined) {
      cost = wordCost(this.#query.words[index]!, meant, index === this.#query.words.length - 1);
      memo.set(meant, cost);
    }
    return cost;
  }

  /** Two typed words for one: "golden eye". */
  #joined(index: number, meant: string): number {
    const memo = this.#joinedMemo[index]!;
    let cost = memo.get(meant);
    if (cost === undefined) {
      const typed = this.#query.words[index]! + this.#query.words[index + 1]!;
      cost = comparable(typed, meant)
        ? JOINED + wordCost(typed, meant, index === this.#query.words.length - 2)
        : NEVER;
      memo.set(meant, cost);
    }
    return cost;
  }

  /** One typed word for two: "spiderman". */
  #split(index: number, first: string, second: string): number {
    const typed = this.#query.words[index]!;
    const meant = first + second;
    if (typed === meant) return JOINED;
    return comparable(typed, meant) && typed.length > 4 ? JOINED + wordCost(typed, meant, false) : NEVER;
  }

  /** The typed words in any order; each must find a word of its own. */
  #anyOrder(name: Name): number {
    const free = new Set(name.words.keys());
    let cost = OTHER_ORDER;
    for (const index of this.#query.words.keys()) {
      let [best, place] = [this.#extra[index]!, -1];
      for (const at of free) {
        const pair = this.#pair(index, name.words[at]!);
        if (pair < best) [best, place] = [pair, at];
      }
      free.delete(place);
      cost += best;
    }
    const omitted = [...free].reduce((sum, at) => sum + Math.min(0.5, name.omit[at]!), 0);
    return cost + Math.min(3, omitted);
  }
}

function comparable(typed: string, meant: string): boolean {
  return (
    Math.abs(typed.length - meant.length) <= 2 &&
    (typed[0] === meant[0] || typed[1] === meant[1]) &&
    digitsOf(typed) === digitsOf(meant)
  );
}

function digitsOf(text: string): string {
  return text.replace(/\D+/gu, ' ').trim();
}

/** A typed word that the name does not have. */
function extraCost(word: string): number {
  if (isArticle(word)) return 0.4;
  if (word === 'and' || isFiller(word)) return 0.6;
  if (isNumber(word)) return word === '1' ? 2 : 6;
  return 3 + Math.min(9, word.length);
}

function nameOf(marked: readonly string[]): Name {
  const { words, startsPart } = nameWords(marked);
  const omit = words.map(omitCost);
  return { words, omit, lead: leadCosts(omit, startsPart), trail: trailCosts(words, omit, startsPart) };
}

/** A word of the name that was not typed, amid words that were. */
function omitCost(word: string): number {
  if (isArticle(word)) return 0.35;
  if (word === 'and') return 0.4;
  if (isFiller(word)) return 0.2;
  if (isNumber(word)) return word === '1' ? 0.3 : 2;
  return word.length <= 3 ? 0.9 : 1.3;
}

function leadCosts(omit: readonly number[], startsPart: readonly boolean[]): number[] {
  const costs = [0];
  for (let at = 0, small = 0, large = 0; at < omit.length; at++) {
    if (omit[at]! < 0.5) small += omit[at]!;
    else large++;
    costs.push(large === 0 ? small : startsPart[at + 1] ? 1.7 : 2.4 + Math.min(1.5, 0.25 * large));
  }
  return costs;
}

function trailCosts(
  words: readonly string[],
  omit: readonly number[],
  startsPart: readonly boolean[],
): number[] {
  const costs = [0];
  for (let at = words.length - 1, small = 0, large = 0; at >= 0; at--) {
    if (omit[at]! < 0.5) small += omit[at]!;
    else large++;
    const sequel = isSequelNumber(words, at) ? 1.8 : 0;
    costs.unshift(large === 0 ? small : (startsPart[at] ? ONE_PART : 1.3 + Math.min(1.2, 0.25 * large)) + sequel);
  }
  return costs;
}

/** What comes next is the number of a sequel, which is hardly ever left out: "rocky" is not "Rocky II". */
function isSequelNumber(words: readonly string[], at: number): boolean {
  const number = isFiller(words[at]!) ? words[at + 1] : words[at];
  return number !== undefined && isNumber(number) && number !== '1' && number !== '0';
}
