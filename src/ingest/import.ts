import type { Config } from '../config.ts';
import { type ImportCounts, Intake, type IntakeOptions } from './intake.ts';
import { ResumePoint } from './resume.ts';
import { SOURCES, type SourceName } from './sources/index.ts';
import type { Entry, Page, Source } from './sources/source.ts';

export interface ImportOptions extends IntakeOptions {
  readonly source: SourceName;
  readonly options: {
    readonly file?: string;
    readonly dir?: string;
    /** Movies to read at most. */
    readonly limit?: number;
  };
  readonly config: Pick<Config, 'dataDir' | 'databaseFile' | 'trakt' | 'tmdb'>;
  /** Called before anything is read where an earlier run was stopped on the way: it goes on from there. */
  readonly onResume?: () => void;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  /** Entries so far, without ratings. */
  readonly read: number;
  /** Of what is to be read, 0 to 1, where that is known: of the file, or of the limit where that is nearer. */
  readonly share?: number;
  readonly counts: ImportCounts;
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
  const into = `catalogue ${await options.catalogue.catalogueId()} in ${options.config.databaseFile}`;
  const identity = `${await source.identity(input)} → ${into}`;
  const point = new ResumePoint(options.config.dataDir, options.source, identity);
  const from = await point.load(await options.catalogue.revision());
  if (from !== undefined) options.onResume?.();
  const run = new Run(options, new Intake(options, source.marks), point);
  const pages = source.read({ ...input, onShare: run.onShare, ...(from !== undefined && { from }) });
  return run.all(pages);
}

class Run {
  readonly #options: ImportOptions;
  readonly #point: ResumePoint;
  readonly #intake: Intake;
  #share: number | undefined;
  #noted = performance.now();

  constructor(options: ImportOptions, intake: Intake, point: ResumePoint) {
    this.#options = options;
    this.#intake = intake;
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
      if (this.#intake.counts.lost === 0) await this.#point.clear();
    } catch (error) {
      if (isFullDisk(error)) {
        this.#lose(error as Error);
        return this.#report(0);
      }
      if (!this.#options.signal?.aborted) throw error;
      await this.#note(next, true);
      throw new ImportStopped(this.#intake.counts, error);
    }
    return this.#report(await this.#rank());
  }

  #report(ranked: number): ImportReport {
    return { counts: this.#intake.counts, unknownGenres: this.#intake.unknownGenres, ranked };
  }

  /** Answers whether that was all that was asked for. */
  async #takePage(entries: readonly Entry[]): Promise<boolean> {
    const left = (this.#options.options.limit ?? Number.POSITIVE_INFINITY) - this.#intake.counts.read;
    for (let at = 0; at < entries.length && at < left; ) {
      this.#options.signal?.throwIfAborted();
      const { type } = entries[at]!;
      const until = Math.min(at + this.#intake.batchSize, left);
      let end = at + 1;
      while (end < entries.length && end < until && entries[end]!.type === type) end++;
      const alike = entries.slice(at, end);
      await this.#intake.take(alike);
      this.#tellProgress();
      at = end;
    }
    return entries.length >= left;
  }

  #tellProgress(): void {
    const counts = this.#intake.counts;
    const { limit } = this.#options.options;
    const share = limit === undefined ? this.#share : Math.max(this.#share ?? 0, counts.read / limit);
    this.#options.onProgress?.({ read: counts.read, counts, ...(share !== undefined && { share }) });
  }

  #lose(error: Error): void {
    const reason = `${error.message}: nothing more is written. Make room and run the same command again.`;
    this.#intake.problem(`after ${this.#intake.counts.read}`, reason, true);
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
      if (signal?.aborted) throw new ImportStopped(this.#intake.counts, error);
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
