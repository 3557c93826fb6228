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

/** How often it is looked whether an index has grown, in milliseconds: of one that is far away that is a request. */
const LOOK_EVERY = 60_000;

/** The share of its vectors that may have come or gone before an index is measured anew. */
const OTHERS = 0.05;

interface Known {
  /** Vectors when it was measured. */
  readonly count: number;
  readonly serving: Serving;
}

/**
 * The index in use with the embedder and the calibration that belong to it. What is found out about an index is
 * remembered for as long as the index is in use, and found out anew, beside the answers, when it has grown: another
 * process may be filling it, and its first vectors say little of the rest.
 *
 * @param now Milliseconds.
 */
export function servingFrom(
  parts: ServingParts,
  now: () => number = () => performance.now(),
): (signal?: AbortSignal) => Promise<Serving> {
  const known = new WeakMap<VectorIndex, Promise<Known>>();
  let looked = now();

  async function renew(index: VectorIndex, before: Known): Promise<void> {
    const { count } = await index.info();
    if (Math.abs(count - before.count) <= OTHERS * before.count) return;
    known.set(index, Promise.resolve(await prepare(parts, index)));
  }

  return async (signal) => {
    const index = await parts.vectors.current(signal ? { signal } : {});
    if (!index) throw new IndexUnavailable('there is no index yet: run "npm run index"');
    const asked = known.get(index) ?? prepare(parts, index);
    known.set(index, asked);
    // What failed is asked again the next time.
    asked.catch(() => known.delete(index));
    const before = await asked;
    if (now() - looked >= LOOK_EVERY) {
      looked = now();
      // What cannot be measured anew goes on as it was measured.
      renew(index, before).catch(() => {});
    }
    return before.serving;
  };
}

async function prepare({ embedders, features, weights }: ServingParts, index: VectorIndex): Promise<Known> {
  const { count } = await index.info();
  const embedder = await embedderOf(index, embedders);
  const model = modelFor(weights, await measureCosines(index, features.ids()));
  return { count, serving: { index, embedder, model } };
}
