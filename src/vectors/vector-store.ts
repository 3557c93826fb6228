import { Obstacle } from '../errors.ts';
import type { CallOptions, VectorIndex } from './vector-index.ts';

/**
 * The indexes of one place, at most one to an embedder. One of them is in use; another may be under construction
 * beside it and takes its place in one step. An index that the store handed out is closed by the store.
 *
 * Adding a vector store means one file that implements this and {@link VectorIndex}, one line in `open.ts`, and one
 * call of each of the two contract suites.
 */
export interface VectorStore {
  /**
   * The index in use; `undefined` before there ever was one. Ask for it at the start of every answer and keep it to
   * the end of that answer: another process may put another index in use, and vectors of two indexes never compare.
   */
  current(options?: CallOptions): Promise<VectorIndex | undefined>;
  /** An embedder's index, in use or not; `undefined` where there is none. */
  find(embedder: string, options?: CallOptions): Promise<VectorIndex | undefined>;
  /** An embedder's index, made empty where there is none. Not in use until {@link activate}. */
  create(embedder: EmbedderShape, options?: CallOptions): Promise<VectorIndex>;
  /**
   * Puts an embedder's index in use, in one step, and deletes every other. Running processes notice within seconds.
   * Safe to call again. Rejects where the embedder has no index.
   */
  activate(embedder: string, options?: CallOptions): Promise<void>;
  /** Makes what the next process that serves would have to make before it answers; of a store that can. */
  prepare?(): Promise<void>;
  /** Where the vectors lie and what is missing there, in a sentence; of a store that somebody has to set up. */
  status?(options?: CallOptions): Promise<string>;
  close(): Promise<void>;
}

/** What an index needs to know of its embedder. */
export interface EmbedderShape {
  readonly id: string;
  readonly dimensions: number;
}

/** The vectors were made by an embedder that this process does not have, so no new text compares with them. */
export class EmbedderUnavailable extends Obstacle {
  override readonly name = 'EmbedderUnavailable';

  constructor(embedder: string, available: readonly EmbedderShape[]) {
    const names = available.map(({ id }) => id).join(', ');
    super(
      `The vectors in use were made by the embedder "${embedder}", which is not available (there is: ${names}). ` +
        'Set it up again, or run "npm run index" to make new vectors.',
    );
  }
}

/** The embedder that made an index. Throws {@link EmbedderUnavailable} where it is not among these. */
export async function embedderOf<E extends EmbedderShape>(
  index: VectorIndex,
  available: readonly E[],
): Promise<E> {
  const { embedder } = await index.info();
  const found = available.find(({ id }) => id === embedder);
  if (!found) throw new EmbedderUnavailable(embedder, available);
  return found;
}
