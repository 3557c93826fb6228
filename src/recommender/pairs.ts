import type { Movie, MovieId } from '../catalogue/movie.ts';
import { cosine } from './blend.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import { reasonsFor, withSentence } from './reasons.ts';
import type { Similarity } from './recommender.ts';
import { type RelevanceModel, relevance, signalsOf } from './relevance.ts';

/** How alike two movies are: what a list that started from either would show for the other. */
export async function similarity(
  parts: RecommenderParts,
  a: Movie,
  b: Movie,
  signal?: AbortSignal,
): Promise<Similarity> {
  const { index, model } = await parts.serving(signal);
  const vectors = await index.fetch([a.id, b.id], callOptions(signal));
  const { features } = parts;
  return {
    score: pairRelevance(parts, model, vectors, a, b),
    reasons: withSentence(reasonsFor(features.of(a), features.of(b), features), [a], b),
  };
}

/** Relevance of two movies, 0 to 1; symmetric. By facts alone where `vectors` has not both. */
export function pairRelevance(
  { features }: Pick<RecommenderParts, 'features'>,
  model: RelevanceModel,
  vectors: ReadonlyMap<MovieId, Float32Array>,
  a: Movie,
  b: Movie,
): number {
  const [first, second] = [vectors.get(a.id), vectors.get(b.id)];
  const close = first && second ? cosine(first, second) : undefined;
  return relevance(signalsOf(features.of(a), features.of(b), close, features, model), model);
}
