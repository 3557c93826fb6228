import { setImmediate as nextTurn } from 'node:timers/promises';
import { fillGaussian, seededRandom } from '../embedding/words/random.ts';
import { factor, packedLength, solve } from './packed.ts';
import { LIKED_STARS, type RatingMatrix, type RatingRows } from './ratings.ts';

export interface AffinityOptions {
  readonly rank: number;
  readonly seed: number;
  readonly sweeps: number;
  readonly signal?: AbortSignal;
}

/** How much a film counts that somebody liked, that somebody rated and did not like, that somebody did not rate. */
const LIKED_WEIGHT = 1;
const SEEN_WEIGHT = 0.3;
const UNSEEN_WEIGHT = 0.1;
const PENALTY = 0.01;
/** Standard deviation of the length of the vectors that training starts from. */
const FIRST_SPREAD = 0.1;

/**
 * Which films are chosen by the same people, whatever the stars: implicit alternating least squares (Hu, Koren and
 * Volinsky, 2008) with the penalty of Rendle et al. (2021), which grows with how often a row is used.
 *
 * @returns Vectors of the movies, `rank` numbers to a row.
 */
export async function learnAffinity(ratings: RatingMatrix, options: AffinityOptions): Promise<Float32Array> {
  const { rank, seed, sweeps, signal } = options;
  const start = fillGaussian(new Float64Array(ratings.byMovie.rows * rank), seededRandom(seed));
  let movies: Float32Array = Float32Array.from(start, (value) => (FIRST_SPREAD * value) / Math.sqrt(rank));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    await nextTurn();
    signal?.throwIfAborted();
    const people = vectorsOf(ratings.byPerson, new AffinitySolver(movies, rank));
    await nextTurn();
    movies = vectorsOf(ratings.byMovie, new AffinitySolver(people, rank));
  }
  return movies;
}

function vectorsOf({ rows, starts, others, stars }: RatingRows, solver: AffinitySolver): Float32Array {
  const vectors = new Float32Array(rows * solver.rank);
  for (let row = 0; row < rows; row++) {
    const rated = [starts[row]!, starts[row + 1]!] as const;
    vectors.set(solver.vectorOf(others.subarray(...rated), stars.subarray(...rated)), row * solver.rank);
  }
  return vectors;
}

/** The vector of one end, person or movie, from the vectors of all at the other end, in closed form. */
export class AffinitySolver {
  readonly rank: number;
  readonly #others: Float32Array;
  /** What it costs to be near to anything: the part of the equations that all rows share. */
  readonly #everything: Float64Array;

  /** @param everything What {@link costOfNearness} gives for the others. */
  constructor(others: Float32Array, rank: number, everything = costOfNearness(others, rank)) {
    this.rank = rank;
    this.#others = others;
    this.#everything = everything;
  }

  /**
   * @param rated Rows at the other end.
   * @param stars What each of them got, or gave.
   */
  vectorOf(rated: Int32Array, stars: Float32Array): Float64Array {
    const { rank } = this;
    const right = new Float64Array(rank);
    if (rated.length === 0) return right;
    const matrix = this.#everything.slice();
    const unseen = this.#others.length / rank;
    const penalty = PENALTY * (rated.length + UNSEEN_WEIGHT * unseen);
    for (let i = 0; i < rank; i++) matrix[packedLength(i) + i]! += penalty;
    for (const [at, row] of rated.entries()) {
      const weight = stars[at]! >= LIKED_STARS ? LIKED_WEIGHT : SEEN_WEIGHT;
      addSquare(matrix, this.#others, row * rank, rank, weight);
      for (let i = 0; i < rank; i++) right[i]! += weight * this.#others[row * rank + i]!;
    }
    return solve(factor(matrix, rank), rank, right);
  }
}

/** Packed sum of the squares of all vectors, weighed as what nobody chose: the same for whoever is solved for. */
export function costOfNearness(vectors: Float32Array, rank: number): Float64Array {
  const sum = new Float64Array(packedLength(rank));
  for (let offset = 0; offset < vectors.length; offset += rank)
    addSquare(sum, vectors, offset, rank, UNSEEN_WEIGHT);
  return sum;
}

function addSquare(
  target: Float64Array,
  vectors: Float32Array,
  offset: number,
  rank: number,
  weight: number,
): void {
  for (let i = 0, row = 0; i < rank; row += ++i) {
    const value = weight * vectors[offset + i]!;
    for (let j = 0; j <= i; j++) target[row + j]! += value * vectors[offset + j]!;
  }
}
