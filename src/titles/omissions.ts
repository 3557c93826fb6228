import { nameWords } from './name-words.ts';
import { isNumber } from './numbers.ts';
import { isArticle, isFiller } from './words.ts';

/** The name goes on after a colon. */
export const ONE_PART = 1;
/** The name has other parts before. */
export const LATER_PART = 1.7;
/** The name begins before what was typed, or goes on after it, within a part: people say the beginning of a name. */
const BEGINNING = 2.4;
const MOST_BEGINNING = 1.5;
const END = 1.3;
const MOST_END = 1.2;
const EACH_WORD = 0.25;
const SEQUEL_NUMBER = 1.8;
/** A word that costs less is hardly missed: articles, "and", "part", 1. */
const SMALL_WORD = 0.5;

/** Digits of a year; a longer number is no part or place that somebody miscounted. */
const LONGEST_NUMBER = 4;

/** A name's words with what leaving each of them out costs. */
export interface Name {
  readonly words: readonly string[];
  readonly omit: readonly number[];
  /** Cost of leaving out everything before a word, and everything from a word on. */
  readonly lead: readonly number[];
  readonly trail: readonly number[];
}

/** A typed word that the name does not have. */
export function extraCost(word: string): number {
  if (isArticle(word)) return 0.4;
  if (word === 'and' || isFiller(word)) return 0.6;
  if (isNumber(word)) return word === '1' ? 2 : 6 + Math.max(0, word.length - LONGEST_NUMBER);
  return 3 + Math.min(9, word.length);
}

export function nameOf(marked: readonly string[]): Name {
  const { words, startsPart } = nameWords(marked);
  const omit = words.map(omitCost);
  return {
    words,
    omit,
    lead: leadCosts(words, omit, startsPart),
    trail: trailCosts(words, omit, startsPart),
  };
}

/** A word of the name that was not typed, amid words that were. */
function omitCost(word: string): number {
  if (isArticle(word)) return 0.35;
  if (word === 'and') return 0.4;
  if (isFiller(word)) return 0.2;
  if (isNumber(word)) return word === '1' ? 0.3 : 2;
  return word.length <= 3 ? 0.9 : 1.3;
}

function leadCosts(
  words: readonly string[],
  omit: readonly number[],
  startsPart: readonly boolean[],
): number[] {
  const costs = [0];
  for (let at = 0, small = 0, large = 0; at < omit.length; at++) {
    // "winter soldier" leaves out the article of its part as well; "3" of "Part III" is no such part.
    const isSmall = large > 0 ? isArticle(words[at]!) || words[at] === 'and' : omit[at]! < SMALL_WORD;
    if (isSmall) small += omit[at]!;
    else [small, large] = [Number.POSITIVE_INFINITY, large + 1];
    if (large > 0 && startsPart[at + 1]) small = LATER_PART;
    costs.push(Math.min(small, BEGINNING + Math.min(MOST_BEGINNING, EACH_WORD * large)));
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
    if (omit[at]! < SMALL_WORD) small += omit[at]!;
    else large++;
    const end = startsPart[at] ? ONE_PART : END + Math.min(MOST_END, EACH_WORD * large);
    costs.unshift(large === 0 ? small : end + (isSequelNumber(words, at) ? SEQUEL_NUMBER : 0));
  }
  return costs;
}

/** What comes next is the number of a sequel, which is hardly ever left out: "rocky" is not "Rocky II". */
function isSequelNumber(words: readonly string[], at: number): boolean {
  const number = isFiller(words[at]!) ? words[at + 1] : words[at];
  return number !== undefined && isNumber(number) && number !== '1' && number !== '0';
}
