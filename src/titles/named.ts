import type { TitleRow } from '../catalogue/catalogue.ts';
import { fameOf } from './fame.ts';
import { gramsOf, hashOf } from './grams.ts';
import { foldWords } from './normalise.ts';
import { foldNumbers } from './numbers.ts';
import type { NameRank, ShelfMovie } from './shelf.ts';
import { bare, PART } from './words.ts';

/** One name of a movie, worked out for a shelf. */
export interface NamedEntry {
  readonly title: string;
  readonly words: string;
  readonly rank: NameRank;
  readonly hash: number;
  readonly grams: readonly number[];
}

const LONGEST_TITLE = 300;

export function movieOf(row: TitleRow): ShelfMovie {
  return {
    number: row.number,
    id: row.id,
    kind: row.kind,
    adult: row.adult,
    fame: fameOf(row.popularity),
    ...(row.year !== undefined && { year: row.year }),
    ...(row.franchise !== undefined && { franchise: row.franchise }),
  };
}

/** The names of a row that differ by more than their dress; none for a title without a visible character. */
export function namesOf(row: TitleRow): NamedEntry[] {
  const names = new Map<string, NamedEntry>();
  for (const [index, title] of row.titles.entries()) {
    const folded = foldName(title);
    const words = folded.join(' ');
    if (folded.length === 0 || names.has(words)) continue;
    names.set(words, { title, words, rank: rankOf(index), ...keysOf(folded) });
  }
  return [...names.values()];
}

/** The words of a title; none where it has no visible character. */
export function foldName(title: string): string[] {
  return foldWords(title.slice(0, LONGEST_TITLE));
}

/** The rank of the title at this place among a row's titles. */
export function rankOf(index: number): NameRank {
  return Math.min(index, 2) as NameRank;
}

/** What a name is found by. A name with number words has the trigrams of both spellings: "seven" is typed letter by letter. */
function keysOf(folded: readonly string[]): { hash: number; grams: readonly number[] } {
  const numbered = foldNumbers(folded);
  const text = spaced(numbered);
  const asWritten = spaced(folded);
  const grams = text === asWritten ? gramsOf(text) : [...new Set([...gramsOf(text), ...gramsOf(asWritten)])];
  return { hash: hashOf(bare(numbered)), grams };
}

function spaced(words: readonly string[]): string {
  return words.filter((word) => word !== PART).join(' ');
}
