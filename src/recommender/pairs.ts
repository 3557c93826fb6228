import type { Movie } from '../catalogue/movie.ts';
import { cosine } from './blend.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import { reasonsFor, withSentence } from './reasons.ts';
import type { Similarity } from './recommender.ts';
import { relevance, signalsOf } from './relevance.ts';

/** How alike two movies are: what a list that started from either would show for the other. */
export async function similarity(
  parts: RecommenderParts,
  a: Movie,
  b: Movie,
  signal?: AbortSignal,
): Promise<Similarity> {
  const { index, model } = await parts.serving(signal);
  const vectors = await index.fetch([a.id, b.id], callOptions(signal));
  const [first, second] = [vectors.get(a.id), vectors.get(b.id)];
  const [one, other] = [parts.features.of(a), parts.features.of(b)];
  const close = first && second ? cosine(first, second) : undefined;
  return {
    score: relevance(signalsOf(one, other, close, parts.features, model), model),
    reasons: withSentence(reasonsFor(one, other, parts.features), [a], b),
  };
}
