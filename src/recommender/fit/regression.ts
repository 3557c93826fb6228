export interface LogisticFit {
  /** One to a column of the inputs. */
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface LogisticOptions {
  /** Ridge penalty: how strongly weights are held near zero, per example. */
  readonly ridge?: number;
  readonly steps?: number;
}

/**
 * Logistic regression by Newton's method: the weights under which the outcomes are likeliest. A few steps settle it;
 * the same input gives the same output.
 *
 * @param rows Inputs, one array to an example, all of one length.
 * @param outcomes 1 or 0 for each example.
 */
export function fitLogistic(
  rows: readonly ArrayLike<number>[],
  outcomes: ArrayLike<number>,
  { ridge = 1e-4, steps = 25 }: LogisticOptions = {},
): LogisticFit {
  const width = (rows[0]?.length ?? 0) + 1;
  const weights = new Float64Array(width);
  for (let step = 0; step < steps; step++) {
    const { gradient, curvature } = slope(rows, outcomes, weights);
    for (let i = 0; i + 1 < width; i++) {
      gradient[i]! += ridge * rows.length * weights[i]!;
      curvature[i * width + i]! += ridge * rows.length;
    }
    const change = solve(curvature, gradient);
    for (let i = 0; i < width; i++) weights[i]! -= change[i]!;
    if (change.every((value) => Math.abs(value) < 1e-9)) break;
  }
  return { weights: weights.subarray(0, width - 1), bias: weights[width - 1]! };
}

export function logistic(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}

/** Gradient and Hessian of the loss; the bias is the last column, whose input is always 1. */
function slope(rows: readonly ArrayLike<number>[], outcomes: ArrayLike<number>, weights: Float64Array) {
  const width = weights.length;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  for (const [example, row] of rows.entries()) {
    const input = (column: number) => (column + 1 === width ? 1 : row[column]!);
    let sum = 0;
    for (let i = 0; i < width; i++) sum += weights[i]! * input(i);
    const chance = logistic(sum);
    const steepness = Math.max(1e-9, chance * (1 - chance));
    for (let i = 0; i < width; i++) {
      gradient[i]! += (chance - outcomes[example]!) * input(i);
      for (let j = 0; j < width; j++) curvature[i * width + j]! += steepness * input(i) * input(j);
    }
  }
  return { gradient, curvature };
}

/** Solves `matrix · x = right` by Gaussian elimination with pivoting. A column with nothing in it gets 0. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const at = (row: number, column: number) => row * size + column;
  const [m, x] = [matrix.slice(), right.slice()];
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(m[at(row, column)]!) > Math.abs(m[at(pivot, column)]!)) pivot = row;
    for (let k = 0; k < size; k++)
      [m[at(column, k)], m[at(pivot, k)]] = [m[at(pivot, k)]!, m[at(column, k)]!];
    [x[column], x[pivot]] = [x[pivot]!, x[column]!];
    const head = m[at(column, column)]!;
    if (Math.abs(head) < 1e-12) continue;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = m[at(row, column)]! / head;
      for (let k = column; k < size; k++) m[at(row, k)]! -= factor * m[at(column, k)]!;
      x[row]! -= factor * x[column]!;
    }
  }
  return x.map((value, i) => (Math.abs(m[at(i, i)]!) < 1e-12 ? 0 : value / m[at(i, i)]!));
}
