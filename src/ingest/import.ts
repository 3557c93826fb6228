import type { Catalogue, RatingStore, UpsertOutcome } from '../catalogue/catalogue.ts';
import type { MovieRecord } from '../catalogue/movie.ts';
import type { Config } from '../config.ts';
import { BatchSize } from './batch-size.ts';
import { BadRecord, readRecord } from './record.ts';
import { ResumePoint } from './resume.ts';
import { SOURCES, type SourceName } from './sources/index.ts';
import type { Entry, OutsideId, Page, Place, Source } from './sources/source.ts';

export interface ImportOptions {
  readonly source: SourceName;
  readonly options: {
    readonly file?: string;
    readonly dir?: string;
    /** Movies to read at most. */
    readonly limit?: number;
    /** Whether `onOutcome` is called. */
    readonly explain?: boolean;
  };
  readonly catalogue: Catalogue;
  /** Where ratings go; without it they are only counted as votes. */
  readonly ratings?: RatingStore;
  readonly config: Pick<Config, 'dataDir' | 'databaseFile' | 'trakt' | 'tmdb'>;
  /** Called before anything is read where an earlier run was stopped on the way: it goes on from there. */
  readonly onResume?: () => void;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly onProblem?: (problem: ImportProblem) => void;
  readonly onOutcome?: (at: Place, record: MovieRecord, outcome: UpsertOutcome) => void;
  readonly signal?: AbortSignal;
}

export interface ImportProgress {
  /** Entries so far, without ratings. */
  readonly read: number;
  /** Of what is to be read, 0 to 1, where that is known: of the file, or of the limit where that is nearer. */
  readonly share?: number;
  readonly counts: ImportCounts;
}

export interface ImportProblem {
  /** `line 12`, or a place in words. */
  readonly at: string;
  readonly reason: string;
}

export interface ImportCounts {
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  /** Records that showed several movies to be one. */
  merged: number;
  /** What is no movie, or makes no sense. */
  skipped: number;
  /** Facts for movies that are not there. */
  absent: number;
  /** Ratings that are new. */
  ratings: number;
  /** Parts that could not be read or written though another try could: the exit code is 1. */
  lost: number;
}

export interface ImportReport {
  readonly counts: ImportCounts;
  /** Genre spellings that became keywords, with how often they were met. */
  readonly unknownGenres: ReadonlyMap<string, number>;
  /** Movies whose popularity was worked out anew. */
  readonly ranked: number;
}

/** The import was stopped by its signal. What was read is stored. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped';
  readonly counts: ImportCounts;

  constructor(counts: ImportCounts, cause: unknown) {
    super('Stopped. What was read is stored: run the same command again to go on.', { cause });
    this.counts = counts;
  }
}

/** How often it is noted where to go on, in milliseconds: what a kill makes the next run read again at most. */
const NOTE_EVERY_MS = 2000;

/** Spellings to remember; a file with more of them is no catalogue. */
const MAX_SPELLINGS = 1000;

/**
 * Reads a source into the catalogue. Idempotent, and safe to kill at any moment: the next run of the same source goes
 * on near where it was. Rejects with `SourceError`, `ConfigError` or `RefusedCredential` where nothing can be read at
 * all, and with {@link ImportStopped} when the signal fires; what is wrong with single entries is told to `onProblem`
 * and counted.
 */
export async function importMovies(options: ImportOptions): Promise<ImportReport> {
  const source: Source = SOURCES[options.source];
  const input = {
    ...options.options,
    config: options.config,
    ...(options.signal && { signal: options.signal }),
  };
  const identity = `${await source.identity(input)} → ${options.config.databaseFile}`;
  const point = new ResumePoint(options.config.dataDir, options.source, identity);
  const from = await point.load(await options.catalogue.revision());
  if (from !== undefined) options.onResume?.();
  const run = new Run(options, source, point);
  const pages = source.read({ ...input, onShare: run.onShare, ...(from !== undefined && { from }) });
  return run.all(pages);
}

interface Pending {
  readonly at: Place;
  readonly record: MovieRecord;
}

class Run {
  readonly #options: ImportOptions;
  readonly #source: Source;
  readonly #point: ResumePoint;
  readonly #counts: ImportCounts = {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    merged: 0,
    skipped: 0,
    absent: 0,
    ratings: 0,
    lost: 0,
  };
  readonly #unknownGenres = new Map<string, number>();
  readonly #batch = new BatchSize();
  #share: number | undefined;
  #noted = performance.now();

  constructor(options: ImportOptions, source: Source, point: ResumePoint) {
    this.#options = options;
    this.#source = source;
    this.#point = point;
  }

  readonly onShare = (share: number): void => {
    this.#share = share;
  };

  async all(pages: AsyncIterable<Page>): Promise<ImportReport> {
    let next: string | undefined;
    try {
      for await (const page of pages) {
        const isLast = await this.#takePage(page.entries);
        next = page.next;
        if (isLast) break;
        await this.#note(next);
      }
      if (this.#counts.lost === 0) await this.#point.clear();
    } catch (error) {
      if (isFullDisk(error)) {
        this.#lose(error as Error);
        return this.#report(0);
      }
      if (!this.#options.signal?.aborted) throw error;
      await this.#note(next, true);
      throw new ImportStopped(this.#counts, error);
    }
    return this.#report(await this.#rank());
  }

  #report(ranked: number): ImportReport {
    return { counts: this.#counts, unknownGenres: this.#unknownGenres, ranked };
  }

  /** Answers whether that was all that was asked for. */
  async #takePage(entries: readonly Entry[]): Promise<boolean> {
    const left = (this.#options.options.limit ?? Number.POSITIVE_INFINITY) - this.#counts.read;
    for (let at = 0; at < entries.length && at < left; ) {
      this.#options.signal?.throwIfAborted();
      const { type } = entries[at]!;
      const until = Math.min(at + this.#batch.size, left);
      let end = at + 1;
      while (end < entries.length && end < until && entries[end]!.type === type) end++;
      const alike = entries.slice(at, end);
      if (type !== 'rating') this.#counts.read += alike.length;
      await this.#takeAlike(alike);
      this.#tellProgress();
      at = end;
    }
    return entries.length >= left;
  }

  #tellProgress(): void {
    const counts = this.#counts;
    const { limit } = this.#options.options;
    const share = limit === undefined ? this.#share : Math.max(this.#share ?? 0, counts.read / limit);
    this.#options.onProgress?.({ read: counts.read, counts, ...(share !== undefined && { share }) });
  }

  /** Takes in entries that are all of one type. */
  async #takeAlike(entries: readonly Entry[]): Promise<void> {
    switch (entries[0]?.type) {
      case 'movie':
        return this.#upsert(
          entries.flatMap((entry) => (entry.type === 'movie' ? this.#read(entry.at, entry.raw) : [])),
        );
      case 'facts':
        return this.#upsert(await this.#factsOfKnown(entries.filter((entry) => entry.type === 'facts')));
      case 'rating':
        return this.#rate(entries.filter((entry) => entry.type === 'rating'));
      case 'problem':
        for (const entry of entries)
          if (entry.type === 'problem') this.#problem(entry.at, entry.reason, entry.lost);
    }
  }

  async #upsert(pending: readonly Pending[]): Promise<void> {
    if (pending.length === 0) return;
    const { catalogue, signal, options, onOutcome } = this.#options;
    const records = pending.map(({ record }) => record);
    const started = performance.now();
    const outcomes = await catalogue.upsert(records, signal ? { signal } : {});
    this.#batch.took(performance.now() - started, records.length);
    for (const { outcome } of outcomes) this.#counts[outcome]++;
    if (!options.explain) return;
    for (const [index, { at, record }] of pending.entries()) onOutcome?.(at, record, outcomes[index]!);
  }

  #read(at: Place, raw: unknown): Pending[] {
    try {
      const { record, unknownGenres } = readRecord(raw, this.#source.marks);
      for (const spelling of unknownGenres) this.#countSpelling(spelling);
      return [{ at, record }];
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      this.#problem(at, error.message);
      return [];
    }
  }

  #countSpelling(spelling: string): void {
    const known = this.#unknownGenres.get(spelling);
    if (known !== undefined || this.#unknownGenres.size < MAX_SPELLINGS)
      this.#unknownGenres.set(spelling, (known ?? 0) + 1);
  }

  async #factsOfKnown(entries: readonly (Entry & { type: 'facts' })[]): Promise<Pending[]> {
    const movies = await this.#moviesOf(entries.map(({ of }) => of));
    return entries.flatMap(({ at, of, facts }) => {
      const movie = movies.get(of.value);
      if (!movie) {
        this.#counts.absent++;
        return [];
      }
      return this.#read(at, {
        ...facts,
        title: movie.title,
        kind: movie.kind,
        ids: { [of.source]: of.value },
      });
    });
  }

  async #rate(entries: readonly (Entry & { type: 'rating' })[]): Promise<void> {
    const store = this.#options.ratings;
    if (!store) return;
    const movies = await this.#moviesOf(entries.map(({ of }) => of));
    const ratings = entries.flatMap(({ of, rating }) => {
      const movie = movies.get(of.value);
      return movie ? [{ ...rating, movie: movie.number }] : [];
    });
    this.#counts.absent += entries.length - ratings.length;
    this.#counts.ratings += await store.put(this.#source.marks, ratings);
  }

  /** Movies by outside ids that are all of one source and kind, as they are on one page. */
  #moviesOf(ids: readonly OutsideId[]): ReturnType<Catalogue['byOutsideIds']> {
    const { catalogue, signal } = this.#options;
    const { source, kind } = ids[0]!;
    const values = [...new Set(ids.map(({ value }) => value))];
    return catalogue.byOutsideIds(source, values, kind, signal ? { signal } : {});
  }

  #problem(at: Place, reason: string, lost = false): void {
    this.#counts[lost ? 'lost' : 'skipped']++;
    this.#options.onProblem?.({ at: typeof at === 'number' ? `line ${at}` : at, reason });
  }

  #lose(error: Error): void {
    const reason = `${error.message}: nothing more is written. Make room and run the same command again.`;
    this.#problem(`after ${this.#counts.read}`, reason, true);
  }

  async #note(next: string | undefined, now = false): Promise<void> {
    if (next === undefined || (!now && performance.now() - this.#noted < NOTE_EVERY_MS)) return;
    this.#noted = performance.now();
    await this.#point.save(next, await this.#options.catalogue.revision());
  }

  /** Not only after changes of its own: an earlier run may have been killed before it came to this. */
  async #rank(): Promise<number> {
    const { catalogue, signal } = this.#options;
    try {
      return await catalogue.refreshPopularity(signal ? { signal } : {});
    } catch (error) {
      if (signal?.aborted) throw new ImportStopped(this.#counts, error);
      if (!isFullDisk(error)) throw error;
      this.#lose(error as Error);
      return 0;
    }
  }
}

const SQLITE_FULL = 13;

function isFullDisk(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: string };
  return errcode === SQLITE_FULL || code === 'ENOSPC';
}
