import { foldCharacters } from '../titles/fold.ts';
import { romanValue } from '../titles/numbers.ts';
import { isArticle, isFiller } from '../titles/words.ts';

/** How a title names a series. */
export type StemForm =
  /** The whole title: "Die Hard". */
  | 'whole'
  /** With a number after it: "Die Hard 2". */
  | 'numbered'
  /** Before a colon or the like: "Mission: Impossible – Fallout". */
  | 'before a subtitle'
  /** Before "and the": "Indiana Jones and the Last Crusade". */
  | 'before and the';

export interface Stem {
  /** Equal for two spellings of one stem, and for singular and plural. */
  readonly key: string;
  /** The same without taking the plural for the singular. */
  readonly exact: string;
  /** As the title writes it. */
  readonly name: string;
  readonly form: StemForm;
  /** 2 for "Die Hard 2". */
  readonly number?: number;
}

const SUBTITLE = /:\s+|\s+[-–—~/]+\s+|\s*[([]/u;
/** Where a remark in brackets begins; a title of nothing else keeps it. */
const AFTER_BRACKET = /(?<=\S)\s*[([].*$/u;
const AND_THE = /^(\S+.*?),? (?:and|&) (?:the|his|her|their|a) /iu;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten'.split(' ');
const LAST_WORD = /^(.+?)[\s,:–-]+#?([\p{L}\d]+)$/u;
/** "Jaws 3-D" is the third. */
const IN_DEPTH = /(?<=\s[2-9])-?D$/iu;
const GLUED_NUMBER = /^(.*\p{L})[²³]$/u;

/** Words of a fragment of a title: names of series are short. */
const MOST_WORDS = 5;

/** More than this is a year, a street or an hour. */
const LARGEST_NUMBER = 30;

/** The ways in which a title may name a series, the widest last; none for a title without a word. */
export function stemsOf(title: string): Stem[] {
  const [head = '', ...rest] = title.trim().split(SUBTITLE);
  const numbered = splitNumber(head);
  const subtitle = rest.find((part) => part.trim() !== '')?.replace(/[)\]]\s*$/u, '');
  const stems: Stem[] = [];
  if (numbered) stems.push(stem(numbered.name, 'numbered', numbered.number));
  else {
    const part = subtitle === undefined ? undefined : splitNumber(`x ${subtitle}`);
    if (part && part.name === 'x') stems.push(stem(head, 'numbered', part.number));
    else stems.push(stem(head, subtitle === undefined ? 'whole' : 'before a subtitle'));
  }
  const hero = AND_THE.exec(numbered?.name ?? head)?.[1];
  if (hero) stems.push(stem(hero, 'before and the'));
  return stems.filter(({ key }) => key !== '');
}

/** What a title begins and ends with, shorter than itself, as keys of stems. */
export interface Fragments {
  /** "die hard" of "Die Hard with a Vengeance". */
  readonly beginnings: readonly string[];
  /** "die hard" of "Live Free or Die Hard": two words or more. */
  readonly endings: readonly string[];
}

export function fragmentsOf(title: string): Fragments {
  const words = plainTitle(title).split(' ');
  const [beginnings, endings]: [string[], string[]] = [[], []];
  for (let at = 1; at < words.length; at++) {
    const [beginning, ending] = [words.slice(0, at), words.slice(at)];
    if (at <= MOST_WORDS && tellsEnough(beginning)) beginnings.push(keyOf(beginning.join(' ')));
    if (ending.length > 1 && ending.length <= MOST_WORDS && tellsEnough(ending) && !isArticle(ending[0]!))
      endings.push(keyOf(ending.join(' ')));
  }
  return { beginnings, endings };
}

/** As many words of a title as a key has, as the title writes them: "Bourne" of "The Bourne Identity". */
export function beginningOf(title: string, key: string): string {
  const words = title.trim().split(/\s+/u);
  const start = words.length > 1 && isArticle(words[0]!.toLowerCase()) ? 1 : 0;
  return words
    .slice(start, start + key.split(' ').length)
    .join(' ')
    .replace(/[,:–-]+$/u, '');
}

/** A title without what stands in brackets after it: "(Director's Cut)", "(4K UHD)". */
export function plainTitle(title: string): string {
  return wordsOf(title.replace(AFTER_BRACKET, '')).join(' ');
}

/** The key of a stem written like this. */
export function stemKey(name: string): string {
  return keyOf(wordsOf(name).join(' '));
}

function stem(name: string, form: StemForm, number?: number): Stem {
  const trimmed = name
    .trim()
    .replace(/[,:–-]+$/u, '')
    .trim();
  const exact = wordsOf(trimmed).join(' ');
  return { key: keyOf(exact), exact, name: trimmed, form, ...(number !== undefined && { number }) };
}

/** One short word begins too many titles. */
function tellsEnough(words: readonly string[]): boolean {
  return words.length > 2 || words.join('').length >= 5;
}

function wordsOf(name: string): string[] {
  const words = foldCharacters(name).split(' ').filter(Boolean);
  return words.length > 1 && isArticle(words[0]!) ? words.slice(1) : words;
}

function keyOf(exact: string): string {
  return /[^s]s$/u.test(exact) && exact.length > 4 ? exact.slice(0, -1) : exact;
}

/** "Rocky II" → Rocky, 2; "Chapter Two" after a name likewise. */
function splitNumber(text: string): { name: string; number: number } | undefined {
  const flat = text.trim().replace(IN_DEPTH, '');
  const raised = GLUED_NUMBER.exec(flat);
  if (raised) return { name: raised[1]!, number: flat.endsWith('²') ? 2 : 3 };
  const [, name, last] = LAST_WORD.exec(flat) ?? [];
  const number = last === undefined ? undefined : numberOf(last);
  if (name === undefined || number === undefined) return undefined;
  const before = LAST_WORD.exec(name.trim());
  const filled = before && isPartMark(before[2]!.toLowerCase());
  // "World War One" and "Phase IV" are names; with "part" before it, any number counts.
  if (!filled && !/^[\dIVX]+$/u.test(last!)) return undefined;
  return { name: filled ? before[1]! : name, number };
}

/** Not "season": "Open Season 2". */
function isPartMark(word: string): boolean {
  return isFiller(word) && word !== 'season';
}

function numberOf(word: string): number | undefined {
  const value = /^\d+$/u.test(word)
    ? Number(word)
    : (romanValue(word.toLowerCase()) ?? NUMBER_WORDS.indexOf(word.toLowerCase()) + 1);
  return value >= 1 && value <= LARGEST_NUMBER ? value : undefined;
}
