import { editCost } from './edit-cost.ts';
import { isNumber, romanValue } from './numbers.ts';
import { soundOf } from './sound.ts';
import { isArticle } from './words.ts';

/** Cost of a pair of words that are not the same one. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Any slip in a word, beside the slip itself. */
const SLIP = 1;
/** Slips that a word bears, per letter. */
const SLIPS_PER_LETTER = 1.15;
/** Another spelling of the same sound. */
const BY_EAR = 2.4;
const PLURAL = 0.9;
const OTHER_ARTICLE = 0.7;
const SAME_SOUND_NUMBER = 1.2;
const CUT_OFF = 0.5;
const ABBREVIATED = 1.8;

const SHORT_FORM = 0.3;
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  dr: 'doctor',
  mr: 'mister',
  mrs: 'missus',
  st: 'saint',
  vs: 'versus',
  v: 'versus',
  mt: 'mount',
  n: 'and',
  u: 'you',
};

const SOUNDS_OF_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  1: ['won'],
  2: ['to', 'too'],
  4: ['for', 'fore'],
  8: ['ate'],
};

/** What it costs, in nats, that `typed` was written for `meant`. `last`: it may have been cut off while typing. */
export function wordCost(typed: string, meant: string, last: boolean): number {
  if (typed === meant) return 0;
  if (isNumber(typed) || isNumber(meant)) return numberCost(typed, meant);
  if (isArticle(typed) && isArticle(meant)) return OTHER_ARTICLE;
  if (ABBREVIATIONS[typed] === meant || ABBREVIATIONS[meant] === typed) return SHORT_FORM;
  if (`${typed}s` === meant || typed === `${meant}s`) return PLURAL;
  const prefix = meant.startsWith(typed) ? prefixCost(typed, meant, last) : NEVER;
  const shorter = Math.min(typed.length, meant.length);
  if (shorter < 2 || Math.abs(typed.length - meant.length) > 1 + shorter / 3) return prefix;
  if (!beginsAlike(typed, meant)) return prefix;
  const limit = 0.6 + SLIPS_PER_LETTER * shorter;
  const slipped = Math.min(prefix, SLIP + editCost(typed, meant, limit));
  if (slipped === NEVER) return NEVER;
  if (sameSpelling(typed, meant)) return SHORT_FORM;
  if (slipped <= BY_EAR || shorter < 4) return slipped;
  return soundOf(typed) === soundOf(meant) ? BY_EAR : slipped;
}

/** British and American: "judgement", "colour", "theatre", "grey", "realise", "traveller", "defence", "catalogue". */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/dgement/u, 'dgment'],
  [/(?<=[a-z]{2})our(?=$|s$|ed$|ful|ite|able|ing|less)/u, 'or'],
  [/(?<=[a-z]{2}[bct])re(?=s?$)/u, 'er'],
  [/^gray/u, 'grey'],
  [/(?<=[a-z]{3})is(?=e[ds]?$|ing$|ation)/u, 'iz'],
  [/(?<=[a-z]{3}[aeiou])ll(?=e[dr]s?$|ing$)/u, 'l'],
  [/(?<=[a-z]{2}[eo]n)ce(?=s?$)/u, 'se'],
  [/(?<=[a-z]{2})ogue(?=s?$)/u, 'og'],
];

const ANY_SPELLING = new RegExp(SPELLINGS.map(([from]) => from.source).join('|'), 'u');

/** One word, as it is spelt on the two sides of the ocean. */
function sameSpelling(a: string, b: string): boolean {
  return (ANY_SPELLING.test(a) || ANY_SPELLING.test(b)) && spelling(a) === spelling(b);
}

function spelling(word: string): string {
  return SPELLINGS.reduce((spelt, [from, to]) => spelt.replace(from, to), word);
}

/** One of the first two letters is right, if only in the other's place: a cheap test that most pairs fail. */
function beginsAlike(typed: string, meant: string): boolean {
  return typed[0] === meant[0] || typed[1] === meant[1] || typed[0] === meant[1] || typed[1] === meant[0];
}

function prefixCost(typed: string, meant: string, last: boolean): number {
  const rest = meant.length - typed.length;
  if (last) return CUT_OFF + Math.min(1.2, 0.15 * rest) + (typed.length < 3 ? 1.5 : 0);
  return typed.length < 3 ? NEVER : ABBREVIATED + 0.3 * rest;
}

function numberCost(typed: string, meant: string): number {
  if (isNumber(typed) && isNumber(meant)) return NEVER;
  const [number, word] = isNumber(typed) ? [typed, meant] : [meant, typed];
  if (romanValue(word) === Number(number)) return 0.3;
  if (SOUNDS_OF_NUMBERS[number]?.includes(word)) return SAME_SOUND_NUMBER;
  return NEVER;
}
