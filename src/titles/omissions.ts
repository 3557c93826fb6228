import { nameWords } from './name-words.ts';
import { isNumber } from './numbers.ts';
import { isArticle, isFiller } from './words.ts';

/** The name goes on after a colon. */
export const ONE_PART = 1;
/** The name has other parts before. */
export const LATER_PART = 1.7;

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
  if (isNumber(word)) return word === '1' ? 2 : 6;
  return 3 + Math.min(9, word.length);
}

export function nameOf(marked: readonly string[]): Name {
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
    costs.push(large === 0 ? small : startsPart[at + 1] ? LATER_PART : 2.4 + Math.min(1.5, 0.25 * large));
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
    costs.unshift(
      large === 0 ? small : (startsPart[at] ? ONE_PART : 1.3 + Math.min(1.2, 0.25 * large)) + sequel,
    );
  }
  return costs;
}

/** What comes next is the number of a sequel, which is hardly ever left out: "rocky" is not "Rocky II". */
function isSequelNumber(words: readonly string[], at: number): boolean {
  const number = isFiller(words[at]!) ? words[at + 1] : words[at];
  return number !== undefined && isNumber(number) && number !== '1' && number !== '0';
}
