import { isThin, type Movie } from '../catalogue/movie.ts';
import type { Filter } from '../vectors/filter.ts';
import { arrange } from './arrange.ts';
import { blend } from './blend.ts';
import { rankByFacts } from './by-facts.ts';
import { genresOfBits } from './features.ts';
import { conditionsOf, type FilterContext } from './filters.ts';
import { foldSeries, seriesOf } from './fold-series.ts';
import { leftOut } from './left-out.ts';
import { MAX_RESULTS, pageOf } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import { reasonsFor, withSentence } from './reasons.ts';
import type { RecommendationPage, Remark, SimilarQuery } from './recommender.ts';
import { type BlendSide, scoreBlend, scoreOne } from './score.ts';

/** How many neighbours are fetched to be ranked: enough that what facts lift to the top is among them. */
const RETRIEVED = 300;

/** Two reasons at most: a third is not read. */
const MAX_REASONS = 2;

export async function similar(parts: RecommenderParts, query: SimilarQuery): Promise<RecommendationPage> {
  const { seeds, filters, signal } = query;
  const serving = await parts.serving(signal);
  await parts.genres(); // what was guessed of movies without genres is taken in first
  const search = await prepare(parts, serving, query);
  const ordered = arrange(await search.rank(search.filter), serving.model.order);
  const list = filters.withFranchise ? ordered : foldSeries(ordered, seeds, parts.features);
  const remarks = [
    ...search.remarks,
    ...(await ownSeries(parts, query)),
    ...(await leftOut(parts, { filters, found: list.length, signal, ...search })),
  ];
  const wanted = seeds.map((seed) => parts.features.of(seed));
  return pageOf(parts, list, query, remarks, ({ features }, movie) => {
    const reasons = wanted.flatMap((seed) => reasonsFor(seed, features, parts.features));
    return withSentence(reasons, seeds, movie).slice(0, MAX_REASONS);
  });
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
  const neighbours = (filter: Filter, topK: number) =>
    direction ? serving.index.query(direction, { topK, filter, exclude, ...call }) : [];
  const byFacts = (filter: Filter, limit: number) => rankByFacts(parts, serving.model, query, filter, limit);
  const plain = seeds.length === 1 && from.movies.length === 0 && typed.length === 0;
  return {
    context,
    filter: conditionsOf(query.filters, context),
    remarks: seeds.flatMap((movie) => remarksOn(movie, stored.has(movie.id), parts)),
    async rank(filter: Filter): Promise<Ranked[]> {
      if (!direction) return byFacts(filter, MAX_RESULTS);
      const found = await neighbours(filter, RETRIEVED);
      return plain
        ? scoreOne(parts.features, serving.model, towards.movies[0]!.features, found)
        : scoreBlend(parts.features, serving, { towards, away: from }, found, signal);
    },
    async closest(filter: Filter, limit: number) {
      return direction
        ? (await neighbours(filter, limit)).map((each) => each.id)
        : (await byFacts(filter, limit)).map((each) => each.features.id);
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
  if (!seed || more.length > 0 || query.filters.withFranchise || query.page > 1) return [];
  const { name, movies } = await seriesOf(parts, seed, {
    adult: query.adult ?? false,
    ...callOptions(query.signal),
  });
  const others = movies.filter((movie) => movie.id !== seed.id);
  return others.length === 0 ? [] : [{ kind: 'ownSeries', name, movies: others }];
}
