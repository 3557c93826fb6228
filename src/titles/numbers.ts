import { isFiller, PART } from './words.ts';

const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
];
const TEENS = ['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const FEW = [
  'zeroth',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const MORE = ['eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth'];

const UNITS = new Map<string, number>([
  ...[...ONES, ...TEENS].map((word, value) => [word, value] as const),
  ...[...FEW, ...MORE, 'eighteenth', 'nineteenth'].map((word, value) => [word, value] as const),
  ['twentieth', 20],
  ['thirtieth', 30],
]);
const DECADES = new Map<string, number>([
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
  ['fourty', 40],
]);
const SCALES = new Map<string, number>([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
const NUMBER_WORDS = new Set([...UNITS.keys(), ...DECADES.keys(), ...SCALES.keys()]);
const NO_NUMBER: [string, number] = ['', 0];
const NINE = 57;
/** XXXVIII */
const LONGEST_ROMAN = 7;
const ROMAN = /^(?=.)x{0,3}(?:ix|iv|v?i{0,3})$/u;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/u;

/** True where a word stands for a number: digits, after {@link foldNumbers}. */
export function isNumber(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit < 48 || unit > 57) return false;
  }
  return word.length > 0;
}

/**
 * Words → words with every number as digits: "seven", "7th", "VII" (not as the first word) → "7"; "one hundred and
 * one" → "101"; "nineteen eighty four" → "1984".
 */
export function foldNumbers(words: readonly string[]): string[] {
  const folded: string[] = [];
  for (let at = 0; at < words.length; ) {
    const [value, used] = readNumber(words, at);
    folded.push(used === 0 ? words[at]! : value);
    at += Math.max(1, used);
  }
  return folded;
}

/** The number that begins at a word, and how many words it takes; 0 where there is none. */
function readNumber(words: readonly string[], at: number): [value: string, used: number] {
  const word = words[at]!;
  const ordinal = word.charCodeAt(0) <= NINE ? ORDINAL.exec(word) : null;
  if (ordinal) return [ordinal[1]!, 1];
  if (
    at > 0 &&
    word.length <= LONGEST_ROMAN &&
    ROMAN.test(word) &&
    (word.length > 1 || endsPart(words, at) || followsFiller(words, at))
  )
    return [String(romanDigits(word)), 1];
  if (!NUMBER_WORDS.has(word)) return NO_NUMBER;
  const [value, used] = readWords(words, at);
  return [String(value), used];
}

function readWords(words: readonly string[], start: number): [value: number, used: number] {
  let [group, at] = belowHundred(words, start);
  const paired = yearValue(words, group, at);
  if (paired) return [paired[0], paired[1] - start];
  let total = 0;
  for (let scale = SCALES.get(words[at] ?? ''); scale !== undefined; scale = SCALES.get(words[at] ?? '')) {
    group = Math.max(1, group) * scale;
    if (scale > 100) [total, group] = [total + group, 0];
    at++;
    const next = words[at] === 'and' ? at + 1 : at;
    const [rest, after] = belowHundred(words, next);
    if (after === next) continue;
    group += rest;
    at = after;
  }
  return [total + group, at - start];
}

/** "nineteen" "eighty" "four": two numbers below a hundred that are a year when said together. */
function yearValue(
  words: readonly string[],
  century: number,
  at: number,
): [year: number, at: number] | undefined {
  if (
    century < 18 ||
    century > 20 ||
    !(DECADES.has(words[at] ?? '') || (UNITS.get(words[at] ?? '') ?? 0) >= 10)
  )
    return undefined;
  const [rest, after] = belowHundred(words, at);
  return [century * 100 + rest, after];
}

/** The number below a hundred that begins at a word, and where it ends. */
function belowHundred(words: readonly string[], at: number): [value: number, at: number] {
  const tens = DECADES.get(words[at] ?? '');
  const unit = UNITS.get(words[tens === undefined ? at : at + 1] ?? '');
  if (tens === undefined) return unit === undefined ? [0, at] : [unit, at + 1];
  return unit !== undefined && unit > 0 && unit < 10 ? [tens + unit, at + 2] : [tens, at + 1];
}

/** A single letter is a numeral at the end of a name ("Rocky V") or after "episode", not within ("things I hate"). */
function endsPart(words: readonly string[], at: number): boolean {
  return words[at + 1] === undefined || words[at + 1] === PART;
}

/** Marks are passed over: words that were normalised before have none. */
function followsFiller(words: readonly string[], at: number): boolean {
  const before = words[at - 1] === PART ? words[at - 2] : words[at - 1];
  return before !== undefined && isFiller(before);
}

/** The value of a word that is a roman numeral from I to XXXIX; undefined for any other. */
export function romanValue(roman: string): number | undefined {
  if (!ROMAN.test(roman)) return undefined;
  return romanDigits(roman);
}

function romanDigits(roman: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10 };
  const digits = [...roman].map((letter) => values[letter]!);
  return digits.reduce((sum, digit, index) => sum + (digit < (digits[index + 1] ?? 0) ? -digit : digit), 0);
}
