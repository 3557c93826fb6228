import type { Kind } from '../catalogue/movie.ts';

/** What somebody's history elsewhere says of one movie: that they saw it, perhaps with stars. */
export interface HistoryEntry {
  readonly title: string;
  readonly year?: number;
  readonly kind?: Kind;
  readonly ids: { readonly imdb?: string; readonly tmdb?: string; readonly trakt?: string };
  /** 0.5 to 5 in half steps. */
  readonly stars?: number;
  /** Milliseconds since 1970, where it is said. */
  readonly at?: number;
}

export type HistorySource = 'letterboxd' | 'imdb' | 'trakt';

export interface History {
  readonly source: HistorySource;
  readonly entries: readonly HistoryEntry[];
  /** Rows that could not be read. */
  readonly unread: number;
}

/** Why a file is not taken. */
export type HistoryProblem =
  /** More bytes than {@link MAX_FILE}. */
  | 'tooLarge'
  /** It unpacks to more than anybody's history, or holds too many files. */
  | 'bomb'
  /** A ZIP that is cut short, encrypted or damaged. */
  | 'damaged'
  /** Nothing in it looks like an export that we read. */
  | 'noExport'
  /** It is an export of films to be seen, which says nothing of taste. */
  | 'watchlist'
  /** It has no film in it. */
  | 'empty'
  /** Reading it took too long or too much memory. */
  | 'tooMuch';

/** The file was not taken, and nothing of it was. */
export class UnreadableHistory extends Error {
  override readonly name = 'UnreadableHistory';
  readonly problem: HistoryProblem;

  constructor(problem: HistoryProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** Bytes of a file that is taken; 10,000 films take about one million. Telegram hands bots 20 million at most. */
export const MAX_FILE = 15_000_000;

/** A year of three or four digits that can be a film's; undefined otherwise. */
export function yearOf(value: unknown): number | undefined {
  const year = Number(value);
  return Number.isInteger(year) && year >= 1870 && year <= 2100 ? year : undefined;
}

/** Milliseconds since 1970 of a date that is not in the future. */
export function timeOf(value: unknown, now = Date.now()): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? undefined : Math.min(at, now);
}

/** Half steps from 0.5 to 5; undefined where nobody can give it. */
export function starsOf(value: number): number | undefined {
  return value >= 0.5 && value <= 5 && Number.isInteger(value * 2) ? value : undefined;
}
