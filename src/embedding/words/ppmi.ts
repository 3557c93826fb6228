import type { SparseMatrix } from './sparse.ts';

/**
 * Positive pointwise mutual information: how much more often two words meet than chance would have it, as a
 * logarithm, and nothing where they meet less often. Context counts are raised to `contextPower` (0.75 in Levy,
 * Goldberg and Dagan, 2015), which keeps rare contexts from looking too telling.
 *
 * @param counts Co-occurrence counts, not negative.
 * @returns A matrix of positive entries only; words without any company have empty rows.
 */
export function positiveInformation(counts: SparseMatrix, contextPower: number): SparseMatrix {
  const { size, starts, columns, values } = counts;
  const words = new Float64Array(size);
  const contexts = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      words[row]! += values[at]!;
      contexts[columns[at]!]! += values[at]!;
    }
  }
  const smoothed = contexts.map((count) => count ** contextPower);
  const total = smoothed.reduce((sum, count) => sum + count, 0);

  const keptStarts = new Int32Array(size + 1);
  const keptColumns = new Int32Array(columns.length);
  const keptValues = new Float32Array(columns.length);
  let kept = 0;
  for (let row = 0; row < size; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const information = Math.log((values[at]! * total) / (words[row]! * smoothed[columns[at]!]!));
      if (!(information > 0)) continue;
      keptColumns[kept] = columns[at]!;
      keptValues[kept] = information;
      kept++;
    }
    keptStarts[row + 1] = kept;
  }
  return { size, starts: keptStarts, columns: keptColumns.slice(0, kept), values: keptValues.slice(0, kept) };
}
