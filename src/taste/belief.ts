import { factor, inner, invert, type Packed, packedLength, times } from './packed.ts';

/*
 * A rating is modelled as
 *
 *   stars = mean + bias(person) + bias(movie) + factors(person) . factors(movie) + noise(person)
 *
 * where all biases and factors are normally distributed. Whoever updates a person treats what is believed of
 * movies as given, and the other way round; both see the same picture:
 *
 *   weights = (own bias, own factors)            size rank + 1: what is looked for
 *   facing  = (1, factors, bias)                 size rank + 2: what the other end of a rating shows
 *
 * Of the other end not only the mean counts but its second moments, that is, how sure it is: a movie that two
 * people rated says little about a third.
 */

/** Normal distribution of weights: mean (rank + 1) and packed covariance. */
export interface Belief {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** What weights are before any rating: their mean and the packed inverse of their covariance. */
export interface Prior {
  readonly mean: Float64Array;
  readonly precision: Float64Array;
}

/** Numbers that the second moments of one row take. */
export function momentsLength(rank: number): number {
  return packedLength(rank + 2);
}

/** The second moments of `facing`, written at `offset`. Their first column is its mean. */
export function writeMoments({ mean, covariance }: Belief, target: Packed, offset: number): void {
  const rank = mean.length - 1;
  const bias = offset + packedLength(rank + 1);
  target[offset] = 1;
  for (let i = 1; i <= rank; i++) {
    const row = offset + packedLength(i);
    target[row] = mean[i]!;
    for (let j = 1; j <= i; j++) target[row + j] = mean[i]! * mean[j]! + covariance[packedLength(i) + j]!;
    target[bias + i] = mean[0]! * mean[i]! + covariance[packedLength(i)]!;
  }
  target[bias] = mean[0]!;
  target[bias + rank + 1] = mean[0]! ** 2 + covariance[0]!;
}

/** The second moments of (own bias, factors, 1), in the order that stands against those of `facing`. */
export function writeAsking({ mean, covariance }: Belief, target: Float64Array): void {
  const size = mean.length;
  for (let i = 0, at = 0; i < size; i++)
    for (let j = 0; j <= i; j++, at++) target[at] = mean[i]! * mean[j]! + covariance[at]!;
  target.set(mean, packedLength(size));
  target[packedLength(size) + size] = 1;
}

/** What the ratings of one person, or of one movie, say. */
export class Evidence {
  readonly rank: number;
  count = 0;
  /** Sums over ratings: the moments of the other end, its means times the stars, the stars squared. */
  readonly #moments: Float64Array;
  readonly #products: Float64Array;
  #squares = 0;

  constructor(rank: number) {
    this.rank = rank;
    this.#moments = new Float64Array(momentsLength(rank));
    this.#products = new Float64Array(rank + 2);
  }

  clear(): void {
    this.count = 0;
    this.#moments.fill(0);
    this.#products.fill(0);
    this.#squares = 0;
  }

  /**
   * @param moments Second moments of the other end, from `offset` on.
   * @param stars Less the mean.
   * @param weight One over the noise, where ratings differ in it.
   */
  add(moments: Packed, offset: number, stars: number, weight = 1): void {
    const sums = this.#moments;
    for (let i = 0; i < sums.length; i++) sums[i]! += weight * moments[offset + i]!;
    const scaled = weight * stars;
    for (let i = 0, row = offset; i < this.#products.length; row += ++i)
      this.#products[i]! += scaled * moments[row]!;
    this.#squares += scaled * stars;
    this.count += 1;
  }

  /** What is believed of the weights after these ratings, with this variance of their noise. */
  belief({ mean, precision }: Prior, noise = 1): Belief {
    const size = this.rank + 1;
    const right = times(precision, size, mean);
    const covariance = precision.slice();
    for (let i = 0; i < covariance.length; i++) covariance[i]! += this.#moments[i]! / noise;
    for (let i = 0; i < size; i++) right[i]! += this.#unexplained(i) / noise;
    invert(factor(covariance, size), size);
    return { mean: times(covariance, size, right), covariance };
  }

  /** The expected sum of squared errors of these ratings under a belief. */
  squaredError({ mean, covariance }: Belief): number {
    const size = this.rank + 1;
    const bias = packedLength(size);
    let sum = this.#squares - 2 * this.#products[size]! + this.#moments[bias + size]!;
    for (let i = 0; i < size; i++) sum -= 2 * this.#unexplained(i) * mean[i]!;
    for (let i = 0, at = 0; i < size; i++) {
      for (let j = 0; j <= i; j++, at++) {
        const product = this.#moments[at]! * mean[i]! * mean[j]!;
        sum += i === j ? product : 2 * product;
      }
    }
    return sum + inner(this.#moments, covariance, size);
  }

  /** Stars less the other end's bias, times its i-th number. */
  #unexplained(i: number): number {
    return this.#products[i]! - this.#moments[packedLength(this.rank + 1) + i]!;
  }
}

/** Ratings that a person's own noise is mixed with, as if they had shown the noise of everybody. */
const TYPICAL_RATINGS = 10;
/** Variance that rounding to half stars alone brings, in squared stars: nobody is surer than that. */
export const LEAST_NOISE = 0.5 ** 2 / 12;

/** The variance of one person's noise: some rate by whim, others by rule. */
export function noiseOf(evidence: Evidence, belief: Belief, typical: number): number {
  const squares = evidence.squaredError(belief) + TYPICAL_RATINGS * typical;
  return Math.max(LEAST_NOISE, squares / (evidence.count + TYPICAL_RATINGS));
}
