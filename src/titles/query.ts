import { foldWords } from './normalise.ts';
import { foldNumbers } from './numbers.ts';
import { bare, PART } from './words.ts';
import { unwrapped } from './wrapping.ts';

/** Typed words, ready to be compared with names. */
export interface Query {
  /** Normal words, numbers as digits, without part marks. */
  readonly words: readonly string[];
  /** The words with one space between. */
  readonly text: string;
  readonly bare: string;
  /** As typed, in lower case: a name written just so is meant before one in another dress. */
  readonly typed: string;
  /** The year that was split off. */
  readonly year?: number;
}

/** More is never typed as a title; it bounds the work on any text. */
export const MAX_QUERY_LENGTH = 200;
const MAX_QUERY_WORDS = 16;

export function queryOf(text: string, year?: number): Query {
  return queryOfWords(foldNumbers(foldWords(text)), year, text);
}

export function queryOfWords(words: readonly string[], year?: number, typed = ''): Query {
  const kept = words.filter((word) => word !== PART).slice(0, MAX_QUERY_WORDS);
  return {
    words: kept,
    text: kept.join(' '),
    bare: bare(kept),
    typed: typed.toLowerCase(),
    ...(year !== undefined && { year }),
  };
}

const BRACKETED = /^(.*\S)\s*[([]\s*(1[89]\d\d|20\d\d)\s*[)\]]?\s*$/u;
const LAST_WORD = /^(.*?[^\s,_-])(?:\s+(?:from|in))?[\s,_-]+(1[89]\d\d|20\d\d)$/u;
const FIRST_WORD = /^(1[89]\d\d|20\d\d)[\s,_-]+(.*\S)$/u;

/** A way to understand a text: all of it as a title, or as title and year. */
export interface Reading {
  readonly query: Query;
  /** What this way of reading costs beside the others, in nats. */
  readonly cost: number;
}

/** A year that stands before the title. */
const YEAR_FIRST = 1;
/** Words around a title that are none of it. */
const DESCRIBED = 1;

/**
 * "the thing 1982" is a title, or "the thing" of 1982; "the thing (1982)" hardly the former; "1982 the thing" may be
 * the latter, too; "the thing movie" may be "the thing".
 */
export function readingsOf(text: string): Reading[] {
  const trimmed = text.slice(0, MAX_QUERY_LENGTH).trim();
  const bracketed = BRACKETED.exec(trimmed);
  const split = bracketed ?? LAST_WORD.exec(trimmed);
  const readings = [{ query: queryOf(trimmed), cost: bracketed ? 2 : 0 }];
  const before = split ? null : FIRST_WORD.exec(trimmed);
  if (split) readings.push({ query: queryOf(split[1]!, Number(split[2])), cost: 0 });
  if (before) readings.push({ query: queryOf(before[2]!, Number(before[1])), cost: YEAR_FIRST });
  for (const { query, cost } of readings.slice()) {
    const title = unwrapped(query.words);
    if (title) readings.push({ query: queryOfWords(title, query.year), cost: cost + DESCRIBED });
  }
  return readings.filter(({ query }) => query.words.length > 0);
}
