/**
 * Turns text into vectors that lie near each other where the texts are alike.
 *
 * Vectors of two embedders never compare: whoever stores vectors stores the `id` with them. Adding an embedder
 * means one file that implements this and one call of its contract suite (`test/contracts/embedder.ts`).
 */
export interface Embedder {
  /**
   * Name, dimensions, weight hash and text recipe version, joined by hyphens: `words-128-1a2b3c4d5e6f-t1`.
   * It changes whenever the same movie could come out as another vector.
   */
  readonly id: string;

  /** How many numbers each vector has. */
  readonly dimensions: number;

  /**
   * Embeds texts, in order: the i-th vector belongs to the i-th text.
   *
   * @param options.task `document` for what is stored, `query` for what is looked up; some models tell them apart.
   * @param options.signal Gives up between texts; the promise then rejects with the signal's reason.
   * @returns Unit-length vectors, or `undefined` where the embedder can say nothing about a text. Never a zero
   *   vector: vector stores refuse those, and they would compare equal to everything.
   */
  embed(
    texts: readonly string[],
    options: { task: 'document' | 'query'; signal?: AbortSignal },
  ): Promise<(Float32Array | undefined)[]>;

  /**
   * The share of a text's telling words that the embedder knows, 0 to 1; 0 where it has no telling words at all.
   * Absent where every word means something to the embedder.
   */
  knownShare?(text: string): number;
}

/** The embedder cannot answer now: down, slow, out of quota, or a setting of it is refused (the cause then). Texts by words still work. */
export class EmbeddingUnavailable extends Error {
  override readonly name = 'EmbeddingUnavailable';
}
