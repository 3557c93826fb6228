import type { TitleRow } from '../catalogue/catalogue.ts';
import { GRAM_CODES } from './grams.ts';
import { movieOf, type NamedEntry, namesOf } from './named.ts';
import { HASH_BUCKETS, type Packed } from './packed-shelf.ts';
import { flagsOf, type ShelfMovie } from './shelf.ts';

interface Entry {
  readonly movie: ShelfMovie;
  readonly names: readonly NamedEntry[];
}

/** Collects rows and packs them into typed arrays, the most famous movie first. Slow for many: run it in a worker. */
export class Packer {
  readonly #entries: Entry[] = [];

  add(rows: readonly TitleRow[]): void {
    for (const row of rows) {
      const names = namesOf(row);
      if (names.length > 0) this.#entries.push({ movie: movieOf(row), names });
    }
  }

  pack(): Packed {
    const entries = this.#entries.sort(
      (a, b) => b.movie.fame - a.movie.fame || a.movie.number - b.movie.number,
    );
    const names = entries.flatMap((entry) => entry.names);
    return { ...packMovies(entries), ...packNames(names), ...packHashes(names), ...packGrams(names) };
  }
}

function packMovies(entries: readonly Entry[]) {
  const movies = entries.map((entry) => entry.movie);
  const franchises = [...new Set(movies.flatMap((movie) => movie.franchise ?? []))];
  const franchiseIndex = new Map(franchises.map((franchise, index) => [franchise, index + 1]));
  const firstName = new Uint32Array(entries.length + 1);
  for (const [index, entry] of entries.entries())
    firstName[index + 1] = firstName[index]! + entry.names.length;
  const movieOfName = new Uint32Array(firstName.at(-1)!);
  for (const index of entries.keys()) movieOfName.fill(index, firstName[index], firstName[index + 1]);
  return {
    numbers: Uint32Array.from(movies, (movie) => movie.number),
    years: Uint16Array.from(movies, (movie) => movie.year ?? 0),
    fames: Float32Array.from(movies, (movie) => movie.fame),
    flags: Uint8Array.from(movies, flagsOf),
    franchiseOf: Uint32Array.from(movies, (movie) => franchiseIndex.get(movie.franchise ?? '') ?? 0),
    firstName,
    movieOfName,
    ...prefixed('ids', packStrings(movies.map((movie) => movie.id))),
    ...prefixed('franchises', packStrings(franchises)),
  };
}

function packNames(names: readonly NamedEntry[]) {
  return {
    ranks: Uint8Array.from(names, (name) => name.rank),
    gramCounts: Uint8Array.from(names, (name) => Math.min(255, name.grams.length)),
    ...prefixed('titles', packStrings(names.map((name) => name.title))),
    ...prefixed('words', packStrings(names.map((name) => name.words))),
  };
}

function packHashes(names: readonly NamedEntry[]) {
  const shift = 32 - Math.log2(HASH_BUCKETS);
  const lists = packLists(HASH_BUCKETS, names.length, (visit) => {
    for (const [name, { hash }] of names.entries()) visit(hash >>> shift, name);
  });
  return {
    hashStart: lists.start,
    hashNames: lists.items,
    hashes: Uint32Array.from(lists.items, (name) => names[name]!.hash),
  };
}

function packGrams(names: readonly NamedEntry[]) {
  const total = names.reduce((sum, name) => sum + name.grams.length, 0);
  const lists = packLists(GRAM_CODES, total, (visit) => {
    for (const [name, { grams }] of names.entries()) for (const gram of grams) visit(gram, name);
  });
  return { gramStart: lists.start, gramNames: lists.items };
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

/** Strings as UTF-8, end to end. */
function packStrings(strings: readonly string[]): { start: Uint32Array; bytes: Uint8Array } {
  const start = new Uint32Array(strings.length + 1);
  for (const [index, text] of strings.entries()) start[index + 1] = start[index]! + Buffer.byteLength(text);
  const bytes = Buffer.alloc(start.at(-1)!);
  for (const [index, text] of strings.entries()) bytes.write(text, start[index]!);
  return { start, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

function prefixed<const Name extends string>(name: Name, strings: { start: Uint32Array; bytes: Uint8Array }) {
  return { [`${name}Start`]: strings.start, [`${name}Bytes`]: strings.bytes } as Record<
    `${Name}Start`,
    Uint32Array
  > &
    Record<`${Name}Bytes`, Uint8Array>;
}
