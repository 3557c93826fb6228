import { isThin, type Movie, type MovieId } from '../catalogue/movie.ts';
import type { Filter } from '../vectors/filter.ts';
import { arrange } from './arrange.ts';
import { blend } from './blend.ts';
import { closestByFacts } from './by-facts.ts';
import { conditionsOf, type FilterContext } from './filters.ts';
import { foldSeries, seriesOf } from './fold-series.ts';
import { genresOfBits } from './genre-bits.ts';
import { leftOut } from './left-out.ts';
import { isOtherCut } from './other-cut.ts';
import { MAX_RESULTS } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import { MAX_REASONS, reasonsForEach } from './reasons.ts';
import type { RankedList } from './recent-lists.ts';
import type { Remark, SimilarQuery } from './recommender.ts';
import { type BlendSide, type Candidate, scoreBlend, scoreOne } from './score.ts';
import { withTold } from './told-reasons.ts';

/**
 * How many are fetched to be ranked: the nearest by text, those that share most else, and those that the same people
 * like. Together they hold what ranking every movie would put in front (`docs/ranking.md`); by text alone it would take
 * thousands.
 */
export const RETRIEVED = { byText: 150, byFacts: 100, byRatings: 50 } as const;

/** The line of the seed's own series names no more: longer, it would hide the list. */
const MAX_OWN_SERIES = 12;

/** The movies like the seeds, for pages to be made of. */
export async function similar(parts: RecommenderParts, query: SimilarQuery): Promise<RankedList> {
  const { seeds, filters, signal } = query;
  const serving = await parts.serving(signal);
  await parts.genres(); // what was guessed of movies without genres is taken in first
  const search = await prepare(parts, serving, query);
  const wanted = seeds.map((seed) => parts.features.of(seed));
  const others = (await search.rank(search.filter)).filter(
    ({ features }) => !wanted.some((seed) => isOtherCut(seed, features)),
  );
  const ordered = arrange(others, serving.model.order);
  const list = filters.withFranchise ? ordered : foldSeries(ordered, seeds, parts.features);
  const remarks = [
    ...search.remarks,
    ...(await ownSeries(parts, query)),
    ...(await leftOut(parts, { filters, found: list.length, signal, ...search })),
  ];
  return {
    ordered: list.slice(0, MAX_RESULTS),
    remarks,
    reasonsFor({ features }, movie) {
      const reasons = reasonsForEach(wanted, features, parts.features);
      return withTold(reasons, seeds, movie, parts.features).slice(0, MAX_REASONS);
    },
  };
}

/** A query with all that is needed to run it under one filter or another. */
async function prepare(parts: RecommenderParts, serving: Serving, query: SimilarQuery) {
  const { seeds, away = [], words = [], signal } = query;
  const call = callOptions(signal);
  const everyone = [...seeds, ...away];
  const exclude = everyone.map((movie) => movie.id);
  const stored = await serving.index.fetch(
    everyone.filter((movie) => !isThin(movie)).map((movie) => movie.id),
    call,
  );
  const typed = words.length > 0 ? await embedWords(serving, words, signal) : [];
  const sideOf = (movies: readonly Movie[], isAway: boolean): BlendSide => ({
    movies: movies.map((movie) => ({ features: parts.features.of(movie), vector: stored.get(movie.id) })),
    words: typed.filter((each) => each.away === isAway).map((each) => each.vector),
  });
  const [towards, from] = [sideOf(seeds, false), sideOf(away, true)];
  const direction = blend(vectorsOf(towards), vectorsOf(from));
  const context: FilterContext = { adult: query.adult ?? false, ...(seeds[0] && { kind: seeds[0].kind }) };
  const byFacts = (filter: Filter, wanted: number) =>
    closestByFacts(parts, serving.model, seeds, { wanted, filter, exclude }).map(({ id }) => id);
  const byRatings = () =>
    seeds.flatMap(({ id }) => parts.taste?.()?.closestTo(id, RETRIEVED.byRatings) ?? []);
  const byText = (vector: Float32Array, filter: Filter, topK: number, also: readonly MovieId[] = []) =>
    serving.index.query(vector, { topK, filter, exclude, also, ...call });
  const retrieve = (filter: Filter): Promise<Candidate[]> | Candidate[] =>
    direction
      ? byText(direction, filter, RETRIEVED.byText, [...byFacts(filter, RETRIEVED.byFacts), ...byRatings()])
      : byFacts(filter, RETRIEVED.byText + RETRIEVED.byFacts).map((id) => ({ id }));
  const plain = seeds.length === 1 && from.movies.length === 0 && typed.length === 0;
  return {
    context,
    filter: conditionsOf(query.filters, context),
    remarks: seeds.flatMap((movie) => remarksOn(movie, stored.has(movie.id), parts)),
    async rank(filter: Filter): Promise<Ranked[]> {
      const found = await retrieve(filter);
      return plain
        ? scoreOne(parts.features, serving.model, towards.movies[0]!.features, found)
        : scoreBlend(parts.features, serving, { towards, away: from }, found, signal);
    },
    async closest(filter: Filter, limit: number) {
      return direction
        ? (await byText(direction, filter, limit)).map((each) => each.id)
        : byFacts(filter, limit);
    },
  };
}

/** What the reader should know of a seed. */
function remarksOn(movie: Movie, hasVector: boolean, { features }: RecommenderParts): Remark[] {
  if (!hasVector) return [{ kind: isThin(movie) ? 'thinSeed' : 'notIndexed', movie }];
  const { genres, genresGuessed } = features.of(movie);
  return genresGuessed ? [{ kind: 'guessedGenres', movie, genres: genresOfBits(genres) }] : [];
}

function vectorsOf({ movies, words }: BlendSide): Float32Array[] {
  return [...movies.flatMap((movie) => movie.vector ?? []), ...words];
}

/** The vectors of free words; words that mean nothing to the embedder have none. */
async function embedWords(
  { embedder }: Serving,
  words: NonNullable<SimilarQuery['words']>,
  signal: AbortSignal | undefined,
): Promise<{ vector: Float32Array; away: boolean }[]> {
  const texts = words.map((each) => each.text);
  const vectors = await embedder.embed(texts, { task: 'query', ...callOptions(signal) });
  return vectors.flatMap((vector, index) => (vector ? [{ vector, away: words[index]!.away }] : []));
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
