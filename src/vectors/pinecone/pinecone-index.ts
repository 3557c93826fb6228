import type { Logger } from 'pino';
import { mapAtOnce } from '../../at-once.ts';
import type { MovieId } from '../../catalogue/movie.ts';
import { RemoteFailure } from '../../errors.ts';
import { checkVector, hasDirection } from '../check-vector.ts';
import type { Metadata } from '../filter.ts';
import {
  type CallOptions,
  type IndexInfo,
  IndexUnavailable,
  type MetadataRecord,
  type Neighbour,
  nearestFirst,
  type QueryOptions,
  type StoredState,
  type VectorIndex,
  type VectorRecord,
} from '../vector-index.ts';
import { type Index, isMissing, type PineconeClient } from './client.ts';
import type { Generation } from './generations.ts';
import { pineconeFilter, storedFields, storedState } from './metadata.ts';
import { FETCH_BATCH, type PineconeRecord, recordBatches } from './records.ts';
import { roundedValues } from './values.ts';

const DELETE_BATCH = 1_000;
const MOST_NEIGHBOURS = 10_000;
/** Asked for beyond what is wanted, so that what is equally near at the end is chosen by id and not by chance. */
const FOR_TIES = 16;
/** How far down we look for what was asked for besides the nearest: the answer is still a few kilobytes. */
const LOOKED_THROUGH = 1_000;
/** Requests of one call that are under way at the same time. */
const AT_ONCE = 8;

/** What Pinecone gives for an id; `undefined` where what it gives is no vector of this index. */
interface Fetched {
  readonly values: number[] | undefined;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** How a request goes out: as part of an answer, or as work. */
type Through = <T>(act: () => Promise<T>) => Promise<T>;

/** The vectors of one embedder in one namespace of a Pinecone index. */
export class PineconeIndex implements VectorIndex {
  readonly generation: Generation;
  readonly #client: PineconeClient;
  readonly #host: string;
  readonly #vectors: Index;
  readonly #log: Logger;
  #warned = false;

  constructor(client: PineconeClient, host: string, generation: Generation, log: Logger) {
    this.generation = generation;
    this.#client = client;
    this.#host = host;
    this.#vectors = client.namespace(host, generation.namespace);
    this.#log = log;
  }

  /** The count lags some seconds behind what was written. */
  async info(options: CallOptions = {}): Promise<IndexInfo> {
    const { embedder, dimensions, namespace } = this.generation;
    const counts = await this.#client.counts(this.#host, options);
    return { embedder, dimensions, count: counts.get(namespace) ?? 0 };
  }

  async fetch(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, Float32Array>> {
    const vectors = new Map<MovieId, Float32Array>();
    for (const [id, { values }] of await this.#fetch(ids, (fetch) => this.#ask(options, fetch)))
      if (values) vectors.set(id, Float32Array.from(values));
    return vectors;
  }

  async query(vector: Float32Array, options: QueryOptions): Promise<Neighbour[]> {
    options.signal?.throwIfAborted();
    checkVector(vector, this.generation.dimensions);
    if (options.topK < 1) return [];
    const excluded = new Set(options.exclude);
    const also = new Set(options.also);
    const wanted = also.size > 0 ? Math.max(options.topK, LOOKED_THROUGH) : options.topK;
    const filter = pineconeFilter(options.filter ?? []);
    const { matches } = await this.#ask(options, () =>
      this.#vectors.query({
        vector: roundedValues(vector),
        topK: Math.min(MOST_NEIGHBOURS, wanted + excluded.size + FOR_TIES),
        includeValues: false,
        includeMetadata: false,
        ...(filter && { filter }),
      }),
    );
    const scored = matches.flatMap(({ id, score }) => (isId(id) && isScore(score) ? [{ id, score }] : []));
    if (scored.length === 0 && matches.length > 0)
      throw new IndexUnavailable('Pinecone gives what are no ids or no scores');
    return scored
      .filter(({ id }) => !excluded.has(id))
      .sort(nearestFirst)
      .filter(({ id }, place) => place < options.topK || also.has(id));
  }

  async upsert(records: readonly VectorRecord[], options: CallOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    for (const { id, values } of records) checkVector(values, this.generation.dimensions, id);
    await this.#put(
      records.map(({ id, values, metadata, textHash }) => ({
        id,
        values,
        metadata: storedFields(metadata, textHash),
      })),
      options,
    );
  }

  /** Pinecone's own update cannot take a field away, and is one request to a movie: the records are written anew. */
  async updateMetadata(records: readonly MetadataRecord[], options: CallOptions = {}): Promise<void> {
    const wanted = new Map(records.map(({ id, metadata }) => [id, metadata]));
    const stored = await this.#fetch([...wanted.keys()], (fetch) => this.#work(options, fetch));
    await this.#put(
      [...stored].flatMap(([id, { values, fields }]) => {
        const textHash = storedState(fields)?.textHash;
        if (!values || textHash === undefined) return [];
        return [{ id, values, metadata: storedFields(wanted.get(id) as Metadata, textHash) }];
      }),
      options,
    );
  }

  async delete(ids: readonly MovieId[], options: CallOptions = {}): Promise<void> {
    await mapAtOnce(slices(ids, DELETE_BATCH), AT_ONCE, (batch) =>
      this.#work(options, () => this.#vectors.deleteMany({ ids: batch })).catch((error) => {
        // Nothing was ever stored, so there is nothing to take away.
        if (!isMissing(error.cause)) throw error;
      }),
    );
  }

  async states(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, StoredState>> {
    const states = new Map<MovieId, StoredState>();
    for (const [id, { values, fields }] of await this.#fetch(ids, (fetch) => this.#work(options, fetch))) {
      const state = values && storedState(fields);
      if (state) states.set(id, state);
    }
    return states;
  }

  async *ids(options: CallOptions = {}): AsyncIterable<readonly MovieId[]> {
    let next: string | undefined;
    do {
      const page = await this.#work(options, () =>
        this.#vectors.listPaginated({ limit: 100, ...(next && { paginationToken: next }) }),
      ).catch((error) => {
        if (!isMissing(error.cause)) throw error;
      });
      yield (page?.vectors ?? []).flatMap(({ id }) => id ?? []);
      next = page?.pagination?.next || undefined;
    } while (next);
  }

  async #fetch(ids: readonly MovieId[], through: Through): Promise<Map<MovieId, Fetched>> {
    const pages = await mapAtOnce(slices([...new Set(ids)], FETCH_BATCH), AT_ONCE, (batch) =>
      through(() => this.#vectors.fetch({ ids: batch })),
    );
    const fetched = new Map<MovieId, Fetched>();
    // The SDK's types promise more than an answer holds.
    for (const { records } of pages)
      for (const [id, record] of Object.entries<Partial<(typeof records)[string]> | null>(records))
        fetched.set(id, { values: this.#sound(id, record?.values), fields: record?.metadata });
    return fetched;
  }

  /** A vector that cannot be compared counts as none: the movie is "not indexed yet", and the next run mends it. */
  #sound(id: MovieId, values: number[] | undefined): number[] | undefined {
    const sound =
      Array.isArray(values) &&
      values.length === this.generation.dimensions &&
      // NaN is null in JSON.
      !values.includes(null as never) &&
      hasDirection(values);
    if (sound) return values;
    if (!this.#warned)
      this.#log.warn({ movie: id }, 'Pinecone holds what is no vector; "npm run index" mends it');
    this.#warned = true;
    return undefined;
  }

  async #put(records: readonly PineconeRecord[], options: CallOptions): Promise<void> {
    await mapAtOnce(recordBatches(records), AT_ONCE, (batch) =>
      this.#client.upsert(this.#vectors, batch, options).catch((error) => this.#told(error)),
    );
  }

  #ask<T>(options: CallOptions, act: () => Promise<T>): Promise<T> {
    return this.#client.ask(act, options).catch((error) => {
      if (!isMissing(error) && error instanceof RemoteFailure)
        // What is asked is always the same: the index was made anew with other dimensions, or its plan has ended.
        throw new IndexUnavailable(error.message, { cause: error });
      return this.#told(error);
    });
  }

  #work<T>(options: CallOptions, act: () => Promise<T>): Promise<T> {
    return this.#client.work(act, options).catch((error) => this.#told(error));
  }

  #told(error: unknown): never {
    if (!isMissing(error)) throw error;
    const { index, namespace } = this.generation;
    throw new IndexUnavailable(`Pinecone has no index "${index}" or no namespace "${namespace}" in it`, {
      cause: error,
    });
  }
}

function isId(id: unknown): id is MovieId {
  return typeof id === 'string';
}

function isScore(score: unknown): score is number {
  return typeof score === 'number' && Number.isFinite(score);
}

function slices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
