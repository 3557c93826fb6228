import type { MovieId } from '../../catalogue/movie.ts';
import type { Filter } from '../../vectors/filter.ts';
import type { Features } from '../features.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from '../parts.ts';
import { candidatesOf } from './candidates.ts';
import { type Anchors, anchorsOf, closenessOf } from './closeness.ts';
import type { Profile } from './profile.ts';

/** A movie on its way into somebody's list. */
export interface RankedFor extends Ranked {
  readonly place: number;
  /** The liked film that says most for it. */
  readonly because: Features | undefined;
}

interface RankOptions {
  readonly filter: Filter;
  readonly signal?: AbortSignal;
}

/** How much being like what is not wanted costs, beside being like what is liked. */
const AWAY = 0.5;

/** Described movies that pass the filter and that the person does not know, best first. */
export async function rankFor(
  parts: RecommenderParts,
  serving: Serving,
  profile: Profile,
  { filter, signal }: RankOptions,
): Promise<RankedFor[]> {
  const anchors = anchorsOf(profile);
  const own = await vectorsOf(serving, anchors, signal);
  const near = anchors.liked.flatMap(({ features }) => own.get(features.id) ?? []);
  const candidates = await candidatesOf(parts, serving, { known: profile.known, near, filter, signal });
  const others = await fetchVectors(serving, candidates, signal);
  const score = scorerFor(parts, serving, anchors, new Map([...own, ...others]));
  return candidates.map(score).sort((a, b) => b.place - a.place || a.features.number - b.features.number);
}

/** Tells what one person makes of a movie. */
export function scorerFor(
  { features: table }: Pick<RecommenderParts, 'features'>,
  { model }: Pick<Serving, 'model'>,
  anchors: Anchors,
  vectors: ReadonlyMap<MovieId, Float32Array>,
): (movie: Features) => RankedFor {
  return (features) => {
    const { liked, unwanted, because } = closenessOf(anchors, features, vectors, table, model);
    return { features, relevance: liked, place: liked - AWAY * unwanted, because };
  };
}

/** Stored vectors of what a movie is compared with. */
export function vectorsOf(
  serving: Serving,
  { liked, unwanted }: Anchors,
  signal: AbortSignal | undefined,
): Promise<Map<MovieId, Float32Array>> {
  return fetchVectors(serving, [...liked.map(({ features }) => features), ...unwanted], signal);
}

export function fetchVectors(
  { index }: Serving,
  movies: readonly Features[],
  signal: AbortSignal | undefined,
): Promise<Map<MovieId, Float32Array>> {
  return index.fetch(
    movies.map(({ id }) => id),
    callOptions(signal),
  );
}
