/** Dense linear algebra on row-major `Float64Array`s: just what the randomised SVD needs. */

/** The Gram matrix `rowsᵀ · rows` (`width` × `width`) of a tall matrix with `width` columns. */
export function gram(rows: Float64Array, width: number): Float64Array {
  const result = new Float64Array(width * width);
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) {
      const factor = rows[start + i]!;
      const line = i * width;
      for (let j = 0; j <= i; j++) result[line + j]! += factor * rows[start + j]!;
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) result[j * width + i] = result[i * width + j]!;
  return result;
}

/**
 * Makes the columns of a tall matrix orthonormal, in place (Cholesky QR: rows are touched in memory order,
 * which beats Gram–Schmidt on columns by far).
 */
export function orthonormalise(rows: Float64Array, width: number): void {
  const lower = cholesky(gram(rows, width), width);
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) {
      let value = rows[start + i]!;
      for (let j = 0; j < i; j++) value -= lower[i * width + j]! * rows[start + j]!;
      rows[start + i] = value / lower[i * width + i]!;
    }
  }
}

/** The lower triangle L with `L · Lᵀ = matrix`. A direction with nothing in it gets a tiny pivot, not a NaN. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  const floor = 1e-14 * Math.max(1e-300, trace(matrix, size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, floor)) : sum / lower[j * size + j]!;
    }
  }
  return lower;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.
 *
 * @returns `values`, largest first, and `vectors`: row r is the eigenvector of `values[r]`.
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): { values: Float64Array; vectors: Float64Array } {
  const work = matrix.slice();
  const rotated = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rotated[i * size + i] = 1;
  const enough = 1e-22 * trace(work, size) ** 2;
  for (let sweep = 0; sweep < 30 && offDiagonal(work, size) > enough; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(work, rotated, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((a, b) => work[b * size + b]! - work[a * size + a]! || a - b);
  const vectors = new Float64Array(size * size);
  for (const [rank, from] of order.entries()) {
    vectors.set(rotated.subarray(from * size, (from + 1) * size), rank * size);
  }
  return { values: Float64Array.from(order, (i) => work[i * size + i]!), vectors };
}

function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sum += matrix[i * size + j]! ** 2;
  return sum;
}

/** One Jacobi rotation: makes entry (p, q) zero and turns the rows of `rotated` with it. */
function rotate(work: Float64Array, rotated: Float64Array, size: number, p: number, q: number): void {
  const entry = work[p * size + q]!;
  if (entry === 0) return;
  const theta = (work[q * size + q]! - work[p * size + p]!) / (2 * entry);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) turn(work, k * size + p, k * size + q, cosine, sine);
  for (let k = 0; k < size; k++) turn(work, p * size + k, q * size + k, cosine, sine);
  for (let k = 0; k < size; k++) turn(rotated, p * size + k, q * size + k, cosine, sine);
}

function turn(values: Float64Array, a: number, b: number, cosine: number, sine: number): void {
  const first = values[a]!;
  const second = values[b]!;
  values[a] = cosine * first - sine * second;
  values[b] = sine * first + cosine * second;
}
