import type { Movie, MovieId } from '../catalogue/movie.ts';
import { cosine } from './blend.ts';
import type { Features, FeatureTable } from './features.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import { reasonsFor } from './reasons.ts';
import type { Similarity } from './recommender.ts';
import { type RelevanceModel, relevance, type Signals, signalsOf } from './relevance.ts';
import { withTold } from './told-reasons.ts';

/** How alike two movies are: what a list that started from either would show for the other. */
export async function similarity(
  parts: RecommenderParts,
  a: Movie,
  b: Movie,
  signal?: AbortSignal,
): Promise<Similarity> {
  const { index, model } = await parts.serving(signal);
  const vectors = await index.fetch([a.id, b.id], callOptions(signal));
  const { features: table } = parts;
  const [one, other] = [table.of(a), table.of(b)];
  const signals = pairSignals(table, model, vectors, one, other);
  const told = { seeds: [a], movie: b, near: signals.text };
  return { score: relevance(signals, model), reasons: withTold(reasonsFor(one, other, table), told, table) };
}

/** Relevance of two movies, 0 to 1; symmetric. By facts alone where `vectors` has not both. */
export function pairRelevance(
  table: FeatureTable,
  model: RelevanceModel,
  vectors: ReadonlyMap<MovieId, Float32Array>,
  a: Features,
  b: Features,
): number {
  return relevance(pairSignals(table, model, vectors, a, b), model);
}

function pairSignals(
  table: FeatureTable,
  model: RelevanceModel,
  vectors: ReadonlyMap<MovieId, Float32Array>,
  a: Features,
  b: Features,
): Signals {
  const [first, second] = [vectors.get(a.id), vectors.get(b.id)];
  const close = first && second ? cosine(first, second) : undefined;
  return signalsOf(a, b, close, table, model);
}
