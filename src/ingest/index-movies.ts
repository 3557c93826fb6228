import { hash } from 'node:crypto';
import { eachAtOnce, mapAhead } from '../at-once.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Movie, MovieId } from '../catalogue/movie.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { movieText } from '../embedding/movie-text.ts';
import { Obstacle } from '../errors.ts';
import { pause } from '../resilience.ts';
import { acquireLock } from '../store/lock.ts';
import { metadataHash, metadataOf } from '../vectors/filter.ts';
import type { StoredState, VectorIndex, VectorRecord } from '../vectors/vector-index.ts';
import type { VectorStore } from '../vectors/vector-store.ts';

export interface IndexOptions {
  readonly catalogue: Catalogue;
  readonly embedder: Embedder;
  readonly store: VectorStore;
  /** Held while the job runs: a second one at the same time is refused with `Locked`. */
  readonly lockFile: string;
  /** Called after every batch with the number of movies gone through since. */
  readonly onProgress?: (movies: number, counts: IndexCounts) => void;
  readonly signal?: AbortSignal;
  /** Movies to embed in a batch. */
  readonly batchSize?: number;
  /** Batches under way at the same time, 1 by default: more where embedder or store are far away. */
  readonly atOnce?: number;
  /** Told of the texts that are embedded, or would be. */
  readonly onTexts?: (texts: readonly string[]) => void;
  /** Told how many movies of a batch get their metadata written, or would. */
  readonly onUpdates?: (movies: number) => void;
  /** Counts what would be done, and does nothing. */
  readonly dryRun?: boolean;
}

export interface IndexCounts {
  /** Movies in the catalogue. */
  movies: number;
  /** Embedded now: new ones, and those whose text changed. */
  embedded: number;
  /** Metadata written now, the vector kept. */
  updated: number;
  unchanged: number;
  /** Without overview and keywords. */
  thin: number;
  /** Described, but in words that say nothing to the embedder. */
  unknown: number;
  /** Vectors taken away: of movies that are no longer there, or no longer described. */
  deleted: number;
}

/** The index does not hold the vectors it should. Running the job again finds out what is missing. */
export class IndexIncomplete extends Obstacle {
  override readonly name = 'IndexIncomplete';
}

const BATCH = 256;

/**
 * For embedders and stores over the network: batches that fill their requests (Gemini takes 100 texts, Pinecone 2 MB),
 * and some at the same time: Gemini's quotas are reached with fewer still, so more would only be told to wait.
 */
export const FAR_AWAY = { batchSize: 200, atOnce: 4 } as const;

/** Movies read from the catalogue at a time. */
const PAGE = 250;

/** Milliseconds between two counts, at most; in all twice as long. */
const LONGEST_PAUSE = 10_000;

/**
 * Brings the index of `embedder` up to date with the catalogue and puts it in use. Embeds only what is new or whose
 * text changed.
 *
 * Safe to kill at any moment: what is stored stays, so the next run does again at most the batches that were under
 * way. While another index is in use that goes on answering, until the new one is whole. Rejects with `Locked`,
 * with the signal's reason, with what embedder or store reject with, or with {@link IndexIncomplete}.
 */
export async function indexMovies(options: IndexOptions): Promise<IndexCounts> {
  const { embedder, store, signal } = options;
  const call = signal ? { signal } : {};
  if (options.dryRun) return new Run(options, await store.find(embedder.id, call)).counts();
  const release = acquireLock(options.lockFile);
  try {
    const index = await store.create(embedder, call);
    // A first index has nobody to wait for: it answers from its first batch on.
    if (!(await store.current(call))) await store.activate(embedder.id, call);
    const run = new Run(options, index);
    const counts = await run.counts();
    run.checkRefused();
    await store.activate(embedder.id, call);
    return counts;
  } finally {
    release();
  }
}

interface Described {
  readonly movie: Movie;
  readonly text: string;
  readonly textHash: string;
}

interface Batch {
  readonly described: readonly Described[];
  /** Movies gone through to fill it, thin ones among them. */
  readonly walked: number;
}

/** A batch beside what is stored of its movies. */
interface Compared extends Batch {
  readonly stored: ReadonlyMap<MovieId, StoredState>;
}

/** One walk over the catalogue, beside one index. */
class Run {
  readonly #options: IndexOptions;
  readonly #index: VectorIndex | undefined;
  /** Every id that has a vector once the run is over. */
  readonly #kept = new Set<MovieId>();
  /** Every described movie that had a vector before. */
  readonly #stored = new Set<MovieId>();
  readonly #deleted = new Set<MovieId>();
  /** Texts for which the embedder gave no vector, and does not say that it knows none of their words. */
  #refused = 0;
  readonly #counts: IndexCounts = {
    movies: 0,
    embedded: 0,
    updated: 0,
    unchanged: 0,
    thin: 0,
    unknown: 0,
    deleted: 0,
  };

  constructor(options: IndexOptions, index: VectorIndex | undefined) {
    this.#options = options;
    this.#index = index;
  }

  async counts(): Promise<IndexCounts> {
    const { atOnce = 1, onProgress } = this.#options;
    // What is read ahead is only looked up: nothing is embedded that is not stored next.
    const batches = mapAhead(this.#batches(), atOnce - 1, (batch) => this.#compare(batch));
    await eachAtOnce(batches, atOnce, async (batch) => {
      await this.#store(batch);
      onProgress?.(batch.walked, this.#counts);
    });
    if (this.#index && this.#options.dryRun) await this.#countRest(this.#index);
    else if (this.#index) await this.#settle(this.#index);
    return this.#counts;
  }

  /** A service that gives nothing but zeros must not take the place of vectors that answer. */
  checkRefused(): void {
    if (this.#refused > this.#kept.size)
      throw new IndexIncomplete(
        `the embedder "${this.#options.embedder.id}" gave no vector for ${this.#refused} texts and has ` +
          `${this.#kept.size} in all: these are not put in use; run it again when it is well`,
      );
  }

  get #call() {
    return this.#options.signal ? { signal: this.#options.signal } : {};
  }

  /** The whole catalogue: its described movies, so many at a time. */
  async *#batches(): AsyncGenerator<Batch> {
    const { catalogue, batchSize = BATCH } = this.#options;
    let described: Described[] = [];
    let walked = 0;
    for (let after = 0; ; ) {
      const movies = await catalogue.movies(after, PAGE, this.#call);
      if (movies.length === 0) break;
      after = movies.at(-1)!.number;
      for (const movie of movies) {
        this.#counts.movies++;
        walked++;
        const text = movieText(movie);
        if (text === undefined) this.#counts.thin++;
        else described.push({ movie, text, textHash: hashOf(text) });
        if (described.length < batchSize) continue;
        yield { described, walked };
        described = [];
        walked = 0;
      }
    }
    yield { described, walked };
  }

  async #compare(batch: Batch): Promise<Compared> {
    const ids = batch.described.map(({ movie }) => movie.id);
    const stored = await this.#index?.states(ids, this.#call);
    return { ...batch, stored: stored ?? new Map() };
  }

  async #store({ described, stored }: Compared): Promise<void> {
    const fresh: Described[] = [];
    const changed: Movie[] = [];
    for (const each of described) {
      const { movie, textHash } = each;
      const state = stored.get(movie.id);
      if (state) this.#stored.add(movie.id);
      if (state?.textHash !== textHash) fresh.push(each);
      else if (state.metadataHash !== metadataHash(metadataOf(movie))) changed.push(movie);
      else this.#counts.unchanged++;
      this.#kept.add(movie.id);
    }
    if (this.#options.dryRun) this.#wouldEmbed(fresh);
    else await this.#embed(fresh);
    await this.#update(changed);
  }

  async #embed(fresh: readonly Described[]): Promise<void> {
    if (fresh.length === 0) return;
    const texts = fresh.map(({ text }) => text);
    this.#options.onTexts?.(texts);
    const vectors = await this.#options.embedder.embed(texts, { task: 'document', ...this.#call });
    const records = fresh.flatMap(({ movie, textHash }, i): VectorRecord[] => {
      const values = vectors[i];
      if (values) return [{ id: movie.id, values, metadata: metadataOf(movie), textHash }];
      this.#leaveOut(movie);
      return [];
    });
    await this.#index?.upsert(records, this.#call);
    this.#counts.embedded += records.length;
  }

  #wouldEmbed(fresh: readonly Described[]): void {
    const { embedder, onTexts } = this.#options;
    const texts: string[] = [];
    for (const { movie, text } of fresh) {
      if (embedder.knownShare?.(text) === 0) this.#leaveOut(movie);
      else texts.push(text);
    }
    if (texts.length > 0) onTexts?.(texts);
    this.#counts.embedded += texts.length;
  }

  #leaveOut(movie: Movie): void {
    this.#kept.delete(movie.id);
    this.#counts.unknown++;
    if (!this.#options.embedder.knownShare) this.#refused++;
  }

  async #update(changed: readonly Movie[]): Promise<void> {
    if (changed.length === 0) return;
    this.#options.onUpdates?.(changed.length);
    const records = changed.map((movie) => ({ id: movie.id, metadata: metadataOf(movie) }));
    if (!this.#options.dryRun) await this.#index?.updateMetadata(records, this.#call);
    this.#counts.updated += changed.length;
  }

  /**
   * Waits until the index holds as many vectors as it should: a store may take a while to count what was just written.
   * Where it holds more, the movies of the others were merged into another one, or are no longer described.
   */
  async #settle(index: VectorIndex): Promise<void> {
    const wanted = this.#kept.size;
    for (let milliseconds = 50; ; milliseconds *= 2) {
      const { count } = await index.info(this.#call);
      if (count > wanted) await this.#deleteRest(index);
      if (count === wanted) return;
      if (milliseconds > LONGEST_PAUSE)
        throw new IndexIncomplete(
          `the index holds ${count} vectors where ${wanted} were expected; run it again`,
        );
      await pause(milliseconds, this.#options.signal);
    }
  }

  /** What would be taken away: the vectors that are there and are not kept. */
  async #countRest(index: VectorIndex): Promise<void> {
    const { count } = await index.info(this.#call);
    this.#counts.deleted = Math.max(0, count - this.#kept.intersection(this.#stored).size);
  }

  async #deleteRest(index: VectorIndex): Promise<void> {
    for await (const ids of index.ids(this.#call)) {
      const rest = ids.filter((id) => !this.#kept.has(id));
      await index.delete(rest, this.#call);
      for (const id of rest) this.#deleted.add(id);
    }
    this.#counts.deleted = this.#deleted.size;
  }
}

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16);
}
