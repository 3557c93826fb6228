import { neighbourhood } from './neighbourhood.ts';
import { similarity } from './pairs.ts';
import type { RecommenderParts } from './parts.ts';
import { plot } from './plot.ts';
import type { Recommender } from './recommender.ts';
import { similar } from './similar.ts';

export function createRecommender(parts: RecommenderParts): Recommender {
  return {
    similar: (query) => similar(parts, query),
    plot: (query) => plot(parts, query),
    similarity: (a, b, options) => similarity(parts, a, b, options?.signal),
    neighbourhood: (seed, options) => neighbourhood(parts, seed, options),
  };
}
