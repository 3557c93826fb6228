import type { Catalogue } from '../catalogue/catalogue.ts';
import { isThin, type Movie, type MovieId } from '../catalogue/movie.ts';
import type { Neighbour, VectorIndex } from '../vectors/vector-index.ts';
import { arrange } from './arrange.ts';
import { rankByFacts } from './by-facts.ts';
import type { Features, FeatureTable } from './features.ts';
import { conditionsOf } from './filters.ts';
import { reasonsFor } from './reasons.ts';
import type { Recommendation, RecommendationPage, Recommender, Remark, SimilarQuery } from './recommender.ts';
import { type RelevanceModel, relevance, signalsOf } from './relevance.ts';

/** How many neighbours are fetched to be ranked: enough that what facts lift to the top is among them. */
const RETRIEVED = 300;

/** A list ends here, whatever the page size. */
export const MAX_RESULTS = 50;

/** Below this relevance the best match is called weak. */
const WEAK = 0.5;

export interface RecommenderParts {
  readonly catalogue: Catalogue;
  /** The index in use now; another generation may take its place while we run. */
  readonly index: () => Promise<VectorIndex>;
  readonly features: FeatureTable;
  readonly model: () => RelevanceModel;
}

/** A movie on its way into a list. */
export interface Ranked {
  readonly features: Features;
  /** 0 to 1. */
  readonly relevance: number;
}

export function createRecommender(parts: RecommenderParts): Recommender {
  return { similar: (query) => similar(parts, query) };
}

async function similar(parts: RecommenderParts, query: SimilarQuery): Promise<RecommendationPage> {
  const remarks: Remark[] = [];
  const ranked = await rank(parts, query, remarks);
  const list = arrange(ranked).slice(0, MAX_RESULTS);
  if (list.length > 0 && list[0]!.relevance < WEAK) remarks.push({ kind: 'weak' });
  const pages = Math.ceil(list.length / query.pageSize);
  const start = (query.page - 1) * query.pageSize;
  const items = await present(parts, query, list.slice(start, start + query.pageSize), start);
  return { items, page: query.page, pages, remarks };
}

async function rank(parts: RecommenderParts, query: SimilarQuery, remarks: Remark[]): Promise<Ranked[]> {
  const index = await parts.index();
  const away = query.away ?? [];
  const everyone = [...query.seeds, ...away];
  const vectors = await index.fetch(
    everyone.filter((movie) => !isThin(movie)).map((movie) => movie.id),
    signalOf(query),
  );
  for (const movie of query.seeds)
    if (!vectors.has(movie.id)) remarks.push({ kind: isThin(movie) ? 'thinSeed' : 'notIndexed', movie });
  const direction = blend(query.seeds, away, vectors);
  const filter = conditionsOf(query.filters, {
    adult: query.adult ?? false,
    ...(query.seeds[0] && { kind: query.seeds[0].kind }),
  });
  if (!direction) return rankByFacts(parts, query.seeds, filter, MAX_RESULTS, query.signal);
  const neighbours = await index.query(direction, {
    topK: RETRIEVED,
    filter,
    exclude: everyone.map((movie) => movie.id),
    ...signalOf(query),
  });
  return score(parts, query.seeds, neighbours);
}

/** Relevance of each neighbour: against one seed as it is, against several the mean. */
function score(parts: RecommenderParts, seeds: readonly Movie[], neighbours: readonly Neighbour[]): Ranked[] {
  const model = parts.model();
  const wanted = seeds.map((seed) => parts.features.of(seed));
  return neighbours.flatMap(({ id, score: cosine }) => {
    const features = parts.features.get(id);
    if (!features) return [];
    const each = wanted.map((seed) =>
      relevance(signalsOf(seed, features, cosine, parts.features, model), model),
    );
    return [{ features, relevance: each.reduce((sum, value) => sum + value, 0) / each.length }];
  });
}

/** The mean of the seeds' vectors, moved away from what is not wanted; undefined where no seed has a vector. */
function blend(
  seeds: readonly Movie[],
  away: readonly Movie[],
  vectors: ReadonlyMap<MovieId, Float32Array>,
): Float32Array | undefined {
  const sum = new Map<number, number>();
  let dimensions = 0;
  const add = (movies: readonly Movie[], weight: number) => {
    for (const movie of movies) {
      const vector = vectors.get(movie.id);
      if (!vector) continue;
      dimensions = vector.length;
      vector.forEach((value, index) => {
        sum.set(index, (sum.get(index) ?? 0) + weight * value);
      });
    }
  };
  add(seeds, 1);
  if (dimensions === 0) return undefined;
  add(away, -0.5);
  return unit(Float32Array.from({ length: dimensions }, (_, index) => sum.get(index) ?? 0));
}

function unit(vector: Float32Array): Float32Array | undefined {
  const length = Math.hypot(...vector);
  return length === 0 ? undefined : vector.map((value) => value / length);
}

async function present(
  parts: RecommenderParts,
  query: SimilarQuery,
  ranked: readonly Ranked[],
  before: number,
): Promise<Recommendation[]> {
  const movies = await parts.catalogue.get(
    ranked.map((each) => each.features.id),
    signalOf(query),
  );
  const seeds = query.seeds.map((seed) => parts.features.of(seed));
  return ranked.flatMap((each, index) => {
    const movie = movies.get(each.features.id);
    if (!movie) return [];
    const reasons = seeds.flatMap((seed) => reasonsFor(seed, each.features, parts.features)).slice(0, 2);
    return [{ rank: before + index + 1, movie, score: each.relevance, reasons }];
  });
}

function signalOf(query: { signal?: AbortSignal }): { signal?: AbortSignal } {
  return query.signal ? { signal: query.signal } : {};
}
