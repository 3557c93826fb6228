import { setImmediate } from 'node:timers/promises';
import type { CallOptions, Catalogue, Changes, Revision, TitleRow } from '../catalogue/catalogue.ts';
import type { Movie } from '../catalogue/movie.ts';
import { fameOf } from './fame.ts';
import { type IndexAt, saveIndex } from './index-file.ts';
import { LooseShelf } from './loose-shelf.ts';
import { PackedShelf } from './packed-shelf.ts';
import { Resolver } from './resolver.ts';
import { placeOfSame } from './same-names.ts';
import { type Stock, stockOf } from './stock.ts';
import type { Candidate, Titles } from './titles.ts';

/** Titles that follow a catalogue. */
export interface OpenTitles extends Titles {
  /** The catalogue's revision that resolving shows. */
  readonly revision: Revision;
  /** Movies that can be found. */
  readonly size: number;
  /** Takes in what the catalogue wrote; found from the next call on. */
  apply(changes: Changes): Promise<void>;
  /** Writes the index to its file; nothing where the file is up to date. */
  save(): Promise<void>;
  /** Saves, and ends what is under way. */
  close(): Promise<void>;
}

export interface FollowingTitlesParts {
  readonly catalogue: Catalogue;
  readonly file: string;
  /** Builds the index anew, when many changes have come. */
  readonly build: (options: CallOptions) => Promise<IndexAt>;
  readonly index: IndexAt;
  /** The file holds this very index. */
  readonly saved: boolean;
}

/** Movies on the loose shelf beyond which everything is packed anew, in the background. */
const MAX_LOOSE = 5000;
/** The same of movies whose fame alone changed: the next start would take a quarter of a second to do it again. */
const MAX_REFAMED = 20_000;
const CHANGES_AT_ONCE = 500;
/**
 * Milliseconds of taking in rows before others get their turn. By time, not by rows: while many are answered every turn
 * is long, and what is written would be taken in too slowly to be found within seconds.
 */
const SLICE = 5;
const GONE = -1;

/** A packed shelf with a loose one over it. */
export class FollowingTitles implements OpenTitles {
  /** Without the index that was opened: it would stay in memory beside the one that takes its place. */
  readonly #parts: Omit<FollowingTitlesParts, 'index' | 'saved'>;
  readonly #resolver: Resolver;
  readonly #closing = new AbortController();
  #index: IndexAt;
  #savedRevision: Revision | undefined;
  #revision: Revision;
  #base!: Stock;
  #baseShelf!: PackedShelf;
  #loose!: Stock;
  #looseShelf!: LooseShelf;
  /** Numbers that changed since the packed shelf, and their place on the loose one. */
  #changed!: Map<number, number>;
  /** How often a fame was changed on the packed shelf. */
  #refamed = 0;
  #rebuilding: Promise<void> | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor({ index, saved, ...parts }: FollowingTitlesParts) {
    this.#parts = parts;
    this.#index = index;
    this.#savedRevision = saved ? index.revision : undefined;
    this.#revision = index.revision;
    const { catalogue } = parts;
    this.#resolver = new Resolver({
      stocks: () => [this.#base, this.#loose],
      byNumber: async (number, signal) =>
        asCandidate((await catalogue.byNumber([number], signal ? { signal } : {})).get(number)),
      byOutsideId: async (source, value, kind, signal) =>
        asCandidate(await catalogue.byOutsideId(source, value, kind, signal ? { signal } : {})),
    });
  }

  static async open(parts: FollowingTitlesParts): Promise<FollowingTitles> {
    const titles = new FollowingTitles(parts);
    await titles.#show(parts.index);
    return titles;
  }

  get revision(): Revision {
    return this.#revision;
  }

  get size(): number {
    const { shelf } = this.#base;
    let size = shelf.movies;
    for (const [number, place] of this.#changed)
      size += (place === GONE ? 0 : 1) - (shelf.withNumber(number) === undefined ? 0 : 1);
    return size;
  }

  resolve(...args: Parameters<Titles['resolve']>): ReturnType<Titles['resolve']> {
    return this.#resolver.resolve(...args);
  }

  complete(...args: Parameters<Titles['complete']>): ReturnType<Titles['complete']> {
    return this.#resolver.complete(...args);
  }

  async apply(changes: Changes): Promise<void> {
    await this.#inTurn(() => this.#take(changes));
    if (this.#isWorn()) this.#rebuilding ??= this.#rebuild();
  }

  /** Reads what the catalogue wrote meanwhile. False where that is so much that building anew is quicker. */
  async catchUp(options: CallOptions = {}): Promise<boolean> {
    while (!this.#isWorn()) if (!(await this.#takeNext(options))) return true;
    return false;
  }

  /** Answers whether there was anything to take. */
  async #takeNext(options: CallOptions): Promise<boolean> {
    const changes = await this.#parts.catalogue.changesSince(this.#revision, CHANGES_AT_ONCE, options);
    if (changes.revision <= this.#revision) return false;
    await this.#take(changes);
    return true;
  }

  /** The file shows the packed shelf; changes since its revision are read again from the catalogue at the next start. */
  async save(): Promise<void> {
    await this.#rebuilding;
    if (this.#savedRevision === this.#index.revision) return;
    await saveIndex(this.#parts.file, this.#index);
    this.#savedRevision = this.#index.revision;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#rebuilding;
    await this.save();
  }

  /** So much has changed since the packed shelf that another one is due. */
  #isWorn(): boolean {
    return this.#looseShelf.movies > MAX_LOOSE || this.#refamed > MAX_REFAMED;
  }

  /** One after another: a change must not land on a shelf that is being replaced. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }

  async #take({ titles, gone, revision }: Changes): Promise<void> {
    for (const { number } of gone) this.#changed.set(number, GONE);
    let began = performance.now();
    for (const row of titles) {
      if (!this.#refame(row)) this.#changed.set(row.number, this.#looseShelf.add(row));
      if (performance.now() - began < SLICE) continue;
      await setImmediate();
      began = performance.now();
    }
    this.#revision = Math.max(this.#revision, revision);
  }

  /**
   * Where a movie is more or less popular than before and nothing else, it stays on the packed shelf: an import of votes
   * does that to half the catalogue, which would take seconds and half a gigabyte on the loose one. Answers whether that
   * was so.
   */
  #refame(row: TitleRow): boolean {
    if (this.#changed.has(row.number)) return false;
    const place = placeOfSame(this.#baseShelf, row);
    if (place === undefined || !this.#baseShelf.setFame(place, fameOf(row.popularity))) return false;
    this.#base.finder.fameChanged(place);
    this.#refamed++;
    return true;
  }

  async #show(index: IndexAt): Promise<void> {
    const changed = new Map<number, number>();
    const looseShelf = new LooseShelf();
    const baseShelf = new PackedShelf(index.packed);
    const base = await stockOf(baseShelf, (number) => changed.has(number));
    const loose = await stockOf(looseShelf, (number, place) => changed.get(number) !== place);
    [this.#index, this.#revision, this.#changed] = [index, index.revision, changed];
    [this.#base, this.#baseShelf, this.#loose, this.#looseShelf] = [base, baseShelf, loose, looseShelf];
    this.#refamed = 0;
  }

  /** Packs everything anew; what comes meanwhile is read again and laid over the new shelf. Never rejects. */
  async #rebuild(): Promise<void> {
    const options = { signal: this.#closing.signal };
    try {
      const index = await this.#parts.build(options);
      await this.#inTurn(async () => {
        const told = this.#revision;
        await this.#show(index);
        // However much it is: of what was applied before nobody tells again.
        for (let more = true; more && this.#revision < told; ) more = await this.#takeNext(options);
      });
      await saveIndex(this.#parts.file, this.#index);
      this.#savedRevision = this.#index.revision;
    } catch {
      // What is shown goes on serving; the next change tries again.
    } finally {
      this.#rebuilding = undefined;
    }
  }
}

function asCandidate(movie: Movie | undefined): Candidate | undefined {
  return (
    movie && {
      id: movie.id,
      number: movie.number,
      score: 1,
      title: movie.title,
      kind: movie.kind,
      ...(movie.year !== undefined && { year: movie.year }),
    }
  );
}
