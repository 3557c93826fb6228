import type { Embedder } from './embedding/embedder.ts';
import { measureCosines } from './recommender/calibrate.ts';
import type { FeatureTable } from './recommender/features.ts';
import { type FittedWeights, modelFor } from './recommender/model.ts';
import type { Serving } from './recommender/parts.ts';
import { IndexUnavailable, type VectorIndex } from './vectors/vector-index.ts';
import { embedderOf, type VectorStore } from './vectors/vector-store.ts';

interface ServingParts {
  readonly vectors: VectorStore;
  readonly embedders: readonly Embedder[];
  readonly features: FeatureTable;
  readonly weights: FittedWeights;
}

/**
 * The index in use with the embedder and the calibration that belong to it. What is found out about an index is
 * remembered for as long as the index is in use.
 */
export function servingFrom(parts: ServingParts): (signal?: AbortSignal) => Promise<Serving> {
  const known = new WeakMap<VectorIndex, Promise<Serving>>();
  return async (signal) => {
    const index = await parts.vectors.current(signal ? { signal } : {});
    if (!index) throw new IndexUnavailable('there is no index yet: run "npm run index"');
    const serving = known.get(index) ?? prepare(parts, index);
    known.set(index, serving);
    // What failed is asked again the next time.
    serving.catch(() => known.delete(index));
    return serving;
  };
}

async function prepare({ embedders, features, weights }: ServingParts, index: VectorIndex): Promise<Serving> {
  const embedder = await embedderOf(index, embedders);
  return { index, embedder, model: modelFor(weights, await measureCosines(index, features.ids())) };
}
