import type { Genre } from '../genres.ts';
import { titleKey } from '../identity.ts';
import type { KeptFacts } from '../merge.ts';
import type { Kind, Movie, OtherTitle } from '../movie.ts';
import type { MovieRow } from './schema.ts';

/** The columns of a movie row that do not come from its facts. */
type OwnColumns = Pick<
  MovieRow,
  | 'number'
  | 'id'
  | 'revision'
  | 'merged_into'
  | 'rating'
  | 'rating_source'
  | 'votes'
  | 'given_popularity'
  | 'popularity'
  | 'ids'
>;

type FactColumns = Omit<MovieRow, keyof OwnColumns>;

const listText = (list: readonly unknown[]) => (list.length > 0 ? JSON.stringify(list) : null);
export const listOf = <T>(text: string | null): T[] => (text === null ? [] : JSON.parse(text));

/** Every column by its name: spreading objects into it would cost an import more than anything else here. */
export function rowOf(facts: KeptFacts, own: OwnColumns): MovieRow {
  return {
    number: own.number,
    id: own.id,
    revision: own.revision,
    merged_into: own.merged_into,
    rating: own.rating,
    rating_source: own.rating_source,
    votes: own.votes,
    given_popularity: own.given_popularity,
    popularity: own.popularity,
    ids: own.ids,
    kind: facts.kind,
    title: facts.title,
    title_key: titleKey(facts.title),
    original: facts.original ?? null,
    year: facts.year ?? null,
    released: facts.released ?? null,
    aka: listText(facts.aka),
    overview: facts.overview ?? null,
    overview_source: facts.overviewSource ?? null,
    tagline: facts.tagline ?? null,
    genres: listText(facts.genres),
    keywords: listText(facts.keywords),
    directors: listText(facts.directors),
    cast_names: listText(facts.cast),
    runtime: facts.runtime ?? null,
    language: facts.language ?? null,
    countries: listText(facts.countries),
    poster: facts.poster ?? null,
    poster_source: facts.posterSource ?? null,
    franchise: facts.franchise ?? null,
    adult: facts.adult ? 1 : 0,
    source: facts.source,
  };
}

export function factsOf(row: FactColumns): KeptFacts {
  return {
    kind: row.kind as Kind,
    title: row.title,
    ...present('original', row.original),
    ...present('year', row.year),
    ...present('released', row.released),
    aka: listOf<OtherTitle>(row.aka),
    ...present('overview', row.overview),
    ...present('overviewSource', row.overview_source),
    ...present('tagline', row.tagline),
    genres: listOf<Genre>(row.genres),
    keywords: listOf<string>(row.keywords),
    directors: listOf<string>(row.directors),
    cast: listOf<string>(row.cast_names),
    ...present('runtime', row.runtime),
    ...present('language', row.language),
    countries: listOf<string>(row.countries),
    ...present('poster', row.poster),
    ...present('posterSource', row.poster_source),
    ...present('franchise', row.franchise),
    adult: row.adult === 1,
    source: row.source,
  };
}

/** A movie as the others see it: one outside id to a source, the first that was known. */
export function movieOf(row: MovieRow): Movie {
  return {
    ...factsOf({ ...row, original: differing(row) }),
    aka: otherNames(row),
    id: row.id,
    number: row.number,
    ids: Object.fromEntries([...idsOf(row.ids)].map(([source, [first]]) => [source, first!])),
    ...present('rating', row.rating),
    ...present('ratingSource', row.rating_source),
    ...present('votes', row.votes),
    ...present('popularity', row.popularity),
  };
}

/** The titles that are neither the main nor the original one. */
function otherNames({ title, original, aka }: MovieRow): OtherTitle[] {
  const taken = new Set([titleKey(title), titleKey(original ?? title)]);
  return listOf<OtherTitle>(aka).filter((other) => !taken.has(titleKey(other.title)));
}

/** The original title, where it is not just the title again. */
export function differing({ title, original }: Pick<MovieRow, 'title' | 'original'>): string | null {
  return original !== null && titleKey(original) !== titleKey(title) ? original : null;
}

/** Outside ids by source, the first known first. */
export function idsOf(text: string | null): Map<string, string[]> {
  if (text === null) return new Map();
  const ids = JSON.parse(text) as Record<string, string | string[]>;
  return new Map(Object.entries(ids).map(([source, value]) => [source, [value].flat()]));
}

/** The text of {@link idsOf}, in the sources' order. */
export function idsText(ids: ReadonlyMap<string, readonly string[]>): string | null {
  if (ids.size === 0) return null;
  const entries = [...ids].map(
    ([source, values]) => [source, values.length === 1 ? values[0] : values] as const,
  );
  // Most movies have one.
  if (entries.length === 1) return `{${JSON.stringify(entries[0]![0])}:${JSON.stringify(entries[0]![1])}}`;
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

export function present<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: V };
}
