import type { Catalogue, RatingStore, UpsertOutcome } from '../catalogue/catalogue.ts';
import type { MovieRecord } from '../catalogue/movie.ts';
import { BatchSize } from './batch-size.ts';
import { BadRecord, readRecord } from './record.ts';
import type { Entry, OutsideId, Place } from './sources/source.ts';

export interface IntakeOptions {
  readonly catalogue: Catalogue;
  /** Where ratings go; without it they are only counted as votes. */
  readonly ratings?: RatingStore;
  readonly onProblem?: (problem: ImportProblem) => void;
  /** Told what became of each record. */
  readonly onOutcome?: (at: Place, record: MovieRecord, outcome: UpsertOutcome) => void;
  readonly signal?: AbortSignal;
}

interface ImportProblem {
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

/** Spellings to remember; a file with more of them is no catalogue. */
const MAX_SPELLINGS = 1000;

/** Whether it counts among what was read: ratings have a count of their own, and what is lost was not read. */
function isRead(entry: Entry): boolean {
  return entry.type !== 'rating' && !(entry.type === 'problem' && entry.lost);
}

interface Pending {
  readonly at: Place;
  readonly record: MovieRecord;
}

/** What a source says, taken into the catalogue by kind of entry and counted. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #marks: string;
  readonly counts: ImportCounts = {
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
  readonly unknownGenres = new Map<string, number>();
  readonly #batch = new BatchSize();

  /** `marks` is what the source's movies are marked with. */
  constructor(options: IntakeOptions, marks: string) {
    this.#options = options;
    this.#marks = marks;
  }

  /** How many entries to take at a time, so that no write transaction holds others up. */
  get batchSize(): number {
    return this.#batch.size;
  }

  /** Takes in entries that are all of one type, {@link batchSize} of them at most. */
  async take(entries: readonly Entry[]): Promise<void> {
    this.counts.read += entries.filter(isRead).length;
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
          if (entry.type === 'problem') this.problem(entry.at, entry.reason, entry.lost);
    }
  }

  /** Counts and tells what could not be taken in. `lost` where another try could. */
  problem(at: Place, reason: string, lost = false): void {
    this.counts[lost ? 'lost' : 'skipped']++;
    this.#options.onProblem?.({ at: typeof at === 'number' ? `line ${at}` : at, reason });
  }

  async #upsert(pending: readonly Pending[]): Promise<void> {
    if (pending.length === 0) return;
    const { catalogue, signal, onOutcome } = this.#options;
    const records = pending.map(({ record }) => record);
    const started = performance.now();
    const outcomes = await catalogue.upsert(records, signal ? { signal } : {});
    this.#batch.took(performance.now() - started, records.length);
    for (const { outcome } of outcomes) this.counts[outcome]++;
    if (!onOutcome) return;
    for (const [index, { at, record }] of pending.entries()) onOutcome(at, record, outcomes[index]!);
  }

  #read(at: Place, raw: unknown): Pending[] {
    try {
      const { record, unknownGenres } = readRecord(raw, this.#marks);
      for (const spelling of unknownGenres) this.#countSpelling(spelling);
      return [{ at, record }];
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      this.problem(at, error.message);
      return [];
    }
  }

  #countSpelling(spelling: string): void {
    const known = this.unknownGenres.get(spelling);
    if (known !== undefined || this.unknownGenres.size < MAX_SPELLINGS)
      this.unknownGenres.set(spelling, (known ?? 0) + 1);
  }

  async #factsOfKnown(entries: readonly (Entry & { type: 'facts' })[]): Promise<Pending[]> {
    const movies = await this.#moviesOf(entries.map(({ of }) => of));
    return entries.flatMap(({ at, of, facts }) => {
      const movie = movies.get(of.value);
      if (!movie) {
        this.counts.absent++;
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
    this.counts.absent += entries.length - ratings.length;
    this.counts.ratings += await store.put(this.#marks, ratings);
  }

  /** Movies by outside ids that are all of one source and kind, as they are on one page. */
  #moviesOf(ids: readonly OutsideId[]): ReturnType<Catalogue['byOutsideIds']> {
    const { catalogue, signal } = this.#options;
    const { source, kind } = ids[0]!;
    const values = [...new Set(ids.map(({ value }) => value))];
    return catalogue.byOutsideIds(source, values, kind, signal ? { signal } : {});
  }
}
