import { addScaled, dot } from '../../embedding/words/vector.ts';

/** Rows to a block: growing adds a block and copies nothing. */
const BLOCK = 1024;

/** Sums that are kept side by side in a dot product, so that no addition waits for the one before: twice as fast. */
const LANES = 4;

/** The integer that stands for 1. */
const ONE = 32_767;

/** Vectors as rows of 16-bit integers, half the memory of floats, made unit length; a cosine is off by about 0.00001. */
export class Matrix {
  readonly #dimensions: number;
  /** Of a row: the dimensions and zeros up to a whole number of lanes. */
  readonly #width: number;
  /** To be kept, for a matrix of the same dimensions. */
  readonly blocks: Int16Array[];

  constructor(dimensions: number, blocks: Int16Array[] = []) {
    this.#dimensions = dimensions;
    this.#width = LANES * Math.ceil(dimensions / LANES);
    this.blocks = blocks;
  }

  /** Rows are first set in order: row n only after row n - 1. */
  set(row: number, vector: Float32Array): void {
    const number = Math.floor(row / BLOCK);
    this.blocks[number] ??= new Int16Array(BLOCK * this.#width);
    const block = this.blocks[number];
    const start = (row % BLOCK) * this.#width;
    const scale = ONE / Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) block[start + i] = Math.round(vector[i]! * scale);
  }

  /** Cosine similarity of each of these rows with a vector of unit length. */
  cosines(vector: Float32Array, rows: Uint32Array): Float64Array {
    const cosines = new Float64Array(rows.length);
    const query = new Float32Array(this.#width);
    query.set(vector);
    for (let i = 0; i < rows.length; i++) cosines[i] = this.#cosine(query, rows[i]!);
    return cosines;
  }

  /** The mean of the first `rows` rows, told from so many of them, evenly spaced. */
  mean(rows: number, asked: number): Float32Array {
    const mean = new Float32Array(this.#dimensions);
    const step = Math.max(1, Math.floor(rows / asked));
    let count = 0;
    for (let row = 0; row < rows; row += step, count++) addScaled(mean, this.vector(row), 1);
    return mean.map((sum) => sum / count);
  }

  vector(row: number): Float32Array {
    const start = (row % BLOCK) * this.#width;
    const integers = this.blocks[Math.floor(row / BLOCK)]!.subarray(start, start + this.#dimensions);
    return Float32Array.from(integers, (integer) => integer / ONE);
  }

  /** @param query As wide as a row. */
  #cosine(query: Float32Array, row: number): number {
    const block = this.blocks[Math.floor(row / BLOCK)]!;
    const start = (row % BLOCK) * this.#width;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < query.length; i += LANES) {
      a += query[i]! * block[start + i]!;
      b += query[i + 1]! * block[start + i + 1]!;
      c += query[i + 2]! * block[start + i + 2]!;
      d += query[i + 3]! * block[start + i + 3]!;
    }
    // Rounding may take a vector's cosine with itself a little beyond 1.
    return Math.max(-1, Math.min(1, (a + b + c + d) / ONE));
  }
}
