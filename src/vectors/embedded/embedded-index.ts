import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MovieId } from '../../catalogue/movie.ts';
import { checkVector, unit } from '../check-vector.ts';
import {
  type CallOptions,
  type IndexInfo,
  IndexUnavailable,
  type MetadataRecord,
  type Neighbour,
  type QueryOptions,
  type StoredState,
  type VectorIndex,
  type VectorRecord,
} from '../vector-index.ts';
import { Rows } from './rows.ts';
import { keepRows, keptRows, type RowsAt } from './rows-file.ts';
import type { Position, VectorFile } from './vector-file.ts';

/** Fewer vectors are read from the file in a tenth of a second. */
const WORTH_KEEPING = 5000;

/**
 * Vectors in a file of their own, searched in memory.
 *
 * They are read into memory with the first query, not before: a process that only writes stays small. From then on
 * every change comes in from the file, in the order of revisions, whoever made it.
 */
export class EmbeddedIndex implements VectorIndex {
  readonly #file: VectorFile;
  #rows: Rows | undefined;
  #position: Position = { revision: 0, row: 0 };
  #loading: Promise<Rows> | undefined;
  #following: Promise<void> = Promise.resolve();
  #coding = false;
  /** Of what is kept beside the file. */
  #keptState: string | undefined;

  constructor(file: VectorFile) {
    this.#file = file;
  }

  async info(options: CallOptions = {}): Promise<IndexInfo> {
    const { embedder, dimensions } = this.#file;
    // Whoever waits for another process's index asks more often than a store looks by itself.
    const count = await this.#reach(options.signal, async () => {
      await this.follow();
      return this.#rows?.size ?? this.#file.count;
    });
    return { embedder, dimensions, count };
  }

  async fetch(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, Float32Array>> {
    return this.#reach(options.signal, () => this.#file.fetch(ids));
  }

  async query(vector: Float32Array, options: QueryOptions): Promise<Neighbour[]> {
    options.signal?.throwIfAborted();
    checkVector(vector, this.#file.dimensions);
    const rows = this.#rows ?? (await this.load());
    options.signal?.throwIfAborted();
    if (rows.codeNext()) void this.#code(rows);
    return rows.nearest(unit(vector), options);
  }

  async upsert(records: readonly VectorRecord[], options: CallOptions = {}): Promise<void> {
    for (const record of records) checkVector(record.values, this.#file.dimensions, record.id);
    await this.#write(options, () => this.#file.upsert(records, options.signal));
  }

  async updateMetadata(records: readonly MetadataRecord[], options: CallOptions = {}): Promise<void> {
    await this.#write(options, () => this.#file.updateMetadata(records, options.signal));
  }

  async delete(ids: readonly MovieId[], options: CallOptions = {}): Promise<void> {
    await this.#write(options, () => this.#file.delete(ids, options.signal));
  }

  async states(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, StoredState>> {
    return this.#reach(options.signal, () => this.#file.states(ids));
  }

  async *ids(options: CallOptions = {}): AsyncIterable<readonly MovieId[]> {
    for await (const rows of this.#file.all()) {
      options.signal?.throwIfAborted();
      yield rows.filter((row) => row.values).map((row) => row.id);
    }
  }

  /** Reads everything into memory, in pieces that do not hold the event loop. The first query does this by itself. */
  load(): Promise<Rows> {
    this.#loading ??= this.#reach(undefined, () => this.#load()).catch((error) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Applies what changed in the file since, whoever wrote it; costs microseconds where nothing did. */
  follow(): Promise<void> {
    const rows = this.#rows;
    if (rows) this.#following = this.#following.catch(() => {}).then(() => this.#follow(rows));
    return this.#following;
  }

  close(): void {
    this.#rows = undefined;
    this.#file.close();
  }

  /**
   * Makes the next `load`, in whichever process, much quicker where there are many vectors. What is kept is no more than
   * a copy: rejects where it cannot be written, and nothing is lost.
   */
  async keep(): Promise<void> {
    const rows = await this.load();
    const { state } = this.#file;
    if (rows.size < WORTH_KEEPING || this.#keptState === state) return;
    await this.follow();
    // Where somebody writes meanwhile the state is another one, and nothing is kept.
    await keepRows(this.#file, { rows, state });
    this.#keptState = state;
  }

  async #load(): Promise<Rows> {
    const kept = await keptRows(this.#file);
    this.#keptState = kept?.state;
    const { rows, position } = kept ?? (await this.#read());
    this.#position = position;
    await this.#follow(rows);
    this.#rows = rows;
    return rows;
  }

  async #read(): Promise<Pick<RowsAt, 'rows' | 'position'>> {
    const rows = new Rows(this.#file.dimensions);
    const { position } = this.#file;
    for await (const chunk of this.#file.all())
      for (const row of chunk) if (row.values) rows.set(row.id, row.values, row.metadata);
    return { rows, position };
  }

  /** Makes searching fast while nothing else is to be done: the first queries go without, and no start waits for it. */
  async #code(rows: Rows): Promise<void> {
    if (this.#coding) return;
    this.#coding = true;
    while (this.#rows === rows && rows.codeNext()) await nextTurn();
    this.#coding = false;
  }

  async #follow(rows: Rows): Promise<void> {
    for (;;) {
      const changes = this.#file.changesAfter(this.#position);
      if (changes.rows.length === 0) return;
      for (const row of changes.rows)
        if (row.values) rows.set(row.id, row.values, row.metadata);
        else rows.delete(row.id);
      this.#position = changes.position;
      await nextTurn();
    }
  }

  async #write(options: CallOptions, write: () => Promise<void>): Promise<void> {
    await this.#reach(options.signal, write);
    await this.follow();
  }

  async #reach<T>(signal: AbortSignal | undefined, act: () => T | Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      if (!SQLITE_ERRORS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      throw new IndexUnavailable('the file with the vectors cannot be read or written', { cause: error });
    }
  }
}

/** The second is what a closed database throws. */
const SQLITE_ERRORS = new Set(['ERR_SQLITE_ERROR', 'ERR_INVALID_STATE']);
