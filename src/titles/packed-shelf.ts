import { ADULT, type NameRank, SHOW, type Shelf, type ShelfMovie } from './shelf.ts';

/** Bare titles are found by the upper bits of their hash, then by comparing the few hashes of that bucket. */
export const HASH_BUCKETS = 1 << 16;
const BUCKET_SHIFT = 16;

/** A shelf's typed arrays: what is built in a worker, kept in a file, and read back. `…Start` has one entry more. */
export interface Packed {
  readonly numbers: Uint32Array;
  /** 0 where unknown. */
  readonly years: Uint16Array;
  readonly fames: Float32Array;
  /** {@link SHOW} and {@link ADULT}. */
  readonly flags: Uint8Array;
  /** Index into the franchises, plus 1; 0 for none. */
  readonly franchiseOf: Uint32Array;
  readonly firstName: Uint32Array;
  readonly movieOfName: Uint32Array;
  readonly idsStart: Uint32Array;
  readonly idsBytes: Uint8Array;
  readonly franchisesStart: Uint32Array;
  readonly franchisesBytes: Uint8Array;
  readonly ranks: Uint8Array;
  readonly gramCounts: Uint8Array;
  readonly titlesStart: Uint32Array;
  readonly titlesBytes: Uint8Array;
  readonly wordsStart: Uint32Array;
  readonly wordsBytes: Uint8Array;
  readonly hashStart: Uint32Array;
  readonly hashNames: Uint32Array;
  readonly hashes: Uint32Array;
  readonly gramStart: Uint32Array;
  readonly gramNames: Uint32Array;
}

/** How far, in nats, a fame may be from the one that gave a movie its place: the lists are still about in order. */
const NEAR = 0.5;

/** A shelf in typed arrays, of which only the fames change. */
export class PackedShelf implements Shelf {
  readonly names: number;
  readonly movies: number;
  readonly #packed: Packed;
  /** Those of now: the packed ones are what the order was made from. */
  readonly #fames: Float32Array;
  readonly #ids: Strings;
  readonly #titles: Strings;
  readonly #words: Strings;
  readonly #franchises: Strings;
  /** Made when it is first asked for, which a start does not: it takes some milliseconds. */
  #byNumber: Int32Array | undefined;

  constructor(packed: Packed) {
    this.#packed = packed;
    this.#fames = packed.fames.slice();
    this.names = packed.movieOfName.length;
    this.movies = packed.numbers.length;
    this.#ids = new Strings(packed.idsStart, packed.idsBytes);
    this.#titles = new Strings(packed.titlesStart, packed.titlesBytes);
    this.#words = new Strings(packed.wordsStart, packed.wordsBytes);
    this.#franchises = new Strings(packed.franchisesStart, packed.franchisesBytes);
  }

  withHash(hash: number): Uint32Array {
    const { hashStart, hashes, hashNames } = this.#packed;
    const bucket = hash >>> BUCKET_SHIFT;
    const end = hashStart[bucket + 1]!;
    let found: number[] | undefined;
    for (let at = hashStart[bucket]!; at < end; at++)
      if (hashes[at] === hash) {
        found ??= [];
        found.push(hashNames[at]!);
      }
    return found ? Uint32Array.from(found) : NOTHING;
  }

  withGram(gram: number): Uint32Array {
    const { gramStart, gramNames } = this.#packed;
    return gramNames.subarray(gramStart[gram], gramStart[gram + 1]);
  }

  gramCount(name: number): number {
    return this.#packed.gramCounts[name]!;
  }

  words(name: number): string {
    return this.#words.at(name);
  }

  title(name: number): string {
    return this.#titles.at(name);
  }

  rank(name: number): NameRank {
    return this.#packed.ranks[name] as NameRank;
  }

  movieOf(name: number): number {
    return this.#packed.movieOfName[name]!;
  }

  fame(movie: number): number {
    return this.#fames[movie]!;
  }

  /** False where the movie would have to stand at quite another place. */
  setFame(movie: number, fame: number): boolean {
    if (Math.abs(fame - this.#packed.fames[movie]!) > NEAR) return false;
    this.#fames[movie] = fame;
    return true;
  }

  year(movie: number): number {
    return this.#packed.years[movie]!;
  }

  number(movie: number): number {
    return this.#packed.numbers[movie]!;
  }

  flags(movie: number): number {
    return this.#packed.flags[movie]!;
  }

  franchiseOf(movie: number): readonly number[] {
    const { franchiseOf } = this.#packed;
    const franchise = franchiseOf[movie]!;
    const members: number[] = [];
    if (franchise > 0)
      for (let at = 0; at < franchiseOf.length; at++) if (franchiseOf[at] === franchise) members.push(at);
    return members;
  }

  movie(movie: number): ShelfMovie {
    const { numbers, years, flags, franchiseOf } = this.#packed;
    const flag = flags[movie]!;
    const year = years[movie]!;
    const franchise = franchiseOf[movie]!;
    return {
      number: numbers[movie]!,
      id: this.#ids.at(movie),
      kind: flag & SHOW ? 'show' : 'movie',
      adult: (flag & ADULT) !== 0,
      fame: this.#fames[movie]!,
      ...(year > 0 && { year }),
      ...(franchise > 0 && { franchise: this.#franchises.at(franchise - 1) }),
    };
  }

  namesOf(movie: number): readonly [from: number, to: number] {
    return [this.#packed.firstName[movie]!, this.#packed.firstName[movie + 1]!];
  }

  withNumber(number: number): number | undefined {
    this.#byNumber ??= invert(this.#packed.numbers);
    const movie = this.#byNumber[number] ?? -1;
    return movie < 0 ? undefined : movie;
  }
}

const NOTHING = new Uint32Array(0);

/** UTF-8 strings laid end to end. */
class Strings {
  readonly #start: Uint32Array;
  readonly #bytes: Buffer;

  constructor(start: Uint32Array, bytes: Uint8Array) {
    this.#start = start;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  at(index: number): string {
    return this.#bytes.toString('utf8', this.#start[index]!, this.#start[index + 1]!);
  }
}

function invert(numbers: Uint32Array): Int32Array {
  let highest = 0;
  for (let place = 0; place < numbers.length; place++) highest = Math.max(highest, numbers[place]!);
  const places = new Int32Array(highest + 1).fill(-1);
  for (let place = 0; place < numbers.length; place++) places[numbers[place]!] = place;
  return places;
}
