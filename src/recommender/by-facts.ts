import type { Movie } from '../catalogue/movie.ts';
import { type Filter, passes } from '../vectors/filter.ts';
import type { Features } from './features.ts';
import type { RecommenderParts } from './parts.ts';
import type { RelevanceModel } from './relevance.ts';

/** The described movies that share most with the seeds apart from the text, among those that pass the filter. */
export function closestByFacts(
  { features: table }: Pick<RecommenderParts, 'features'>,
  model: RelevanceModel,
  seeds: readonly Movie[],
  { wanted, filter, exclude }: { wanted: number; filter: Filter; exclude: readonly Movie['id'][] },
): Features[] {
  const excluded = new Set(exclude);
  return table.closestByFacts(
    seeds.map((seed) => table.of(seed)),
    model,
    wanted,
    ({ id, metadata }) => !excluded.has(id) && passes(metadata, filter),
  );
}
