import { fillGaussian, seededRandom } from '../embedding/words/random.ts';
import { type Belief, momentsLength, type Prior, writeMoments } from './belief.ts';
import { factor, invert, packedLength } from './packed.ts';
import { type FeatureRows, type LinearMap, mapRow, Ridge } from './regress.ts';

const FIRST_BIAS_VARIANCE = 0.25;
const FIRST_FACTOR_VARIANCE = 0.1;
/** Standard deviation of the factors that training starts from. */
const FIRST_SPREAD = 0.1;
/** The first covariance counts as so many rows: it rules where rows are few, and keeps unused factors from zero. */
const ROWS_OF_FIRST_COVARIANCE = 5;
/** What squared weights of the map from features cost. */
const FEATURE_PENALTY = 10;

/** All people or all movies in training: what is believed of each, and what is believed beforehand. */
export class Side {
  readonly rows: number;
  readonly rank: number;
  /** Second moments, `momentsLength(rank)` to a row. */
  readonly moments: Float32Array;
  /** From features to the mean of the prior. */
  map: LinearMap;
  /** Packed covariance of weights around what features say, and its inverse. */
  covariance: Float64Array;
  #precision: Float64Array;
  readonly #features: FeatureRows;
  readonly #ridge: Ridge;
  readonly #means: Float64Array;
  /** Sum of the packed covariances of all rows. */
  readonly #uncertainty: Float64Array;

  constructor(features: FeatureRows, rank: number) {
    const size = rank + 1;
    this.rows = features.rows;
    this.rank = rank;
    this.moments = new Float32Array(this.rows * momentsLength(rank));
    this.map = { width: features.width, outputs: size, weights: new Float64Array(features.width * size) };
    this.covariance = firstCovariance(size);
    this.#precision = inverse(this.covariance, size);
    this.#features = features;
    this.#ridge = new Ridge(features, FEATURE_PENALTY);
    this.#means = new Float64Array(this.rows * size);
    this.#uncertainty = new Float64Array(packedLength(size));
  }

  /** Starts every row at chance, as if that were sure. */
  scatter(seed: number): void {
    const size = this.rank + 1;
    const random = seededRandom(seed);
    for (let row = 0; row < this.rows; row++) {
      const mean = fillGaussian(new Float64Array(size), random).map((value) => value * FIRST_SPREAD);
      mean[0] = 0;
      writeMoments(
        { mean, covariance: new Float64Array(packedLength(size)) },
        this.moments,
        row * momentsLength(this.rank),
      );
    }
  }

  /** Mean of a row's bias and factors. */
  meanOf(row: number): Float64Array {
    const size = this.rank + 1;
    return this.#means.subarray(row * size, (row + 1) * size);
  }

  /** What is believed beforehand of whatever has the features that begin at `offset`. */
  priorFor(features: Float32Array, offset: number): Prior {
    return { mean: mapRow(this.map, features, offset), precision: this.#precision };
  }

  #prior(row: number): Prior {
    return this.priorFor(this.#features.values, row * this.#features.width);
  }

  /** Asks for every row what is believed of it now. */
  update(beliefOf: (row: number, prior: Prior) => Belief): void {
    const size = this.rank + 1;
    this.#uncertainty.fill(0);
    for (let row = 0; row < this.rows; row++) {
      const belief = beliefOf(row, this.#prior(row));
      this.#means.set(belief.mean, row * size);
      for (let i = 0; i < this.#uncertainty.length; i++) this.#uncertainty[i]! += belief.covariance[i]!;
      writeMoments(belief, this.moments, row * momentsLength(this.rank));
    }
  }

  /** Fits the map and the covariance to what is believed of all rows (empirical Bayes). */
  fitPrior(): void {
    const size = this.rank + 1;
    this.map = this.#ridge.fit(this.#means, size);
    const squares = this.#uncertainty.slice();
    const first = firstCovariance(size);
    for (let row = 0; row < this.rows; row++) {
      const { mean } = this.#prior(row);
      for (let i = 0; i < size; i++) mean[i] = this.#means[row * size + i]! - mean[i]!;
      for (let i = 0, at = 0; i < size; i++)
        for (let j = 0; j <= i; j++, at++) squares[at]! += mean[i]! * mean[j]!;
    }
    this.covariance = squares.map(
      (sum, i) => (sum + ROWS_OF_FIRST_COVARIANCE * first[i]!) / (this.rows + ROWS_OF_FIRST_COVARIANCE),
    );
    this.#precision = inverse(this.covariance, size);
  }
}

function firstCovariance(size: number): Float64Array {
  const covariance = new Float64Array(packedLength(size));
  for (let i = 0; i < size; i++) {
    covariance[packedLength(i) + i] = i === 0 ? FIRST_BIAS_VARIANCE : FIRST_FACTOR_VARIANCE;
  }
  return covariance;
}

function inverse(matrix: Float64Array, size: number): Float64Array {
  return invert(factor(matrix.slice(), size), size);
}
