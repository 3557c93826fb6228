import { foldCharacters, foldSymbols } from './fold.ts';
import { foldNumbers } from './numbers.ts';
import { PART } from './words.ts';

/**
 * A title or query as words, with {@link PART} between its parts: case, accents, punctuation and the ways to write
 * "&" are gone, scripts stay. Number words are still as written.
 */
export function foldWords(text: string): string[] {
  const folded = foldCharacters(frontArticle(text).replace(PART_MARK, ` ${PART} `));
  const words = mergeInitials(folded.split(' ').filter(Boolean));
  return words.length > 0 ? markAndThe(withoutEmptyParts(words)) : foldSymbols(text);
}

/**
 * The form in which two spellings of one title are equal: folded words with numbers as digits, one space between.
 * Empty only for text without a visible character. Normalising twice changes nothing.
 */
export function normalise(text: string): string {
  return foldNumbers(foldWords(text))
    .filter((word) => word !== PART)
    .join(' ');
}

/** Where a title's parts end: colons, dashes between spaces, brackets, sentence ends. */
const PART_MARK = /:\s+|\s+[-–—~/]+\s+|\s*[()[\]]\s*|[!?…]\s+/gu;

const TRAILING_ARTICLE = /^(.+), (the|an?|les?|la|el|los|las|il|lo|der|das|une?)$/iu;

/** "Matrix, The" → "The Matrix". */
function frontArticle(text: string): string {
  return text.includes(', ') ? text.trim().replace(TRAILING_ARTICLE, '$2 $1') : text;
}

/** "m a s h" → "mash"; two letters in a row are left as they are ("plan b a film"). */
function mergeInitials(words: readonly string[]): string[] {
  const merged: string[] = [];
  for (let at = 0; at < words.length; ) {
    let end = at;
    while (end < words.length && /^[a-z|]$/u.test(words[end]!)) end++;
    const letters = words.slice(at, end).filter((word) => word !== PART);
    if (letters.length >= 3) merged.push(letters.join(''));
    else merged.push(...words.slice(at, end));
    if (end < words.length) merged.push(words[end]!);
    at = end + 1;
  }
  return merged;
}

/** "harry potter and the goblet of fire": what stands before "and the" is a name of its own. */
function markAndThe(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1] === PART ? words[index + 2] : words[index + 1];
    return index > 0 && word === 'and' && next === 'the' && words[index - 1] !== PART ? [PART, word] : [word];
  });
}

function withoutEmptyParts(words: readonly string[]): string[] {
  return words.filter(
    (word, index) => word !== PART || (index > 0 && index < words.length - 1 && words[index + 1] !== PART),
  );
}
