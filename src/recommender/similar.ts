import { isThin, type Movie } from '../catalogue/movie.ts';
import type { Neighbour } from '../vectors/vector-index.ts';
import { arrange } from './arrange.ts';
import { blend } from './blend.ts';
import { rankByFacts } from './by-facts.ts';
import { conditionsOf } from './filters.ts';
import { MAX_RESULTS, pageOf } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import { reasonsFor } from './reasons.ts';
import type { RecommendationPage, Remark, SimilarQuery } from './recommender.ts';
import { relevance, signalsOf } from './relevance.ts';

/** How many neighbours are fetched to be ranked: enough that what facts lift to the top is among them. */
const RETRIEVED = 300;

/** Two reasons at most: a third is not read. */
const MAX_REASONS = 2;

export async function similar(parts: RecommenderParts, query: SimilarQuery): Promise<RecommendationPage> {
  const remarks: Remark[] = [];
  const ordered = arrange(await rank(parts, query, remarks));
  const seeds = query.seeds.map((seed) => parts.features.of(seed));
  return pageOf(parts, ordered, query, remarks, ({ features }) =>
    seeds.flatMap((seed) => reasonsFor(seed, features, parts.features)).slice(0, MAX_REASONS),
  );
}

async function rank(parts: RecommenderParts, query: SimilarQuery, remarks: Remark[]): Promise<Ranked[]> {
  const { seeds, away = [], signal } = query;
  const serving = await parts.serving(signal);
  const everyone = [...seeds, ...away];
  const vectors = await serving.index.fetch(
    everyone.filter((movie) => !isThin(movie)).map((movie) => movie.id),
    callOptions(signal),
  );
  for (const movie of seeds)
    if (!vectors.has(movie.id)) remarks.push({ kind: isThin(movie) ? 'thinSeed' : 'notIndexed', movie });
  const filter = conditionsOf(query.filters, {
    adult: query.adult ?? false,
    ...(seeds[0] && { kind: seeds[0].kind }),
  });
  const vectorsOf = (movies: readonly Movie[]) => movies.flatMap((movie) => vectors.get(movie.id) ?? []);
  const direction = blend(vectorsOf(seeds), vectorsOf(away));
  if (!direction) return rankByFacts(parts, serving.model, query, filter, MAX_RESULTS);
  const neighbours = await serving.index.query(direction, {
    topK: RETRIEVED,
    filter,
    exclude: everyone.map((movie) => movie.id),
    ...callOptions(signal),
  });
  return score(parts, serving, seeds, neighbours);
}

/** Relevance of each neighbour: against one seed as it is, against several the mean. */
function score(
  parts: RecommenderParts,
  { model }: Serving,
  seeds: readonly Movie[],
  neighbours: readonly Neighbour[],
): Ranked[] {
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
