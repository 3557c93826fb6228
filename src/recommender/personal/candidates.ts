import { type Filter, passes } from '../../vectors/filter.ts';
import type { Features } from '../features.ts';
import { callOptions, type RecommenderParts, type Serving } from '../parts.ts';
import type { PersonByRatings } from './liking.ts';

/** How many are fetched around each of so many liked films, and how many where ratings name candidates, too. */
const AROUND = { films: 4, each: 60 } as const;
const AROUND_BESIDE = { films: 2, each: 30 } as const;

/** How many of those are taken that ratings say the person would choose. */
const DRAWN = 100;

/** Well-known films that stand in where nothing is known of somebody. */
const POPULAR = 200;

export interface Retrieval {
  /** Numbers of movies that are not to be shown. */
  readonly known: ReadonlySet<number>;
  /** Vectors of what is liked, or asked for in words. */
  readonly near: readonly Float32Array[];
  /** What everybody's ratings say of the person. */
  readonly ratings?: PersonByRatings | undefined;
  readonly filter: Filter;
  readonly signal: AbortSignal | undefined;
}

/**
 * Described movies that pass the filter and are not known yet: near what is liked, what ratings say the person would
 * choose, or else what everybody knows.
 */
export async function candidatesOf(
  { features: table }: Pick<RecommenderParts, 'features'>,
  { index }: Pick<Serving, 'index'>,
  { known, near, ratings, filter, signal }: Retrieval,
): Promise<Features[]> {
  const isNew = ({ number, metadata }: Features) => !known.has(number) && passes(metadata, filter);
  const drawn = ratings?.first(DRAWN, (id) => {
    const features = table.get(id);
    return features && isNew(features) ? features : undefined;
  });
  if (near.length === 0) return [...new Set([...table.bestKnown(POPULAR, isNew), ...(drawn ?? [])])];
  const exclude = [...known].flatMap((number) => table.byNumber(number)?.id ?? []);
  const { films, each: topK } = drawn ? AROUND_BESIDE : AROUND;
  const found = await Promise.all(
    near
      .slice(0, films)
      .map((vector) => index.query(vector, { topK, filter, exclude, ...callOptions(signal) })),
  );
  const close = found.flat().flatMap(({ id }) => table.get(id) ?? []);
  return [...new Set([...close.filter(({ number }) => !known.has(number)), ...(drawn ?? [])])];
}
