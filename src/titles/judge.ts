import { editCost } from './edit-cost.ts';
import { foldNumbers } from './numbers.ts';
import { extraCost, type Name, nameOf } from './omissions.ts';
import type { Query } from './query.ts';
import { NEVER, wordCost } from './word-cost.ts';
import { bare } from './words.ts';

/** Only the spaces differ. */
export const SPACES = 0.1;
/** Only spaces, articles, "and" and "part" differ. */
export const SAME_BARE = 0.4;
const JOINED = 0.3;
const WORDS_SWAPPED = 1.2;
const OTHER_ORDER = 2;
const PRESSED_TOGETHER = 1.3;
const AS_WRITTEN = 0.2;
/** An alignment cheaper than this is not improved by another order of the words. */
const ORDER_MATTERS = 5;
const MAX_LENGTH_DIFFERENCE = 4;

/**
 * Says how unlikely it is that someone who meant a name typed the query, in nats: 0 for the very words, about 3 for
 * a slip, 1 to 3 for a subtitle left out, 6 and more for a word that the name does not have. One judge serves one
 * query.
 */
export class Judge {
  readonly #query: Query;
  readonly #pressed: string;
  readonly #extra: readonly number[];
  readonly #memo: readonly Map<string, number>[];
  /** Each typed word with the next one: "golden" "eye" → "goldeneye". */
  readonly #joinedWords: readonly string[];
  readonly #joinedMemo: readonly Map<string, number>[];
  /** Costs of the typed words (rows) for the words of the name at hand. */
  #pairs = new Float64Array(256);
  #table = new Float64Array(256);

  constructor(query: Query) {
    const { words } = query;
    this.#query = query;
    this.#pressed = words.join('');
    this.#extra = words.map(extraCost);
    this.#memo = words.map(() => new Map());
    this.#joinedWords = words.slice(1).map((word, index) => words[index]! + word);
    this.#joinedMemo = words.map(() => new Map());
  }

  /** The cost of a name, given its folded words with part marks. */
  cost(marked: readonly string[]): number {
    const numbered = foldNumbers(marked);
    const cost = this.#costOf(numbered);
    // A misspelt number word is no number: it is compared with the name as written.
    const differs =
      numbered.length !== marked.length || numbered.some((word, index) => word !== marked[index]);
    return cost > 1 && differs ? Math.min(cost, this.#costOf(marked) + AS_WRITTEN) : cost;
  }

  #costOf(marked: readonly string[]): number {
    const name = nameOf(marked);
    if (name.words.join('') === this.#pressed)
      return name.words.length === this.#query.words.length ? 0 : SPACES;
    const byWords = this.#align(name);
    return Math.min(byWords, this.#whole(name), byWords > ORDER_MATTERS ? this.#anyOrder(name) : NEVER);
  }

  /** Both pressed together: joined and split words, with slips. */
  #whole(name: Name): number {
    const typed = this.#query.bare;
    const meant = bare(name.words);
    if (typed === meant) return SAME_BARE;
    if (Math.abs(typed.length - meant.length) > MAX_LENGTH_DIFFERENCE || typed.length < 3) return NEVER;
    if (!sameDigits(typed, meant)) return NEVER;
    return PRESSED_TOGETHER + editCost(typed, meant, Math.min(14, typed.length));
  }

  /** The cheapest way to lay the typed words along the name's words, in order. */
  #align(name: Name): number {
    const rows = this.#query.words.length;
    const width = name.words.length + 1;
    this.#makeRoom((rows + 1) * width);
    const table = this.#table;
    for (const [j, word] of name.words.entries())
      for (let i = 0; i < rows; i++) this.#pairs[i * width + j] = this.#pair(i, word);
    for (let j = 0; j < width; j++) table[j] = name.lead[j]!;
    for (let i = 1; i <= rows; i++)
      for (let j = 0; j < width; j++) table[i * width + j] = this.#cell(name, width, i, j);
    let best = NEVER;
    for (let j = 0; j < width; j++) best = Math.min(best, table[rows * width + j]! + name.trail[j]!);
    return best;
  }

  #cell(name: Name, width: number, i: number, j: number): number {
    const table = this.#table;
    const pairs = this.#pairs;
    const here = i * width + j;
    let cost = table[here - width]! + this.#extra[i - 1]!;
    if (j === 0) return cost;
    const pair = here - width - 1;
    cost = Math.min(cost, table[pair]! + pairs[pair]!);
    // What is left out at the beginning is `lead`, also where the typed words begin with an article of their own.
    if (j > 1) cost = Math.min(cost, table[here - 1]! + name.omit[j - 1]!);
    if (i > 1) cost = Math.min(cost, table[pair - width]! + this.#joined(i - 2, name.words[j - 1]!));
    if (j === 1) return cost;
    cost = Math.min(cost, table[pair - 1]! + this.#split(i - 1, name.words[j - 2]!, name.words[j - 1]!));
    if (i === 1) return cost;
    return Math.min(cost, table[pair - width - 1]! + pairs[pair - width]! + pairs[pair - 1]! + WORDS_SWAPPED);
  }

  #pair(index: number, meant: string): number {
    const typed = this.#query.words[index]!;
    if (typed === meant) return 0;
    const memo = this.#memo[index]!;
    let cost = memo.get(meant);
    if (cost === undefined) {
      cost = wordCost(typed, meant, index === this.#query.words.length - 1);
      memo.set(meant, cost);
    }
    return cost;
  }

  /** Two typed words for one: "golden eye". */
  #joined(index: number, meant: string): number {
    const typed = this.#joinedWords[index]!;
    if (!comparable(typed, typed.length, meant, meant.length)) return NEVER;
    const memo = this.#joinedMemo[index]!;
    let cost = memo.get(meant);
    if (cost === undefined) {
      const last = index === this.#query.words.length - 2;
      cost = sameDigits(typed, meant) ? JOINED + wordCost(typed, meant, last) : NEVER;
      memo.set(meant, cost);
    }
    return cost;
  }

  /** One typed word for two: "spiderman". */
  #split(index: number, first: string, second: string): number {
    const typed = this.#query.words[index]!;
    if (!comparable(typed, typed.length, first, first.length + second.length)) return NEVER;
    const meant = first + second;
    if (typed === meant) return JOINED;
    return typed.length > 4 && sameDigits(typed, meant) ? JOINED + wordCost(typed, meant, false) : NEVER;
  }

  /** The typed words in any order; each must find a word of its own. */
  #anyOrder(name: Name): number {
    const taken = new Uint8Array(name.words.length);
    let cost = OTHER_ORDER;
    for (let index = 0; index < this.#query.words.length && cost < NEVER; index++) {
      let [best, place] = [this.#extra[index]!, -1];
      for (let at = 0; at < taken.length; at++) {
        const pair = taken[at] ? NEVER : this.#pair(index, name.words[at]!);
        if (pair < best) [best, place] = [pair, at];
      }
      if (place >= 0) taken[place] = 1;
      cost += best;
    }
    let omitted = 0;
    for (let at = 0; at < taken.length; at++) if (!taken[at]) omitted += Math.min(0.5, name.omit[at]!);
    return cost + Math.min(3, omitted);
  }

  #makeRoom(cells: number): void {
    if (cells <= this.#table.length) return;
    this.#table = new Float64Array(cells * 2);
    this.#pairs = new Float64Array(cells * 2);
  }
}

/** Alike enough in length and beginning to be compared letter by letter. */
function comparable(typed: string, typedLength: number, meant: string, meantLength: number): boolean {
  return Math.abs(typedLength - meantLength) <= 2 && (typed[0] === meant[0] || typed[1] === meant[1]);
}

/** Slips change letters, not numbers. */
function sameDigits(a: string, b: string): boolean {
  let [at, other] = [nextDigit(a, 0), nextDigit(b, 0)];
  while (at < a.length && other < b.length) {
    if (a[at] !== b[other]) return false;
    at = nextDigit(a, at + 1);
    other = nextDigit(b, other + 1);
  }
  return at >= a.length && other >= b.length;
}

function nextDigit(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) < 48 || text.charCodeAt(at) > 57)) at++;
  return at;
}
