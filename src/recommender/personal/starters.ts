import type { Movie } from '../../catalogue/movie.ts';
import type { Features, FeatureTable } from '../features.ts';
import { pairRelevance } from '../pairs.ts';
import { callOptions, type RecommenderParts } from '../parts.ts';
import type { StartersQuery } from './queries.ts';
import { fetchVectors } from './rank.ts';

/** Films are chosen from so many of the best known: who has not seen them cannot say anything of them. */
const BEST_KNOWN = 150;

/**
 * Films to tap for somebody of whom nothing is known: the best-known one, then again and again the one that is least
 * like all that were chosen, of each series one.
 */
export async function starters(
  parts: RecommenderParts,
  { count, opinions = [], adult = false, signal }: StartersQuery,
): Promise<readonly Movie[]> {
  const { features: table } = parts;
  const serving = await parts.serving(signal);
  const known = new Set(opinions.map(({ movie }) => movie));
  const pool = table.bestKnown(
    BEST_KNOWN,
    (each) => each.kind === 'movie' && (adult || !each.adult) && !known.has(each.number),
  );
  const vectors = await fetchVectors(serving, pool, signal);
  const likeness = (a: Features, b: Features) => pairRelevance(table, serving.model, vectors, a, b);
  const chosen = spread(pool, table, likeness, count);
  const movies = await parts.catalogue.get(
    chosen.map(({ id }) => id),
    callOptions(signal),
  );
  return chosen.flatMap(({ id }) => movies.get(id) ?? []);
}

/** The first, then always the one whose likeness to the nearest that was chosen is least. */
function spread(
  pool: readonly Features[],
  table: FeatureTable,
  likeness: (a: Features, b: Features) => number,
  count: number,
): Features[] {
  const chosen: Features[] = [];
  const nearest = new Map(pool.map((each) => [each, 0]));
  while (chosen.length < count && nearest.size > 0) {
    const [next] = [...nearest].reduce((best, each) => (each[1] < best[1] ? each : best));
    chosen.push(next);
    nearest.delete(next);
    const series = table.seriesOf(next);
    for (const [other, value] of nearest) {
      if (series?.members.has(other.id)) nearest.delete(other);
      else nearest.set(other, Math.max(value, likeness(next, other)));
    }
  }
  return chosen;
}
