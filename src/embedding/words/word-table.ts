import { addScaled, dot, normalise } from './vector.ts';

/** What training leaves behind, and all that embedding needs. */
export interface WordTable {
  /** Length of every vector. */
  readonly dimensions: number;
  /** Row r of all that follows belongs to `words[r]`. */
  readonly words: readonly string[];
  /** Per word: how telling it is, the logarithm of the inverse share of documents that have it. */
  readonly idf: Float32Array;
  /** Word vectors, `words.length` rows of `dimensions`: entry × the row's scale gives a unit-length vector. */
  readonly rows: Int8Array;
  readonly scales: Float32Array;
  /** The mean of the training texts, and the unit direction in which they differ most: both are taken out of texts. */
  readonly mean: Float32Array;
  readonly component: Float32Array;
}

/** The idf-weighted mean of word vectors, each word as often as its row is given; undefined for no rows at all. */
export function averageRows(
  table: Pick<WordTable, 'dimensions' | 'idf' | 'rows' | 'scales'>,
  wanted: Iterable<number>,
): Float64Array | undefined {
  const { dimensions, idf, rows, scales } = table;
  const sum = new Float64Array(dimensions);
  let weights = 0;
  for (const row of wanted) {
    const factor = idf[row]! * scales[row]!;
    const start = row * dimensions;
    for (let i = 0; i < dimensions; i++) sum[i]! += factor * rows[start + i]!;
    weights += idf[row]!;
  }
  if (weights === 0) return undefined;
  for (let i = 0; i < dimensions; i++) sum[i]! /= weights;
  return sum;
}

/**
 * Takes what all texts have in common out of an average, in place, and makes it unit length.
 *
 * @returns False where nothing is left.
 */
export function centre(average: Float64Array, table: Pick<WordTable, 'mean' | 'component'>): boolean {
  addScaled(average, table.mean, -1);
  addScaled(average, table.component, -dot(average, table.component));
  return normalise(average);
}
