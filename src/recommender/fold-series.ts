import type { Movie, MovieId } from '../catalogue/movie.ts';
import type { FeatureTable } from './features.ts';
import { MAX_RESULTS } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts } from './parts.ts';
import type { MovieSeries } from './recommender.ts';

/** A series is shown no longer than this: no platform offers more to pick from at once. */
const MAX_SHOWN = 25;

/**
 * Gives each series one place in an ordered list, that of its best movie, and none to the series that one of `seeds`
 * belongs to. Stops at the length of a list: nobody sees what comes after.
 */
export function foldSeries(
  ordered: readonly Ranked[],
  seeds: readonly Pick<Movie, 'id' | 'franchise'>[],
  table: FeatureTable,
): Ranked[] {
  const taken = new Set<MovieId>(seeds.flatMap(({ id, franchise }) => membersOf(table, { id, franchise })));
  const list: Ranked[] = [];
  for (const each of ordered) {
    if (list.length === MAX_RESULTS) break;
    if (taken.has(each.features.id)) continue;
    const series = table.seriesOf(each.features);
    for (const id of series?.members ?? []) taken.add(id);
    list.push(series ? { ...each, series: { name: series.name, count: series.members.size } } : each);
  }
  return list;
}

function membersOf(table: FeatureTable, movie: { id: MovieId; franchise: string | undefined }): MovieId[] {
  return [...(table.seriesOf(movie)?.members ?? [])];
}

/** The movies of a movie's series that are in the catalogue, oldest first; itself alone where it has none. */
export async function seriesOf(
  { catalogue, features }: Pick<RecommenderParts, 'catalogue' | 'features'>,
  movie: Movie,
  { adult = false, signal }: { adult?: boolean; signal?: AbortSignal } = {},
): Promise<MovieSeries> {
  const series = features.seriesOf({ id: movie.id, franchise: movie.franchise });
  if (!series) return { name: movie.franchise ?? movie.title, movies: [movie] };
  const found = await catalogue.get([...series.members], callOptions(signal));
  const movies = [...found.values()]
    .filter((each) => adult || !each.adult)
    .sort((a, b) => (a.year ?? 9999) - (b.year ?? 9999) || a.number - b.number)
    .slice(0, MAX_SHOWN);
  return { name: series.name, movies };
}
