import { type Filter, passes } from '../../vectors/filter.ts';
import type { Features } from '../features.ts';
import { callOptions, type RecommenderParts, type Serving } from '../parts.ts';

/** How many are fetched around all liked films together, and at least around each. */
const RETRIEVED = 480;
const LEAST_RETRIEVED = 40;

/** Well-known films that stand in where nothing is known of somebody. */
const POPULAR = 200;

export interface Retrieval {
  /** Numbers of movies that are not to be shown. */
  readonly known: ReadonlySet<number>;
  /** Vectors of what is liked, or asked for in words. */
  readonly near: readonly Float32Array[];
  readonly filter: Filter;
  readonly signal: AbortSignal | undefined;
}

/** Described movies that pass the filter and are not known yet: near what is liked, or else what everybody knows. */
export async function candidatesOf(
  { features: table }: Pick<RecommenderParts, 'features'>,
  { index }: Pick<Serving, 'index'>,
  { known, near, filter, signal }: Retrieval,
): Promise<Features[]> {
  if (near.length === 0) return popular(table.all(), known, filter);
  const exclude = [...known].flatMap((number) => table.byNumber(number)?.id ?? []);
  const topK = Math.max(LEAST_RETRIEVED, Math.ceil(RETRIEVED / near.length));
  const found = await Promise.all(
    near.map((vector) => index.query(vector, { topK, filter, exclude, ...callOptions(signal) })),
  );
  const ids = new Set(found.flat().map(({ id }) => id));
  return [...ids].flatMap((id) => table.get(id) ?? []).filter(({ number }) => !known.has(number));
}

function popular(all: Iterable<Features>, known: ReadonlySet<number>, filter: Filter): Features[] {
  return [...all]
    .filter(({ number, metadata }) => !known.has(number) && passes(metadata, filter))
    .sort((a, b) => b.popularity - a.popularity || a.number - b.number)
    .slice(0, POPULAR);
}
