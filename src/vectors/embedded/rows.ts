import type { MovieId } from '../../catalogue/movie.ts';
import type { Filter, Metadata } from '../filter.ts';
import type { Neighbour } from '../vector-index.ts';
import { Columns } from './columns.ts';

/** Rows to a block of vectors: growing adds a block and copies nothing. */
const BLOCK = 1024;

const FIRST_CAPACITY = 1024;

/** All vectors of an index in memory, with what is needed to search and filter them. */
export class Rows {
  readonly #dimensions: number;
  readonly #rowOf = new Map<MovieId, number>();
  readonly #ids: (MovieId | undefined)[] = [];
  /** Rows of deleted vectors, to be used again. */
  readonly #free: number[] = [];
  readonly #columns = new Columns();
  readonly #blocks: Float32Array[] = [];
  /** 1 where the row holds a vector. */
  #alive = new Uint8Array(0);
  #mask = new Uint8Array(0);

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
  }

  get count(): number {
    return this.#rowOf.size;
  }

  set(id: MovieId, values: Float32Array, metadata: Metadata): void {
    const row = this.#rowOf.get(id) ?? this.#free.pop() ?? this.#ids.length;
    if (row >= this.#alive.length) this.#grow(Math.max(FIRST_CAPACITY, this.#alive.length * 2));
    const block = Math.floor(row / BLOCK);
    this.#blocks[block] ??= new Float32Array(BLOCK * this.#dimensions);
    this.#blocks[block].set(values, (row % BLOCK) * this.#dimensions);
    this.#columns.set(row, metadata);
    this.#rowOf.set(id, row);
    this.#ids[row] = id;
    this.#alive[row] = 1;
  }

  delete(id: MovieId): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#rowOf.delete(id);
    this.#ids[row] = undefined;
    this.#alive[row] = 0;
    this.#free.push(row);
  }

  /** The nearest rows that pass, nearest first; `query` has unit length. */
  nearest(query: Float32Array, topK: number, filter: Filter, exclude: readonly MovieId[]): Neighbour[] {
    const rows = this.#ids.length;
    const mask = this.#mask;
    mask.set(this.#alive);
    for (const id of exclude) {
      const row = this.#rowOf.get(id);
      if (row !== undefined) mask[row] = 0;
    }
    this.#columns.narrow(filter, mask, rows);
    const found: Neighbour[] = [];
    for (let row = 0; row < rows; row++)
      if (mask[row]) found.push({ id: this.#ids[row]!, score: this.#score(row, query) });
    return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, topK);
  }

  #score(row: number, query: Float32Array): number {
    const block = this.#blocks[Math.floor(row / BLOCK)]!;
    const start = (row % BLOCK) * this.#dimensions;
    let sum = 0;
    for (let i = 0; i < query.length; i++) sum += query[i]! * block[start + i]!;
    return sum;
  }

  #grow(capacity: number): void {
    const alive = new Uint8Array(capacity);
    alive.set(this.#alive);
    this.#alive = alive;
    this.#mask = new Uint8Array(capacity);
    this.#columns.grow(capacity);
  }
}
