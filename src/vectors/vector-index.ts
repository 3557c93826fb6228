import type { MovieId } from '../catalogue/movie.ts';
import { Obstacle } from '../errors.ts';
import type { Filter, Metadata } from './filter.ts';

export interface VectorRecord {
  readonly id: MovieId;
  /** Unit length, as many values as the index has dimensions. */
  readonly values: Float32Array;
  readonly metadata: Metadata;
  /** Hash of the text that was embedded: what did not change is not embedded again. */
  readonly textHash: string;
}

export type MetadataRecord = Pick<VectorRecord, 'id' | 'metadata'>;

/** What is already stored for a movie, so that only what changed is embedded or written again. */
export interface StoredState {
  readonly textHash: string;
  /** See `metadataHash`. */
  readonly metadataHash: string;
}

export interface Neighbour {
  readonly id: MovieId;
  /** Cosine similarity, -1 to 1, higher is closer; the same scale in every store. */
  readonly score: number;
}

/** The order of every answer: nearest first, ties by id, so that the same query gives the same order. */
export function nearestFirst(a: Neighbour, b: Neighbour): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

export interface IndexInfo {
  /** Id of the embedder that made the vectors (see `Embedder.id`). */
  readonly embedder: string;
  readonly dimensions: number;
  readonly count: number;
}

export interface QueryOptions {
  readonly topK: number;
  readonly filter?: Filter;
  /** Ids that must not be among the answers: the seed, what was shown before. */
  readonly exclude?: readonly MovieId[];
  /**
   * Movies whose score is wanted, too, near or not, where they pass the filter and are not excluded. A store for which
   * each would be a request more leaves out those that are not near.
   */
  readonly also?: readonly MovieId[];
  readonly signal?: AbortSignal;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * The stored vector of every described movie, under the movie's id; all made by one embedder. Whoever hands an index
 * out closes it (see `VectorStore`).
 *
 * `query` applies the filter inside the search: it answers `topK` neighbours whenever that many movies pass, and with
 * them what it can tell of `also`.
 * All methods reject with the signal's reason once it fires, and with {@link IndexUnavailable} when the store
 * cannot be reached.
 */
export interface VectorIndex {
  info(options?: CallOptions): Promise<IndexInfo>;
  /** Vectors by id; an id without a vector is absent from the map, never an error. */
  fetch(ids: readonly MovieId[], options?: CallOptions): Promise<Map<MovieId, Float32Array>>;
  /** Nearest first; ties by id, so that the same query gives the same order. */
  query(vector: Float32Array, options: QueryOptions): Promise<Neighbour[]>;
  /** Adds or replaces. Rejects on a wrong dimension, a NaN or an all-zero vector before anything is written. */
  upsert(records: readonly VectorRecord[], options?: CallOptions): Promise<void>;
  /** Replaces metadata alone, where that changed and the text did not. Ids without a vector are ignored. */
  updateMetadata(records: readonly MetadataRecord[], options?: CallOptions): Promise<void>;
  delete(ids: readonly MovieId[], options?: CallOptions): Promise<void>;
  /** What is stored for each of these ids; an id without a vector is absent. */
  states(ids: readonly MovieId[], options?: CallOptions): Promise<Map<MovieId, StoredState>>;
  /** Every id that has a vector, in pages, in no particular order. */
  ids(options?: CallOptions): AsyncIterable<readonly MovieId[]>;
}

/** The store cannot answer now: down, slow, or not there. What it was is the cause; the message has no secret. */
export class IndexUnavailable extends Obstacle {
  override readonly name = 'IndexUnavailable';
}
