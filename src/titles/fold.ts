const PLAIN = /^[\x20-\x7e]*$/u;

// biome-ignore format: a table
/** Letters that Unicode does not take apart but people type as one or two plain ones. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae', œ: 'oe', ø: 'o', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n', ə: 'e', ĸ: 'k',
  ς: 'σ', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', '⁄': ' ', є: 'е', і: 'и', ї: 'и', ў: 'у', ґ: 'г',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** Marks that may be left out in writing: accents, niqqud, harakat and tatweel, nukta. Kana and matras keep theirs. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c]/gu;
const RAISED = /[\u00b2\u00b3\u00b9\u2070-\u209c\u00bc-\u00be\u2150-\u215e]+/gu;
const APOSTROPHES = /['’‘‛ʼʻ`´′ʹ＇]/gu;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/gu;
const HIRAGANA = /[\u3041-\u3096]/gu;

/** Characters → lower-case letters, digits and single spaces; `|` is kept. Empty for text without letter or digit. */
export function foldCharacters(text: string): string {
  const plain = PLAIN.test(text) ? text.toLowerCase() : foldUnicode(text);
  const folded = /[\p{L}\p{N}]/u.test(plain) ? separate(plain.replace(/[&+]/gu, ' and ')) : '';
  return /[\p{L}\p{N}]/u.test(folded) ? folded : '';
}

/** Text without letter or digit ("$", "???") → its symbols as one word, since they are all it has. */
export function foldSymbols(text: string): string[] {
  const symbols = text.normalize('NFKC').replace(/[\s\p{C}\p{Z}]+/gu, '');
  return symbols ? [symbols] : [];
}

/** Punctuation and spaces → one space; digits apart from the words they are glued to. */
function separate(text: string): string {
  return text
    .replace(APOSTROPHES, '')
    .replace(/(?<=\d)[,.](?=\d{3}(?!\d))/gu, '')
    .replace(/(?<![\d/])1\/2(?![\d/])/gu, ' half ')
    .replace(/(?<![a-z\d])(?:[a-z]\.){2,}[a-z]?(?![a-z])/gu, (initials) => `${initials.replaceAll('.', '')} `)
    .replace(/(?<![a-z\d])(\d)-d(?![a-z\d])/gu, '$1d')
    .replace(/[^\p{L}\p{N}\p{M}|]+/gu, ' ')
    .replace(/(?<![a-z\d])([a-z]{2,})(\d{1,4})(?![a-z\d])/gu, '$1 $2')
    .replace(/(?<![a-z\d])(\d+)(?!(?:st|nd|rd|th)(?![a-z]))([a-z]{2,})(?![a-z\d])/gu, '$1 $2')
    .trim();
}

function foldUnicode(text: string): string {
  return text
    .replace(/½/gu, ' half ')
    .replace(RAISED, ' $& ')
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter]!)
    .replace(OTHER_DIGITS, (digit) => String((digit.charCodeAt(0) - (digit >= '\u0966' ? 6 : 0)) & 15))
    .normalize('NFC')
    .replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .normalize('NFC');
}
