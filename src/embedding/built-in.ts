import { setImmediate } from 'node:timers/promises';
import type { Embedder } from './embedder.ts';
import { TEXT_RECIPE } from './movie-text.ts';
import { loadWordModel, type WordModel } from './words/model.ts';

/** Texts embedded between two looks at the clock; one takes well under a tenth of a millisecond. */
const TEXTS_PER_STEP = 4;
/** Longest time the event loop is held, in milliseconds: other people's questions are waiting. */
const STEP_LIMIT = 5;

/**
 * Opens the embedder that needs no key and no network: word vectors trained on film summaries.
 *
 * @param file The trained file, `data/words.bin`.
 * @throws Error that names the file where it is missing, foreign or damaged.
 */
export async function openBuiltInEmbedder(file: string): Promise<Embedder> {
  return new BuiltInEmbedder(await loadWordModel(file));
}

class BuiltInEmbedder implements Embedder {
  readonly id: string;
  readonly dimensions: number;
  readonly #model: WordModel;

  constructor(model: WordModel) {
    this.#model = model;
    this.dimensions = model.dimensions;
    this.id = `words-${model.dimensions}-${model.hash}-${TEXT_RECIPE}`;
  }

  /** Documents and queries are embedded alike. */
  async embed(
    texts: readonly string[],
    { signal }: { task: 'document' | 'query'; signal?: AbortSignal },
  ): Promise<(Float32Array | undefined)[]> {
    const vectors: (Float32Array | undefined)[] = [];
    let stepStart = performance.now();
    signal?.throwIfAborted();
    for (const text of texts) {
      vectors.push(this.#model.embedText(text));
      if (vectors.length % TEXTS_PER_STEP !== 0 || performance.now() - stepStart < STEP_LIMIT) continue;
      await setImmediate();
      signal?.throwIfAborted();
      stepStart = performance.now();
    }
    return vectors;
  }

  knownShare(text: string): number {
    return this.#model.knownShare(text);
  }
}
