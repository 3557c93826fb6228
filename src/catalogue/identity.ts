import { hash } from 'node:crypto';
import type { Kind, MovieFacts, MovieId, MovieRecord } from './movie.ts';

/** Most titles: printable ASCII with single spaces, which folding leaves as it is. */
const FOLDED_ALREADY = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/u;

/** A title folded for the merge rule: NFKC, lower case, spaces folded. Signs stay: they tell films apart. */
export function titleKey(title: string): string {
  if (FOLDED_ALREADY.test(title)) return title.toLowerCase();
  return title.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

const NUMBER = /^(?!0+$)\d{1,10}$/u;
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['imdb', /^tt(?!0+$)\d{5,12}$/u],
  ['tmdb', NUMBER],
  ['trakt', NUMBER],
  ['tvdb', NUMBER],
]);

/** Whether a text has the form of that source's ids: "N/A" or 0 would make one movie of all that have it. */
export function isOutsideId(source: string, value: string): boolean {
  return FORMS.get(source)?.test(value) ?? true;
}

type Named = Pick<MovieRecord, 'ids' | 'title' | 'year' | 'kind'>;

/** The id a movie gets when it is first seen, from the strongest outside id known. */
export function firstId(record: Named): MovieId {
  const { imdb, tmdb, trakt } = record.ids;
  const letter = record.kind === 'show' ? 's' : 'm';
  if (imdb && isOutsideId('imdb', imdb)) return imdb;
  if (tmdb && isOutsideId('tmdb', tmdb)) return `tmdb${letter}${tmdb}`;
  if (trakt && isOutsideId('trakt', trakt)) return `trakt${letter}${trakt}`;
  return hashId(record.title, record.year, record.kind);
}

export function hashId(title: string, year: number | undefined, kind: Kind): MovieId {
  const text = JSON.stringify([titleKey(title), year ?? null, kind]);
  return `h${hash('sha256', text).slice(0, 16)}`;
}

/** An id made from all that a record is known by: finds it again where {@link firstId} may lead to another movie. */
export function ownId(record: Named & Pick<MovieRecord, 'id'>): MovieId {
  const { id = '', ids, title, year, kind } = record;
  return hashId(`${title} ${JSON.stringify(ids)}${id}`, year, kind);
}

/** Whether a text has the form of a movie id. */
export function isMovieId(text: string): boolean {
  return /^(?:tt\d{5,12}|(?:tmdb|trakt)[ms]\d{1,10}|h[0-9a-f]{16})$/u.test(text);
}

/** The outside id that a movie id was made from; undefined for a hash. */
export function outsideIdOf(id: MovieId): readonly [source: string, value: string] | undefined {
  if (id.startsWith('tt')) return ['imdb', id];
  const [, source, value] = /^(tmdb|trakt)[ms](\d+)$/u.exec(id) ?? [];
  return source && value ? [source, value] : undefined;
}

/** A movie's outside ids: one to a source, save where a merge brought more. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** A source numbers them differently: two movies, whatever else they share. Answers which source. */
export function contradiction(known: KnownIds, ids: Readonly<Record<string, string>>): string | undefined {
  for (const source in ids) if (known.get(source)?.includes(ids[source]!) === false) return source;
  return undefined;
}

/** Whether a source's id is the address of an article, which may tell of a film and of its remake. */
export const isArticle = (source: string): boolean => source === 'wikipedia';

/** What an article is compared by: the movie that it leads to, or another one that comes with it. */
interface Sharing {
  readonly ids: KnownIds;
  readonly year: number | undefined;
}

const YEARS_OF_ONE_MOVIE = 2;

/** Whether two that share an article are two all the same: a numbering source says so, or years lie between them. */
export function apartInOneArticle(a: Sharing, b: Sharing): boolean {
  if (a.year !== undefined && b.year !== undefined && Math.abs(a.year - b.year) > YEARS_OF_ONE_MOVIE)
    return true;
  return [...a.ids].some(([source, values]) => {
    const others = isArticle(source) ? undefined : b.ids.get(source);
    return others !== undefined && !values.some((value) => others.includes(value));
  });
}

type Told = Pick<MovieFacts, 'year' | 'directors' | 'cast'>;

/** Whether two years leave it open that two records of one title are one movie. */
export function yearsAgree(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1;
}

/** Why two records of the same title and kind are one movie, or undefined where that is not sure. */
export function sameMovie(a: Told, b: Told): string | undefined {
  if (!yearsAgree(a.year, b.year)) return undefined;
  if (a.year === b.year) return 'same title and year';
  if (shared(a.directors, b.directors) >= 1) return 'same title and director, one year apart';
  if (shared(a.cast, b.cast) >= 2) return 'same title and two of the cast, one year apart';
  return undefined;
}

function shared(a: readonly string[], b: readonly string[]): number {
  const names = new Set(b.map(titleKey));
  return new Set(a.map(titleKey).filter((name) => names.has(name))).size;
}
