import type { TitleRow } from '../catalogue/catalogue.ts';
import { movieOf, type NamedEntry, namesOf } from './named.ts';
import { flagsOf, type NameRank, type Shelf, type ShelfMovie } from './shelf.ts';

/** A small shelf that rows are added to at once. Its names stand in the order they came. */
export class LooseShelf implements Shelf {
  readonly #movies: ShelfMovie[] = [];
  readonly #firstName: number[] = [0];
  readonly #names: NamedEntry[] = [];
  readonly #movieOfName: number[] = [];
  readonly #byNumber = new Map<number, number>();
  readonly #byHash = new Map<number, number[]>();
  readonly #byGram = new Map<number, number[]>();

  get names(): number {
    return this.#names.length;
  }

  get movies(): number {
    return this.#movies.length;
  }

  /** Adds a movie. One with the same number that was added before stays: hide it, its number leads to the new one. */
  add(row: TitleRow): number {
    const movie = this.#movies.push(movieOf(row)) - 1;
    for (const entry of namesOf(row)) {
      const name = this.#names.push(entry) - 1;
      this.#movieOfName.push(movie);
      push(this.#byHash, entry.hash, name);
      for (const gram of entry.grams) push(this.#byGram, gram, name);
    }
    this.#firstName.push(this.#names.length);
    this.#byNumber.set(row.number, movie);
    return movie;
  }

  withHash(hash: number): Uint32Array {
    return Uint32Array.from(this.#byHash.get(hash) ?? []);
  }

  withGram(gram: number): Uint32Array {
    return Uint32Array.from(this.#byGram.get(gram) ?? []);
  }

  gramCount(name: number): number {
    return Math.min(255, this.#names[name]!.grams.length);
  }

  words(name: number): string {
    return this.#names[name]!.words;
  }

  title(name: number): string {
    return this.#names[name]!.title;
  }

  rank(name: number): NameRank {
    return this.#names[name]!.rank;
  }

  movieOf(name: number): number {
    return this.#movieOfName[name]!;
  }

  fame(movie: number): number {
    return this.#movies[movie]!.fame;
  }

  year(movie: number): number {
    return this.#movies[movie]!.year ?? 0;
  }

  number(movie: number): number {
    return this.#movies[movie]!.number;
  }

  flags(movie: number): number {
    return flagsOf(this.#movies[movie]!);
  }

  franchiseOf(movie: number): readonly number[] {
    const { franchise } = this.#movies[movie]!;
    if (franchise === undefined) return [];
    return [...this.#movies.keys()].filter((other) => this.#movies[other]!.franchise === franchise);
  }

  movie(movie: number): ShelfMovie {
    return this.#movies[movie]!;
  }

  namesOf(movie: number): readonly [from: number, to: number] {
    return [this.#firstName[movie]!, this.#firstName[movie + 1]!];
  }

  withNumber(number: number): number | undefined {
    return this.#byNumber.get(number);
  }
}

function push(lists: Map<number, number[]>, key: number, item: number): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
