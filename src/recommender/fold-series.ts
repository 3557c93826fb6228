import type { Movie } from '../catalogue/movie.ts';
import type { FeatureTable } from './features.ts';
import { callOptions, type Ranked, type RecommenderParts } from './parts.ts';

/** A line of the seed's own series is no longer than this. */
const MAX_SHOWN = 12;

/**
 * Gives each series one place in an ordered list, that of its best movie, and none to the series named in `own`.
 */
export function foldSeries(
  ordered: readonly Ranked[],
  own: ReadonlySet<string | undefined>,
  table: FeatureTable,
): Ranked[] {
  const taken = new Set<string>();
  return ordered.flatMap((each) => {
    const { franchise } = each.features;
    if (franchise === undefined) return [each];
    if (own.has(franchise) || taken.has(franchise)) return [];
    taken.add(franchise);
    const count = table.inFranchise(franchise).length;
    return [count > 1 ? { ...each, series: { name: franchise, count } } : each];
  });
}

/** The movies of a movie's series that are in the catalogue, oldest first; itself alone where it has none. */
export async function seriesOf(
  { catalogue, features }: Pick<RecommenderParts, 'catalogue' | 'features'>,
  movie: Movie,
  { adult = false, signal }: { adult?: boolean; signal?: AbortSignal } = {},
): Promise<readonly Movie[]> {
  if (movie.franchise === undefined) return [movie];
  const found = await catalogue.get(features.inFranchise(movie.franchise), callOptions(signal));
  return [...found.values()]
    .filter((each) => adult || !each.adult)
    .sort((a, b) => (a.year ?? 9999) - (b.year ?? 9999) || a.number - b.number)
    .slice(0, MAX_SHOWN);
}
