/** A square sparse matrix in compressed rows: row r holds `columns` and `values` from `starts[r]` to `starts[r + 1]`. */
export interface SparseMatrix {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** `matrix · dense`. Dense matrices are row-major, `size` rows of `width` numbers, here and below. */
export function multiply(matrix: SparseMatrix, dense: Float64Array, width: number): Float64Array {
  const { size, starts, columns, values } = matrix;
  const product = new Float64Array(dense.length);
  for (let row = 0; row < size; row++) {
    const to = row * width;
    const end = starts[row + 1]!;
    for (let at = starts[row]!; at < end; at++) {
      const from = columns[at]! * width;
      const value = values[at]!;
      for (let i = 0; i < width; i++) product[to + i]! += value * dense[from + i]!;
    }
  }
  return product;
}

/** `matrixᵀ · dense`, without transposing the sparse matrix. */
export function multiplyTransposed(matrix: SparseMatrix, dense: Float64Array, width: number): Float64Array {
  const { size, starts, columns, values } = matrix;
  const product = new Float64Array(dense.length);
  for (let row = 0; row < size; row++) {
    const from = row * width;
    const end = starts[row + 1]!;
    for (let at = starts[row]!; at < end; at++) {
      const to = columns[at]! * width;
      const value = values[at]!;
      for (let i = 0; i < width; i++) product[to + i]! += value * dense[from + i]!;
    }
  }
  return product;
}
