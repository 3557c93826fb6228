import { fillGaussian, seededRandom } from '../../src/embedding/words/random.ts';
import type { RatingMatrix } from '../../src/taste/ratings.ts';

/** What somebody is expected to give. */
export type Predict = (person: number, movie: number) => number;

const ITERATIONS = 10;
const PERSON_PENALTY = 15;
const MOVIE_PENALTY = 10;

/** Global mean and shrunk biases of people and movies, by alternating least squares with the usual penalties. */
export function biases({ mean, byPerson, byMovie }: RatingMatrix): Predict {
  const people = new Float64Array(byPerson.rows);
  const movies = new Float64Array(byMovie.rows);
  const update = (rows: typeof byPerson, own: Float64Array, others: Float64Array, penalty: number) => {
    for (let row = 0; row < rows.rows; row++) {
      let sum = 0;
      for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++)
        sum += rows.stars[at]! - mean - others[rows.others[at]!]!;
      own[row] = sum / (penalty + rows.starts[row + 1]! - rows.starts[row]!);
    }
  };
  for (let i = 0; i < ITERATIONS; i++) {
    update(byMovie, movies, people, MOVIE_PENALTY);
    update(byPerson, people, movies, PERSON_PENALTY);
  }
  return (person, movie) => mean + people[person]! + movies[movie]!;
}

export interface DescentOptions {
  readonly rank: number;
  readonly step: number;
  readonly penalty: number;
  readonly epochs: number;
}

/** Biased matrix factorisation by stochastic gradient descent. */
export function biasedFactorisation(ratings: RatingMatrix, options: DescentOptions): Predict {
  const { rank, step, penalty, epochs } = options;
  const model = new Descent(ratings, rank);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const [person, movie, stars] of model.shuffled()) {
      const error = stars - model.predict(person, movie);
      model.bend(person, movie, error, step, penalty);
      for (let k = 0; k < rank; k++) {
        const [p, q] = [model.people[person * rank + k]!, model.movies[movie * rank + k]!];
        model.people[person * rank + k]! += step * (error * q - penalty * p);
        model.movies[movie * rank + k]! += step * (error * p - penalty * q);
      }
    }
  }
  return (person, movie) => model.predict(person, movie);
}

/**
 * SVD++ (Koren, 2008): a person is also the sum of what they rated, whatever the stars. All movies of a person's sum
 * move alike with each of their ratings, so they are moved once, after the last: the same result in far less time.
 */
export function svdPlusPlus(ratings: RatingMatrix, options: DescentOptions): Predict {
  const { rank, step, penalty, epochs } = options;
  const { starts, others, stars } = ratings.byPerson;
  const model = new Descent(ratings, rank);
  const implicit = model.random(ratings.byMovie.rows);
  const kept = 1 - step * penalty;
  const learnFrom = (person: number) => {
    const own = others.subarray(starts[person]!, starts[person + 1]!);
    const sum = sumOf(implicit, own, rank);
    const scale = 1 / Math.sqrt(own.length);
    const moved = new Float64Array(rank);
    for (const [at, movie] of own.entries()) {
      const error = stars[starts[person]! + at]! - model.predict(person, movie, sum);
      model.bend(person, movie, error, step, penalty);
      for (let k = 0; k < rank; k++) {
        const [p, q] = [model.people[person * rank + k]!, model.movies[movie * rank + k]!];
        model.people[person * rank + k]! += step * (error * q - penalty * p);
        model.movies[movie * rank + k]! += step * (error * (p + sum[k]!) - penalty * q);
        moved[k] = kept * moved[k]! + step * error * scale * q;
        sum[k] = kept * sum[k]! + step * error * q;
      }
    }
    const decay = kept ** own.length;
    for (const movie of own)
      for (let k = 0; k < rank; k++)
        implicit[movie * rank + k] = decay * implicit[movie * rank + k]! + moved[k]!;
  };
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let person = 0; person < ratings.byPerson.rows; person++) learnFrom(person);
  const sums = Array.from({ length: ratings.byPerson.rows }, (_, person) =>
    sumOf(implicit, others.subarray(starts[person]!, starts[person + 1]!), rank),
  );
  return (person, movie) => model.predict(person, movie, sums[person]!);
}

/** The sum of the rows of some movies, over the square root of their number. */
function sumOf(rows: Float64Array, movies: Int32Array, rank: number): Float64Array {
  const sum = new Float64Array(rank);
  for (const movie of movies)
    for (let k = 0; k < rank; k++) sum[k]! += rows[movie * rank + k]! / Math.sqrt(movies.length);
  return sum;
}

/** Biases and factors that gradient descent moves. */
class Descent {
  readonly people: Float64Array;
  readonly movies: Float64Array;
  readonly #ratings: RatingMatrix;
  readonly #rank: number;
  readonly #random = seededRandom(11);
  readonly #lenient: Float64Array;
  readonly #good: Float64Array;

  constructor(ratings: RatingMatrix, rank: number) {
    this.#ratings = ratings;
    this.#rank = rank;
    this.people = this.random(ratings.byPerson.rows);
    this.movies = this.random(ratings.byMovie.rows);
    this.#lenient = new Float64Array(ratings.byPerson.rows);
    this.#good = new Float64Array(ratings.byMovie.rows);
  }

  random(rows: number): Float64Array {
    return fillGaussian(new Float64Array(rows * this.#rank), this.#random).map((value) => 0.1 * value);
  }

  /** @param extra Added to the person's factors. */
  predict(person: number, movie: number, extra?: Float64Array): number {
    const rank = this.#rank;
    let sum = this.#ratings.mean + this.#lenient[person]! + this.#good[movie]!;
    for (let k = 0; k < rank; k++)
      sum += (this.people[person * rank + k]! + (extra ? extra[k]! : 0)) * this.movies[movie * rank + k]!;
    return sum;
  }

  bend(person: number, movie: number, error: number, step: number, penalty: number): void {
    this.#lenient[person]! += step * (error - penalty * this.#lenient[person]!);
    this.#good[movie]! += step * (error - penalty * this.#good[movie]!);
  }

  /** Every rating once, in an order that differs each time. */
  *shuffled(): Generator<[person: number, movie: number, stars: number]> {
    const { byPerson } = this.#ratings;
    const person = new Int32Array(this.#ratings.count);
    for (let row = 0; row < byPerson.rows; row++)
      person.fill(row, byPerson.starts[row], byPerson.starts[row + 1]);
    const order = Int32Array.from(person, (_, at) => at);
    for (let i = order.length - 1; i >= 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      const at = order[j]!;
      order[j] = order[i]!;
      yield [person[at]!, byPerson.others[at]!, byPerson.stars[at]!];
    }
  }
}
