import type { MovieId } from '../catalogue/movie.ts';
import { type Filter, holds, type Metadata, metadataOf } from '../vectors/filter.ts';
import {
  conditionsOf,
  type FilterContext,
  filtersSet,
  filtersWithout,
  type MovieFilters,
} from './filters.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import type { Remark } from './recommender.ts';

/** So many of the closest are looked at to tell how many an unknown field left out: as many as a list shows. */
const LOOKED_AT = 50;

interface Narrowed {
  readonly filters: MovieFilters;
  readonly context: FilterContext;
  /** How many movies are on the list. */
  readonly found: number;
  /** The closest movies that pass a filter, closest first, at most `limit`. */
  readonly closest: (filter: Filter, limit: number) => Promise<readonly MovieId[]>;
  readonly signal?: AbortSignal | undefined;
}

/** What the filters left out and the reader should know of. Costs nothing where there are none. */
export async function leftOut(parts: RecommenderParts, narrowed: Narrowed): Promise<Remark[]> {
  if (filtersSet(narrowed.filters).length === 0) return [];
  const [unknown, emptied] = await Promise.all([
    countUnknown(parts, narrowed),
    narrowed.found === 0 ? emptiedBy(narrowed) : undefined,
  ]);
  return [
    ...(unknown > 0 ? [{ kind: 'unknownField', count: unknown } as const] : []),
    ...(emptied ? [emptied] : []),
  ];
}

/** How many of the closest movies failed only on fields that are not known of them. */
async function countUnknown(parts: RecommenderParts, narrowed: Narrowed): Promise<number> {
  const { filters, context, closest, signal } = narrowed;
  const asked = conditionsOf(filters, context);
  const kindOnly = filters.kind === undefined ? {} : { kind: filters.kind };
  const ids = await closest(conditionsOf(kindOnly, context), LOOKED_AT);
  const movies = await parts.catalogue.get(ids, callOptions(signal));
  return movies.values().reduce((sum, movie) => sum + (failsUnknown(metadataOf(movie), asked) ? 1 : 0), 0);
}

function failsUnknown(metadata: Metadata, filter: Filter): boolean {
  const failed = filter.filter((condition) => !holds(metadata[condition.field], condition));
  return failed.length > 0 && failed.every((condition) => metadata[condition.field] === undefined);
}

/** The one filter without which the list would not be empty; undefined where it takes more than one. */
async function emptiedBy({ filters, context, closest }: Narrowed): Promise<Remark | undefined> {
  for (const filter of filtersSet(filters)) {
    const found = await closest(conditionsOf(filtersWithout(filters, filter), context), 1);
    if (found.length > 0) return { kind: 'emptiedBy', filter };
  }
  return undefined;
}
