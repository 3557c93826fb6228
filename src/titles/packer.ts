import type { TitleRow } from '../catalogue/catalogue.ts';
import { NumberColumn, type PackedStrings, StringColumn } from './columns.ts';
import { GRAM_CODES } from './grams.ts';
import { movieOf, type NamedEntry, namesOf } from './named.ts';
import { HASH_BUCKETS, type Packed } from './packed-shelf.ts';
import { flagsOf, type ShelfMovie } from './shelf.ts';

/**
 * Collects rows and packs them into typed arrays, the most famous movie first. Slow for many: run it in a worker. What
 * it collects lies in columns: as objects, 300,000 movies would take three times the memory.
 */
export class Packer {
  readonly #numbers = new NumberColumn(Uint32Array);
  readonly #years = new NumberColumn(Uint16Array);
  readonly #fames = new NumberColumn(Float32Array);
  readonly #flags = new NumberColumn(Uint8Array);
  readonly #franchiseOf = new NumberColumn(Uint32Array);
  readonly #ids = new StringColumn();
  /** By name, its place from 1. */
  readonly #franchises = new Map<string, number>();
  /** Of each movie, where its names begin. */
  readonly #firstName = new NumberColumn(Uint32Array);
  readonly #titles = new StringColumn();
  readonly #words = new StringColumn();
  readonly #ranks = new NumberColumn(Uint8Array);
  readonly #hashes = new NumberColumn(Uint32Array);
  /** Of each name, where its trigrams end. */
  readonly #gramsEnd = new NumberColumn(Uint32Array);
  readonly #grams = new NumberColumn(Uint32Array);

  add(rows: readonly TitleRow[]): void {
    for (const row of rows) {
      const names = namesOf(row);
      if (names.length === 0) continue;
      this.#addMovie(movieOf(row));
      for (const name of names) this.#addName(name);
    }
  }

  pack(): Packed {
    const movies = this.#byFame();
    const { firstName, names, movieOfName } = this.#namesOf(movies);
    return {
      numbers: this.#numbers.in(movies),
      years: this.#years.in(movies),
      fames: this.#fames.in(movies),
      flags: this.#flags.in(movies),
      franchiseOf: this.#franchiseOf.in(movies),
      firstName,
      movieOfName,
      ...prefixed('ids', this.#ids.in(movies)),
      ...prefixed('franchises', packStrings([...this.#franchises.keys()])),
      ranks: this.#ranks.in(names),
      gramCounts: Uint8Array.from(names, (name) =>
        Math.min(255, this.#gramsTo(name) - this.#gramsFrom(name)),
      ),
      ...prefixed('titles', this.#titles.in(names)),
      ...prefixed('words', this.#words.in(names)),
      ...packHashes(this.#hashes.in(names)),
      ...this.#packGrams(names),
    };
  }

  #addMovie(movie: ShelfMovie): void {
    this.#numbers.push(movie.number);
    this.#years.push(movie.year ?? 0);
    this.#fames.push(movie.fame);
    this.#flags.push(flagsOf(movie));
    this.#franchiseOf.push(movie.franchise === undefined ? 0 : this.#franchise(movie.franchise));
    this.#ids.push(movie.id);
    this.#firstName.push(this.#ranks.length);
  }

  #addName({ title, words, rank, hash, grams }: NamedEntry): void {
    this.#titles.push(title);
    this.#words.push(words);
    this.#ranks.push(rank);
    this.#hashes.push(hash);
    for (const gram of grams) this.#grams.push(gram);
    this.#gramsEnd.push(this.#grams.length);
  }

  #franchise(name: string): number {
    const place = this.#franchises.get(name) ?? this.#franchises.size + 1;
    this.#franchises.set(name, place);
    return place;
  }

  /** Places of the movies as they were added, in the order in which they are packed. */
  #byFame(): Uint32Array {
    const [fames, numbers] = [this.#fames, this.#numbers];
    return Uint32Array.from({ length: numbers.length }, (_, movie) => movie).sort(
      (a, b) => fames.at(b) - fames.at(a) || numbers.at(a) - numbers.at(b),
    );
  }

  /** The names of these movies, one after the other. */
  #namesOf(movies: Uint32Array) {
    const firstName = new Uint32Array(movies.length + 1);
    const names = new Uint32Array(this.#ranks.length);
    const movieOfName = new Uint32Array(names.length);
    for (let at = 0, next = 0; at < movies.length; at++) {
      const movie = movies[at]!;
      const end = movie + 1 < this.#firstName.length ? this.#firstName.at(movie + 1) : names.length;
      for (let name = this.#firstName.at(movie); name < end; name++, next++) {
        names[next] = name;
        movieOfName[next] = at;
      }
      firstName[at + 1] = next;
    }
    return { firstName, names, movieOfName };
  }

  #packGrams(names: Uint32Array) {
    const lists = packLists(GRAM_CODES, this.#grams.length, (visit) => {
      for (let at = 0; at < names.length; at++) {
        const end = this.#gramsTo(names[at]!);
        for (let gram = this.#gramsFrom(names[at]!); gram < end; gram++) visit(this.#grams.at(gram), at);
      }
    });
    return { gramStart: lists.start, gramNames: lists.items };
  }

  #gramsFrom(name: number): number {
    return name === 0 ? 0 : this.#gramsEnd.at(name - 1);
  }

  #gramsTo(name: number): number {
    return this.#gramsEnd.at(name);
  }
}

function packHashes(hashes: Uint32Array) {
  const shift = 32 - Math.log2(HASH_BUCKETS);
  const lists = packLists(HASH_BUCKETS, hashes.length, (visit) => {
    for (let name = 0; name < hashes.length; name++) visit(hashes[name]! >>> shift, name);
  });
  return {
    hashStart: lists.start,
    hashNames: lists.items,
    hashes: lists.items.map((name) => hashes[name]!),
  };
}

/** Lists of integers laid end to end, by counting first; each list keeps the order of the visits. */
function packLists(
  count: number,
  total: number,
  walk: (visit: (list: number, item: number) => void) => void,
) {
  const start = new Uint32Array(count + 1);
  walk((list) => {
    start[list + 1]!++;
  });
  for (let list = 0; list < count; list++) start[list + 1]! += start[list]!;
  const next = start.slice();
  const items = new Uint32Array(total);
  walk((list, item) => {
    items[next[list]!++] = item;
  });
  return { start, items };
}

function packStrings(strings: readonly string[]): PackedStrings {
  const column = new StringColumn();
  for (const text of strings) column.push(text);
  return column.in(Uint32Array.from(strings, (_, place) => place));
}

function prefixed<const Name extends string>(name: Name, strings: PackedStrings) {
  return { [`${name}Start`]: strings.start, [`${name}Bytes`]: strings.bytes } as Record<
    `${Name}Start`,
    Uint32Array
  > &
    Record<`${Name}Bytes`, Uint8Array>;
}
