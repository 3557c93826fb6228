import { gram, orthonormalise, symmetricEigen } from './dense.ts';
import { fillGaussian, seededRandom } from './random.ts';
import { multiply, multiplyTransposed, type SparseMatrix } from './sparse.ts';

/** Extra directions followed and dropped at the end: they make the last kept ones exact enough. */
const OVERSAMPLING = 16;
/** Times the subspace is multiplied by the matrix and its transpose. More changes nothing we can measure. */
const POWER_ITERATIONS = 3;

/** The left side of a truncated SVD. */
export interface LeftFactors {
  /** Row-major, `size` rows of `rank` numbers: the left singular vectors. */
  readonly left: Float64Array;
  /** `rank` singular values, largest first. */
  readonly singular: Float64Array;
  readonly rank: number;
}

/**
 * Truncated SVD by random projection and subspace iteration (Halko, Martinsson and Tropp, 2011).
 * The same matrix and seed give the same bits.
 *
 * @param rank Wanted number of singular values; the result has fewer where the matrix is smaller.
 * @param onProgress Called after each iteration with the share done, 0 to 1.
 */
export function truncatedSvd(
  matrix: SparseMatrix,
  rank: number,
  seed: number,
  onProgress: (share: number) => void = () => {},
): LeftFactors {
  const width = Math.min(matrix.size, rank + OVERSAMPLING);
  let across = fillGaussian(new Float64Array(matrix.size * width), seededRandom(seed));
  let basis = across;
  for (let iteration = 0; iteration <= POWER_ITERATIONS; iteration++) {
    if (iteration > 0) orthonormalise(across, width);
    basis = multiply(matrix, across, width);
    orthonormalise(basis, width);
    across = multiplyTransposed(matrix, basis, width);
    onProgress((iteration + 1) / (POWER_ITERATIONS + 1));
  }
  return leftFactors(basis, across, width, Math.min(rank, width));
}

/** With Q the basis and `across` = Aᵀ·Q: the eigenvectors of QᵀA·AᵀQ turn Q into the left singular vectors. */
function leftFactors(basis: Float64Array, across: Float64Array, width: number, rank: number): LeftFactors {
  const { values, vectors } = symmetricEigen(gram(across, width), width);
  const rows = basis.length / width;
  const left = new Float64Array(rows * rank);
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rank; r++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += basis[row * width + k]! * vectors[r * width + k]!;
      left[row * rank + r] = sum;
    }
  }
  const singular = Float64Array.from(values.subarray(0, rank), (value) => Math.sqrt(Math.max(0, value)));
  return { left, singular, rank };
}
