import { setImmediate as nextTurn } from 'node:timers/promises';
import { dot } from '../embedding/words/vector.ts';
import { Evidence, LEAST_NOISE, momentsLength, noiseOf, type Prior } from './belief.ts';
import type { RatingMatrix, RatingRows } from './ratings.ts';
import type { FeatureRows, LinearMap } from './regress.ts';
import { Side } from './side.ts';

export interface FactorOptions {
  /** Factors beside the bias. Too many cost time and do no harm: what explains nothing shrinks to nothing. */
  readonly rank: number;
  readonly seed: number;
  readonly maxSweeps: number;
  /** Called after each sweep with a way to ask what is expected so far; `false` says that it is enough. */
  readonly onSweep?: (sweep: number, predict: (person: number, movie: number) => number) => boolean;
  readonly signal?: AbortSignal;
}

/** What was learned: enough to tell any movie's weights, and any person's from their ratings. */
export interface Factors {
  readonly rank: number;
  /** Mean of all stars. */
  readonly mean: number;
  /** Second moments of each movie, `momentsLength(rank)` numbers to a row. */
  readonly movies: Float32Array;
  /** What a movie's weights are by its features alone, and the packed covariance around that. */
  readonly moviePrior: { readonly map: LinearMap; readonly covariance: Float64Array };
  readonly personPrior: Prior;
  /** Variance of a rating around what is expected, over all people. */
  readonly noise: number;
}

const FIRST_NOISE = 0.75;
/** All that is known of a person beforehand: that they are one. */
const ONE = Float32Array.of(1);
/** Sweeps over all ratings at the end: enough to take in those that were held back. */
const LAST_SWEEPS = 2;

/**
 * Biases and factors of people and movies by variational Bayes (Lim and Teh, "Variational Bayesian approach to
 * movie rating prediction", 2007), with each person's own noise, and movies that start from what their features
 * say. A sweep updates all people, then all movies, in closed form, and fits priors and noise to them: there is
 * no step size and no regularisation to choose. The same ratings and seed give the same bits.
 *
 * @param ratings Those to learn from until it is enough, and then all, with the same people and movies.
 * @param features One row for each movie.
 */
export async function factorise(
  ratings: { readonly learning: RatingMatrix; readonly all: RatingMatrix },
  features: FeatureRows,
  options: FactorOptions,
): Promise<Factors> {
  const training = new Training(ratings.learning, features, options);
  for (let sweep = 0; sweep < options.maxSweeps; sweep++) {
    await breathe(options.signal);
    // Priors fitted in the first sweep would hold on to the chance it began at.
    training.sweep(sweep > 0);
    if (options.onSweep?.(sweep, (person, movie) => training.predict(person, movie)) === false) break;
  }
  training.ratings = ratings.all;
  for (let sweep = 0; sweep < LAST_SWEEPS; sweep++) {
    await breathe(options.signal);
    training.sweep(true);
  }
  return training.factors();
}

/** Lets others have a turn, and gives up where that is wanted. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}

class Training {
  ratings: RatingMatrix;
  readonly #people: Side;
  readonly #movies: Side;
  readonly #evidence: Evidence;
  #noise = FIRST_NOISE;
  /** One over the variance of each person's own noise. */
  readonly #trust: Float64Array;

  constructor(ratings: RatingMatrix, features: FeatureRows, { rank, seed }: FactorOptions) {
    const people = ratings.byPerson.rows;
    this.ratings = ratings;
    this.#people = new Side(
      { rows: people, width: ONE.length, values: new Float32Array(people).fill(1) },
      rank,
    );
    this.#movies = new Side(features, rank);
    this.#movies.scatter(seed);
    this.#evidence = new Evidence(rank);
    this.#trust = new Float64Array(people).fill(1 / FIRST_NOISE);
  }

  sweep(fitPriors: boolean): void {
    this.#updatePeople();
    if (fitPriors) this.#people.fitPrior();
    this.#movies.update((row, prior) =>
      this.#gather(this.ratings.byMovie, row, this.#people, this.#trust).belief(prior),
    );
    if (fitPriors) this.#movies.fitPrior();
  }

  predict(person: number, movie: number): number {
    const [own, other] = [this.#people.meanOf(person), this.#movies.meanOf(movie)];
    return this.ratings.mean + own[0]! + other[0]! + dot(own.subarray(1), other.subarray(1));
  }

  #updatePeople(): void {
    let squares = 0;
    this.#people.update((row, prior) => {
      const evidence = this.#gather(this.ratings.byPerson, row, this.#movies);
      const belief = evidence.belief(prior, 1 / this.#trust[row]!);
      squares += evidence.squaredError(belief);
      this.#trust[row] = 1 / noiseOf(evidence, belief, this.#noise);
      return belief;
    });
    if (this.ratings.count > 0) this.#noise = Math.max(LEAST_NOISE, squares / this.ratings.count);
  }

  #gather(ratings: RatingRows, row: number, others: Side, trust?: Float64Array): Evidence {
    const length = momentsLength(others.rank);
    this.#evidence.clear();
    for (let at = ratings.starts[row]!; at < ratings.starts[row + 1]!; at++) {
      const other = ratings.others[at]!;
      const stars = ratings.stars[at]! - this.ratings.mean;
      this.#evidence.add(others.moments, other * length, stars, trust?.[other]);
    }
    return this.#evidence;
  }

  factors(): Factors {
    return {
      rank: this.#movies.rank,
      mean: this.ratings.mean,
      movies: this.#movies.moments,
      moviePrior: { map: this.#movies.map, covariance: this.#movies.covariance },
      personPrior: this.#people.priorFor(ONE, 0),
      noise: this.#noise,
    };
  }
}
