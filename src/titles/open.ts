import type { Catalogue, Changes, Revision, TitleRow } from '../catalogue/catalogue.ts';
import type { Movie } from '../catalogue/movie.ts';
import { buildPacked } from './build.ts';
import { loadIndex, saveIndex } from './index-file.ts';
import { LooseShelf } from './loose-shelf.ts';
import { type Packed, PackedShelf } from './packed-shelf.ts';
import { type Stock, stockOf } from './ranking.ts';
import { Resolver } from './resolver.ts';
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

export interface OpenTitlesOptions {
  readonly catalogue: Catalogue;
  /** Where the index is kept between starts. It can always be built again from the catalogue. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

/** Changed movies beyond which everything is packed anew, in the background. */
const MAX_LOOSE = 5000;
const CHANGES_AT_ONCE = 1000;
/** Movies of the file that are compared with the catalogue's, to notice a file of another database. */
const SAMPLE = 16;

/** Opens the title index: from its file with the changes since, or built from the catalogue. */
export async function openTitles({ catalogue, file, signal }: OpenTitlesOptions): Promise<OpenTitles> {
  const loaded = await loadIndex(file);
  if (loaded && (await fits(loaded, catalogue))) {
    const titles = new FollowingTitles(catalogue, file, loaded.packed, loaded.revision, loaded.revision);
    await titles.catchUp(signal);
    return titles;
  }
  const { packed, revision } = await buildFrom(catalogue, signal);
  const titles = new FollowingTitles(catalogue, file, packed, revision, undefined);
  await titles.catchUp(signal);
  await titles.save();
  return titles;
}

/** The revision is read first: what is written while building comes again as a change. */
async function buildFrom(
  catalogue: Catalogue,
  signal?: AbortSignal,
): Promise<{ packed: Packed; revision: Revision }> {
  const { revision } = await catalogue.stats(signal ? { signal } : {});
  return { packed: await buildPacked(catalogue.titles(signal ? { signal } : {}), signal), revision };
}

async function fits(
  { packed, revision }: { packed: Packed; revision: Revision },
  catalogue: Catalogue,
): Promise<boolean> {
  if ((await catalogue.stats()).revision < revision) return false;
  const shelf = new PackedShelf(packed);
  const step = Math.max(1, Math.floor(shelf.movies / SAMPLE));
  const sample = Array.from({ length: Math.min(SAMPLE, shelf.movies) }, (_, at) => shelf.movie(at * step));
  const found = await catalogue.byNumber(sample.map((movie) => movie.number));
  // A movie that was merged since leads to another one, which is no sign of another database.
  return sample.every(({ number, id }) => {
    const movie = found.get(number);
    return movie !== undefined && (movie.number !== number || movie.id === id);
  });
}

class FollowingTitles implements OpenTitles {
  readonly #catalogue: Catalogue;
  readonly #file: string;
  readonly #resolver: Resolver;
  readonly #closing = new AbortController();
  #packed: Packed;
  #packedRevision: Revision;
  #savedRevision: Revision | undefined;
  #revision: Revision;
  #base: Stock;
  #loose = new LooseShelf();
  #looseStock: Stock;
  /** Numbers whose packed movie was replaced or is gone, and the place of their newest loose one (-1: gone). */
  #replaced = new Map<number, number>();
  #rebuilding: Promise<void> | undefined;

  constructor(
    catalogue: Catalogue,
    file: string,
    packed: Packed,
    revision: Revision,
    saved: Revision | undefined,
  ) {
    this.#catalogue = catalogue;
    this.#file = file;
    this.#packed = packed;
    this.#packedRevision = revision;
    this.#savedRevision = saved;
    this.#revision = revision;
    [this.#base, this.#looseStock] = this.#stocks();
    this.#resolver = new Resolver({
      stocks: () => [this.#base, this.#looseStock],
      byNumber: async (number, signal) =>
        asCandidate((await this.#catalogue.byNumber([number], signal ? { signal } : {})).get(number)),
      byOutsideId: async (source, value, kind, signal) =>
        asCandidate(await this.#catalogue.byOutsideId(source, value, kind, signal ? { signal } : {})),
    });
  }

  get revision(): Revision {
    return this.#revision;
  }

  get size(): number {
    let size = this.#base.shelf.movies;
    for (const [number, place] of this.#replaced)
      size += (place < 0 ? 0 : 1) - (this.#base.shelf.withNumber(number) === undefined ? 0 : 1);
    return size;
  }

  resolve(...args: Parameters<Titles['resolve']>): ReturnType<Titles['resolve']> {
    return this.#resolver.resolve(...args);
  }

  complete(...args: Parameters<Titles['complete']>): ReturnType<Titles['complete']> {
    return this.#resolver.complete(...args);
  }

  async apply(changes: Changes): Promise<void> {
    this.#take(changes);
    if (this.#replaced.size > MAX_LOOSE) this.#rebuilding ??= this.#rebuild();
  }

  async catchUp(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const changes = await this.#catalogue.changesSince(
        this.#revision,
        CHANGES_AT_ONCE,
        signal ? { signal } : {},
      );
      if (changes.revision <= this.#revision) return;
      await this.apply(changes);
    }
  }

  /** The file shows the packed shelf; changes since its revision are read again from the catalogue at the next start. */
  async save(): Promise<void> {
    await this.#rebuilding;
    if (this.#savedRevision === this.#packedRevision) return;
    const revision = this.#packedRevision;
    await saveIndex(this.#file, this.#packed, revision);
    this.#savedRevision = revision;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#rebuilding;
    await this.save();
  }

  #take(changes: Changes): void {
    for (const row of changes.titles) this.#replaced.set(row.number, this.#loose.add(row as TitleRow));
    for (const { number } of changes.gone) this.#replaced.set(number, -1);
    this.#revision = Math.max(this.#revision, changes.revision);
  }

  #stocks(): [base: Stock, loose: Stock] {
    const loose = this.#loose;
    const replaced = this.#replaced;
    return [
      stockOf(new PackedShelf(this.#packed), (number) => replaced.has(number)),
      stockOf(loose, (number, movie) => replaced.get(number) !== movie),
    ];
  }

  /** Packs everything anew; what comes meanwhile is kept and laid over the new shelf. Never rejects. */
  async #rebuild(): Promise<void> {
    try {
      const { packed, revision } = await buildFrom(this.#catalogue, this.#closing.signal);
      this.#packed = packed;
      this.#packedRevision = revision;
      this.#revision = revision;
      this.#loose = new LooseShelf();
      this.#replaced = new Map();
      [this.#base, this.#looseStock] = this.#stocks();
      await this.catchUp(this.#closing.signal);
      await saveIndex(this.#file, packed, revision);
      this.#savedRevision = revision;
    } catch {
      // The old shelf with its changes goes on serving; the next change tries again.
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
