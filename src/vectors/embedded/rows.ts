import { boundOf } from '../../bound.ts';
import type { MovieId } from '../../catalogue/movie.ts';
import type { Filter, Metadata } from '../filter.ts';
import { type Neighbour, nearestFirst, type QueryOptions } from '../vector-index.ts';
import { Columns, type PackedColumns } from './columns.ts';
import { Matrix } from './matrix.ts';
import { SignCodes } from './sign-codes.ts';

/**
 * How many candidates the codes hand over for the `topK` nearest. Measured on 57,000 films (bench/vectors.ts): enough
 * for a recall of 0.99 for 10 neighbours and of 0.98 for 300, of whose nearest 50 none in 400 is missed.
 */
const candidatesFor = (topK: number) => 800 + 2 * topK;

/** So many rows are searched without codes, and so many tell where the centre is. */
const CODED_FROM = 2048;

/** Rows to one call of `codeNext`: a millisecond or two. */
const CODED_AT_ONCE = 256;

const FIRST_CAPACITY = 1024;

type Search = Omit<QueryOptions, 'signal'>;

interface Found extends Neighbour {
  readonly row: number;
}

/** All rows as they lie in memory, to be kept; their codes are not among it. */
export interface PackedRows {
  /** `undefined` where a vector was deleted. */
  readonly ids: (MovieId | undefined)[];
  readonly blocks: Int16Array[];
  readonly columns: PackedColumns;
}

/**
 * All vectors of an index in memory. A search clears the mask of every row that does not pass the filter, lets the
 * codes name candidates where more rows than that are left, and ranks these by their true cosine. Until `codeNext` has
 * given every row its code all that pass are candidates, which takes ten times as long and misses nothing.
 */
export class Rows {
  readonly #rowOf = new Map<MovieId, number>();
  readonly #ids: (MovieId | undefined)[];
  /** Rows of deleted vectors, to be used again. */
  readonly #free: number[] = [];
  readonly #matrix: Matrix;
  readonly #columns: Columns;
  #codes: SignCodes | undefined;
  /** The rows before this one have their codes. */
  #coded = 0;
  /** 1 where the row holds a vector. */
  #alive = new Uint8Array(0);
  #mask = new Uint8Array(0);

  constructor(dimensions: number, packed?: PackedRows) {
    this.#matrix = new Matrix(dimensions, packed?.blocks);
    this.#columns = new Columns(packed?.columns);
    this.#ids = packed?.ids ?? [];
    if (this.#ids.length > 0) this.#grow(capacityFor(this.#ids.length));
    for (const [row, id] of this.#ids.entries()) {
      if (id === undefined) {
        this.#free.push(row);
        continue;
      }
      this.#rowOf.set(id, row);
      this.#alive[row] = 1;
    }
  }

  get packed(): PackedRows {
    return { ids: this.#ids, blocks: this.#matrix.blocks, columns: this.#columns.packed };
  }

  /** How many vectors there are. */
  get size(): number {
    return this.#rowOf.size;
  }

  set(id: MovieId, vector: Float32Array, metadata: Metadata): void {
    const row = this.#rowOf.get(id) ?? this.#free.pop() ?? this.#ids.length;
    if (row >= this.#alive.length) this.#grow(capacityFor(row + 1));
    this.#matrix.set(row, vector);
    this.#columns.set(row, metadata);
    this.#rowOf.set(id, row);
    this.#ids[row] = id;
    this.#alive[row] = 1;
    if (row < this.#coded) this.#codes!.set(row, vector);
  }

  /** Gives the next rows their codes; false where there is nothing left to do. */
  codeNext(): boolean {
    const rows = this.#ids.length;
    if (rows <= CODED_FROM || this.#coded === rows) return false;
    this.#codes ??= this.#newCodes();
    const end = Math.min(rows, this.#coded + CODED_AT_ONCE);
    for (; this.#coded < end; this.#coded++) this.#codes.set(this.#coded, this.#matrix.vector(this.#coded));
    return true;
  }

  delete(id: MovieId): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#rowOf.delete(id);
    this.#ids[row] = undefined;
    this.#alive[row] = 0;
    this.#free.push(row);
  }

  /** Nearest first, ties by id, and with them what was asked for besides; `query` has unit length. */
  nearest(query: Float32Array, { topK, filter = [], exclude = [], also = [] }: Search): Neighbour[] {
    const mask = this.#passing(filter, exclude);
    const candidates = this.#candidates(query, mask, candidatesFor(topK));
    const found = this.#nearestOf(query, candidates, topK);
    const besides = new Set(also.flatMap((id) => this.#rowOf.get(id) ?? []).filter((row) => mask[row]));
    for (const { row } of found) besides.delete(row);
    return [...found, ...this.#nearestOf(query, Uint32Array.from(besides), besides.size)]
      .sort(nearestFirst)
      .map(({ id, score }) => ({ id, score }));
  }

  #nearestOf(query: Float32Array, candidates: Uint32Array, topK: number): Found[] {
    const cosines = this.#matrix.cosines(query, candidates);
    const least = boundOf(cosines, topK);
    const found: Found[] = [];
    candidates.forEach((row, i) => {
      if (cosines[i]! >= least) found.push({ id: this.#ids[row]!, score: cosines[i]!, row });
    });
    return found.sort(nearestFirst).slice(0, topK);
  }

  #passing(filter: Filter, exclude: readonly MovieId[]): Uint8Array {
    const mask = this.#mask;
    mask.set(this.#alive);
    for (const id of exclude) {
      const row = this.#rowOf.get(id);
      if (row !== undefined) mask[row] = 0;
    }
    this.#columns.narrow(filter, mask, this.#ids.length);
    return mask;
  }

  #candidates(query: Float32Array, mask: Uint8Array, wanted: number): Uint32Array {
    const rows = this.#ids.length;
    const codes = this.#coded === rows ? this.#codes : undefined;
    const all: number[] = [];
    for (let row = 0; row < rows; row++) {
      if (mask[row] === 0) continue;
      if (codes && all.length === wanted) return codes.nearest(query, mask, rows, wanted);
      all.push(row);
    }
    return Uint32Array.from(all);
  }

  #newCodes(): SignCodes {
    const codes = new SignCodes(this.#matrix.mean(this.#ids.length, CODED_FROM));
    codes.grow(this.#alive.length);
    return codes;
  }

  #grow(capacity: number): void {
    const alive = new Uint8Array(capacity);
    alive.set(this.#alive);
    this.#alive = alive;
    this.#mask = new Uint8Array(capacity);
    this.#columns.grow(capacity);
    this.#codes?.grow(capacity);
  }
}

/** Doubled whenever it is full. */
function capacityFor(rows: number): number {
  return Math.max(FIRST_CAPACITY, 2 ** Math.ceil(Math.log2(rows)));
}
