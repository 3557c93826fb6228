import { isThin, type Movie } from '../catalogue/movie.ts';
import type { Filter } from '../vectors/filter.ts';
import { arrange } from './arrange.ts';
import type { FeatureTable } from './features.ts';
import { conditionsOf, type FilterContext } from './filters.ts';
import { foldSeries, seriesOf } from './fold-series.ts';
import { genresOfBits } from './genre-bits.ts';
import { leftOut } from './left-out.ts';
import { isOtherCut } from './other-cut.ts';
import { MAX_RESULTS } from './page.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import { MAX_REASONS, reasonsForEach } from './reasons.ts';
import type { RankedList } from './recent-lists.ts';
import type { Remark, SimilarQuery } from './recommender.ts';
import { SimilarSearch } from './similar-search.ts';
import { withTold } from './told-reasons.ts';

/** The line of the seed's own series names no more: longer, it would hide the list. */
const MAX_OWN_SERIES = 12;

/** The movies like the seeds, for pages to be made of. */
export async function similar(parts: RecommenderParts, query: SimilarQuery): Promise<RankedList> {
  const { seeds, filters, signal } = query;
  const serving = await parts.serving(signal);
  await parts.genres(); // what was guessed of movies without genres is taken in first
  const search = await SimilarSearch.begin(parts, serving, query);
  const wanted = seeds.map((seed) => parts.features.of(seed));
  const context: FilterContext = { adult: query.adult ?? false, ...(seeds[0] && { kind: seeds[0].kind }) };
  const others = (await search.rank(conditionsOf(filters, context))).filter(
    ({ features }) => !wanted.some((seed) => isOtherCut(seed, features)),
  );
  const ordered = arrange(others, serving.model.order, parts.features.size);
  const list = filters.withFranchise ? ordered : foldSeries(ordered, seeds, parts.features);
  const closest = (filter: Filter, limit: number) => search.closest(filter, limit);
  const remarks = [
    ...seeds.flatMap((movie) => remarksOn(movie, search.hasVector(movie), parts)),
    ...(await ownSeries(parts, query)),
    ...(await leftOut(parts, { filters, context, found: list.length, closest, signal })),
  ];
  return {
    ordered: list.slice(0, MAX_RESULTS),
    remarks,
    reasonsFor: reasonsLike(seeds, parts.features),
  };
}

/** By itself, as what is made in {@link similar} is kept with the list: it would keep the index. */
function reasonsLike(seeds: readonly Movie[], table: FeatureTable): RankedList['reasonsFor'] {
  const wanted = seeds.map((seed) => table.of(seed));
  return ({ features, near }, movie) =>
    withTold(reasonsForEach(wanted, features, table), { seeds, movie, near }, table).slice(0, MAX_REASONS);
}

/** What the reader should know of a seed. */
function remarksOn(movie: Movie, hasVector: boolean, { features }: RecommenderParts): Remark[] {
  if (!hasVector) return [{ kind: isThin(movie) ? 'thinSeed' : 'notIndexed', movie }];
  const { genres, genresGuessed } = features.of(movie);
  return genresGuessed ? [{ kind: 'guessedGenres', movie, genres: genresOfBits(genres) }] : [];
}

/** The rest of the seed's own series, which is one line above the list rather than half of the list. */
async function ownSeries(parts: RecommenderParts, query: SimilarQuery): Promise<Remark[]> {
  const [seed, ...more] = query.seeds;
  if (!seed || more.length > 0 || query.filters.withFranchise) return [];
  const { name, movies } = await seriesOf(parts, seed, {
    adult: query.adult ?? false,
    ...callOptions(query.signal),
  });
  const others = movies.filter((movie) => movie.id !== seed.id).slice(0, MAX_OWN_SERIES);
  return others.length === 0 ? [] : [{ kind: 'ownSeries', name, movies: others }];
}
