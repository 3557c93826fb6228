import type { LeftFactors } from './svd.ts';
import { normalise } from './vector.ts';
import type { WordTable } from './word-table.ts';

/** Largest entry of a quantised row. */
const TOP = 127;

/**
 * Turns left singular vectors into unit-length word vectors of one byte an entry, each row with its own scale.
 *
 * @param singularPower Power of the singular values by which each direction is stretched before normalising.
 */
export function quantise(
  factors: LeftFactors,
  singularPower: number,
): Pick<WordTable, 'dimensions' | 'rows' | 'scales'> {
  const { left, singular, rank } = factors;
  const size = left.length / rank;
  const stretch = singular.map((value) => value ** singularPower);
  const rows = new Int8Array(left.length);
  const scales = new Float32Array(size);
  for (let row = 0; row < size; row++) {
    const vector = left.slice(row * rank, (row + 1) * rank).map((value, i) => value * stretch[i]!);
    if (!normalise(vector)) continue;
    const scale = vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / TOP;
    scales[row] = scale;
    for (let i = 0; i < rank; i++) rows[row * rank + i] = Math.round(vector[i]! / scale);
  }
  return { dimensions: rank, rows, scales };
}
