/**
 * Symmetric matrices as the rows of their lower triangle, one after another: entry (i, j) with j <= i stands at
 * `i * (i + 1) / 2 + j`. Half the memory, and a weighted sum of many of them is one loop.
 */
export type Packed = Float64Array | Float32Array;

/** How many numbers the lower triangle of a matrix of this size has. */
export function packedLength(size: number): number {
  return (size * (size + 1)) / 2;
}

/**
 * The Cholesky factor L of a positive definite matrix, `L * transpose(L) = matrix`, in place of it.
 *
 * @throws RangeError where the matrix is not positive definite.
 */
export function factor(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0, row = 0; i < size; row += ++i) {
    for (let j = 0, other = 0; j <= i; other += ++j) {
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[other + k]!;
      if (i === j && !(sum > 0)) throw new RangeError('the matrix is not positive definite');
      matrix[row + j] = i === j ? Math.sqrt(sum) : sum / matrix[other + j]!;
    }
  }
  return matrix;
}

/** Solves `L * transpose(L) * x = right` for x, in place of `right`. */
export function solve(lower: Float64Array, size: number, right: Float64Array): Float64Array {
  for (let i = 0, row = 0; i < size; row += ++i) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[row + k]! * right[k]!;
    right[i] = sum / lower[row + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = packedLength(i);
    const value = right[i]! / lower[row + i]!;
    right[i] = value;
    for (let k = 0; k < i; k++) right[k]! -= lower[row + k]! * value;
  }
  return right;
}

/** The inverse of `L * transpose(L)`, in place of L. */
export function invert(lower: Float64Array, size: number): Float64Array {
  for (let i = 0, row = 0; i < size; row += ++i) {
    const diagonal = 1 / lower[row + i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += lower[row + k]! * lower[packedLength(k) + j]!;
      lower[row + j] = -sum * diagonal;
    }
    lower[row + i] = diagonal;
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i, row = packedLength(i); k < size; row += ++k) sum += lower[row + i]! * lower[row + j]!;
      lower[packedLength(i) + j] = sum;
    }
  }
  return lower;
}

/** `matrix * vector`. */
export function times(matrix: Packed, size: number, vector: Float64Array): Float64Array {
  const result = new Float64Array(size);
  for (let i = 0, row = 0; i < size; row += ++i) {
    for (let j = 0; j < i; j++) {
      result[i]! += matrix[row + j]! * vector[j]!;
      result[j]! += matrix[row + j]! * vector[i]!;
    }
    result[i]! += matrix[row + i]! * vector[i]!;
  }
  return result;
}

/** The sum of the products of all entries of two matrices: the trace of their product. */
export function inner(a: Packed, b: Packed, size: number): number {
  let sum = 0;
  for (let i = 0, row = 0; i < size; row += ++i) {
    for (let j = 0; j < i; j++) sum += 2 * a[row + j]! * b[row + j]!;
    sum += a[row + i]! * b[row + i]!;
  }
  return sum;
}
