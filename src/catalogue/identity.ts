import { createHash } from 'node:crypto';
import type { Kind, MovieFacts, MovieId, MovieRecord } from './movie.ts';

/** A title folded for the merge rule: NFKC, lower case, spaces folded. Signs stay: they tell films apart. */
export function titleKey(title: string): string {
  return title.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** The id a movie gets when it is first seen, from the strongest outside id known. */
export function firstId(record: Pick<MovieRecord, 'ids' | 'title' | 'year' | 'kind'>): MovieId {
  const { imdb, tmdb, trakt } = record.ids;
  const letter = record.kind === 'show' ? 's' : 'm';
  if (imdb && /^tt\d{5,12}$/u.test(imdb)) return imdb;
  if (tmdb && /^\d{1,10}$/u.test(tmdb)) return `tmdb${letter}${tmdb}`;
  if (trakt && /^\d{1,10}$/u.test(trakt)) return `trakt${letter}${trakt}`;
  return hashId(record.title, record.year, record.kind);
}

export function hashId(title: string, year: number | undefined, kind: Kind): MovieId {
  const text = JSON.stringify([titleKey(title), year ?? null, kind]);
  return `h${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** Whether a text has the form of a movie id. */
export function isMovieId(text: string): boolean {
  return /^(?:tt\d{5,12}|(?:tmdb|trakt)[ms]\d{1,10}|h[0-9a-f]{16})$/u.test(text);
}

type Known = Pick<MovieFacts, 'year' | 'directors' | 'cast'> & {
  readonly ids: Readonly<Record<string, string>>;
};

/** Why two records of the same title and kind are one movie, or undefined where that is not sure. */
export function sameMovie(a: Known, b: Known): string | undefined {
  if (contradicts(a.ids, b.ids)) return undefined;
  if (a.year === undefined || b.year === undefined || Math.abs(a.year - b.year) > 1) return undefined;
  if (a.year === b.year) return 'same title and year';
  if (shared(a.directors, b.directors) >= 1) return 'same title and director, one year apart';
  if (shared(a.cast, b.cast) >= 2) return 'same title and two of the cast, one year apart';
  return undefined;
}

/** The same source numbers them differently: two movies, whatever else they share. */
export function contradicts(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(a).some(([source, value]) => b[source] !== undefined && b[source] !== value);
}

function shared(a: readonly string[], b: readonly string[]): number {
  const names = new Set(b.map(titleKey));
  return new Set(a.map(titleKey).filter((name) => names.has(name))).size;
}
