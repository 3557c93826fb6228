import type { Genre } from '../catalogue/genres.ts';
import type { Kind } from '../catalogue/movie.ts';
import type { Condition, Filter } from '../vectors/filter.ts';

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
}

/** What a person asked to see only, in the recommender's words. A movie whose field is unknown does not pass. */
export interface MovieFilters {
  /** All of these. */
  readonly genres?: readonly Genre[];
  readonly withoutGenres?: readonly Genre[];
  /** First and last year, both included. */
  readonly from?: number;
  readonly to?: number;
  /** Minutes. */
  readonly runtime?: NumberRange;
  readonly language?: string;
  readonly country?: string;
  readonly kind?: Kind | 'any';
  /** At least so many votes. */
  readonly votes?: number;
  /** Only what few people know. */
  readonly hiddenGems?: boolean;
  /** Do not fold the movies of one series into one place. */
  readonly withFranchise?: boolean;
}

/** What people call each filter, and the fields of {@link MovieFilters} that it sets. */
const FIELDS_OF = {
  genre: ['genres', 'withoutGenres'],
  years: ['from', 'to'],
  runtime: ['runtime'],
  language: ['language'],
  country: ['country'],
  kind: ['kind'],
  votes: ['votes'],
  popularity: ['hiddenGems'],
} as const satisfies Record<string, readonly (keyof MovieFilters)[]>;

export type FilterName = keyof typeof FIELDS_OF;

/** The filters that narrow a list, by name. */
export function filtersSet(filters: MovieFilters): FilterName[] {
  const names = Object.keys(FIELDS_OF) as FilterName[];
  return names.filter((name) => FIELDS_OF[name].some((field) => filters[field] !== undefined));
}

export function filtersWithout(filters: MovieFilters, name: FilterName): MovieFilters {
  const left: Record<string, unknown> = { ...filters };
  for (const field of FIELDS_OF[name]) delete left[field];
  return left;
}

/** Popularity (a percentile within its source) up to which a movie counts as a hidden gem. */
export const HIDDEN_GEM_POPULARITY = 0.6;

export interface FilterContext {
  /** Used where no kind was asked for: the seed's. */
  readonly kind?: Kind;
  /** Adult titles may pass. */
  readonly adult: boolean;
}

/** The conditions that every vector store understands. */
export function conditionsOf(filters: MovieFilters, context: FilterContext): Filter {
  const kind = filters.kind ?? context.kind;
  const conditions: (Condition | false | undefined)[] = [
    !context.adult && { field: 'adult', is: false },
    kind !== undefined && kind !== 'any' && { field: 'kind', is: kind },
    ...(filters.genres ?? []).map((slug): Condition => ({ field: 'genres', is: slug })),
    ...(filters.withoutGenres ?? []).map((slug): Condition => ({ field: 'genres', not: slug })),
    filters.from !== undefined && { field: 'year', atLeast: filters.from },
    filters.to !== undefined && { field: 'year', atMost: filters.to },
    filters.runtime?.min !== undefined && { field: 'runtime', atLeast: filters.runtime.min },
    filters.runtime?.max !== undefined && { field: 'runtime', atMost: filters.runtime.max },
    filters.language !== undefined && { field: 'language', is: filters.language },
    filters.country !== undefined && { field: 'countries', is: filters.country },
    filters.votes !== undefined && { field: 'votes', atLeast: filters.votes },
    filters.hiddenGems && { field: 'popularity', atMost: HIDDEN_GEM_POPULARITY },
  ];
  return conditions.filter((condition) => typeof condition === 'object');
}
