import { STOP_WORDS } from './stop-words.ts';

/** An apostrophe parts words, too: what it leaves ("s", "t", "ll") is too short or a stop word. */
const WORD = /[\p{L}\p{N}]+/gu;
/** The same for plain text, several times faster. */
const ASCII_WORD = /[a-z0-9]+/g;
const BEYOND_ASCII = /\P{ASCII}/u;
const BARE_NUMBER = /^\d+$/;
const DIGITS = '0123456789';

/** Lower case without diacritics: "Amélie" and "AMELIE" both become "amelie". */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!BEYOND_ASCII.test(lower)) return lower;
  return lower.normalize('NFKD').replace(/\p{M}+/gu, '');
}

/**
 * The telling words of a text, in order: folded, in the singular, without stop words, single characters and bare
 * numbers (a year says when, not what; the ranking knows years better).
 */
export function tokenise(text: string): string[] {
  const folded = fold(text);
  const words: string[] = [];
  for (const word of folded.match(BEYOND_ASCII.test(folded) ? WORD : ASCII_WORD) ?? []) {
    if (word.length > 1 && !STOP_WORDS.has(word) && !isNumber(word)) words.push(singular(word));
  }
  return words;
}

/** Cuts an English plural: "cities" → "city", "witches" → "witch", "dreams" → "dream"; not "bus", "boss", "is". */
export function singular(word: string): string {
  if (!word.endsWith('s') || word.length < 4) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:ss|us|is)$/.test(word)) return word;
  return /(?:x|ch|sh|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function isNumber(word: string): boolean {
  return DIGITS.includes(word.charAt(0)) && BARE_NUMBER.test(word);
}
