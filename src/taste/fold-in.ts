import type { MovieId } from '../catalogue/movie.ts';
import { type Belief, Evidence, momentsLength, noiseOf, writeAsking } from './belief.ts';
import type { Place, Taste } from './model.ts';
import { factor, inner, packedLength, solve } from './packed.ts';
import { checkStars, DISLIKED_STARS, LEAST_STARS, MOST_STARS } from './ratings.ts';

/** One of a person's own ratings. */
export interface OwnRating {
  readonly movie: MovieId;
  readonly stars: number;
  /** What the movie is, as `MovieContent` gives it: it counts where ratings say little. */
  readonly content?: Float32Array | undefined;
}

/** What somebody is expected to give. */
export interface Expectation {
  /** 0.5 to 5. */
  readonly stars: number;
  /** Standard deviation of that, in stars, the person's whims apart: small is sure. */
  readonly deviation: number;
}

/** How much a star counts beside affinity where films are ranked. Measured: see `docs/taste.md`. */
const STAR_IN_SCORE = 0.1;
/** A person's noise and weights depend on each other; after so many rounds they agree. */
const ROUNDS = 5;
/** Variance, in squared stars, of how people differ in what they give for one number of content. */
const LEANING_VARIANCE = 0.02;
/** So many of the latest ratings say enough about content. */
const RATINGS_FOR_LEANING = 200;

/** Stars are given in halves. */
const STEP = 0.5;
/** Turns standard scores of the normal distribution into log odds: off by a hundredth at most. */
const LOGISTIC = 1.702;

interface Placed {
  readonly place: Place;
  readonly stars: number;
}

/**
 * A person's place, from their ratings alone and in closed form: what training would believe of them, were the
 * movies to stay where they are. Nothing of it needs to be stored.
 */
export class PersonTaste {
  readonly #taste: Taste;
  readonly #belief: Belief;
  /** Variance of their ratings around what is expected. */
  readonly #noise: number;
  /** Second moments of (bias, factors, 1). */
  readonly #asking: Float64Array;
  readonly #affinity: Float64Array;
  /** What they give for content, beyond what their factors explain. */
  readonly #leaning: Float64Array;

  /**
   * @param ratings The latest last. None gives the taste of somebody of whom nothing is known.
   * @throws RangeError at a rating that is out of range.
   */
  constructor(taste: Taste, ratings: readonly OwnRating[]) {
    const placed = ratings.map(({ movie, stars, content }) => ({
      place: taste.placeOf(movie, content),
      stars: checkStars(stars),
    }));
    const { belief, noise } = beliefFrom(taste, placed);
    this.#taste = taste;
    this.#belief = belief;
    this.#noise = noise;
    this.#asking = new Float64Array(momentsLength(taste.learned.factors.rank));
    writeAsking(belief, this.#asking);
    this.#affinity = taste.affinityOf(ratings.filter(({ stars }) => stars > DISLIKED_STARS));
    this.#leaning = new Float64Array(taste.learned.contentWidth);
    const latest = placed.slice(-RATINGS_FOR_LEANING);
    this.#leaning = leaningOf(
      latest.map(({ place, stars }) => ({ content: place.content, error: stars - this.#mean(place) })),
      this.#leaning.length,
      noise,
    );
  }

  expect(place: Place): Expectation {
    const { mean, rank } = this.#taste.learned.factors;
    const explained = this.#mean(place) - mean - along(this.#leaning, place.content);
    const square = inner(this.#asking, place.moments, rank + 2);
    return {
      stars: Math.max(LEAST_STARS, Math.min(MOST_STARS, this.#mean(place))),
      deviation: Math.sqrt(Math.max(0, square - explained ** 2)),
    };
  }

  /** How likely they give so many stars or more, in log odds. */
  oddsOf(place: Place, stars: number): number {
    const { stars: expected, deviation } = this.expect(place);
    return LOGISTIC * ((expected - (stars - STEP / 2)) / Math.sqrt(deviation ** 2 + this.#noise));
  }

  /** The higher, the sooner to be shown: the inner product of the person's vector and the movie's. */
  score(place: Place): number {
    return along(this.#affinity, place.affinity) + STAR_IN_SCORE * this.#mean(place);
  }

  /** {@link score} of every row of what was learned, by ratings alone. */
  scores(): Float64Array {
    const { affinity, affinityRank, factors, raters } = this.#taste.learned;
    const { mean, movies, rank } = factors;
    const length = momentsLength(rank);
    const bias = packedLength(rank + 1);
    const own = this.#belief.mean;
    return Float64Array.from(raters, (count, row) => {
      if (count === 0) return -Infinity;
      const start = row * length;
      let stars = mean + movies[start + bias]!;
      for (let i = 0; i <= rank; i++) stars += own[i]! * movies[start + packedLength(i)]!;
      let pull = 0;
      for (let i = 0; i < affinityRank; i++) pull += this.#affinity[i]! * affinity[row * affinityRank + i]!;
      return pull + STAR_IN_SCORE * stars;
    });
  }

  #mean({ moments, content }: Place): number {
    const { mean, rank } = this.#taste.learned.factors;
    let sum = mean + moments[packedLength(rank + 1)]!;
    for (let i = 0; i <= rank; i++) sum += this.#belief.mean[i]! * moments[packedLength(i)]!;
    return sum + along(this.#leaning, content);
  }
}

function beliefFrom(taste: Taste, placed: readonly Placed[]): { belief: Belief; noise: number } {
  const { factors } = taste.learned;
  const evidence = new Evidence(factors.rank);
  for (const { place, stars } of placed) evidence.add(place.moments, 0, stars - factors.mean);
  let noise = factors.noise;
  let belief = evidence.belief(factors.personPrior, noise);
  for (let round = 1; round < ROUNDS; round++) {
    noise = noiseOf(evidence, belief, factors.noise);
    belief = evidence.belief(factors.personPrior, noise);
  }
  return { belief, noise };
}

/** Ridge regression of what the factors leave unexplained on content. */
function leaningOf(
  errors: readonly { readonly content: Float32Array | undefined; readonly error: number }[],
  width: number,
  noise: number,
): Float64Array {
  const matrix = new Float64Array(packedLength(width));
  const right = new Float64Array(width);
  for (let i = 0; i < width; i++) matrix[packedLength(i) + i] = noise / LEANING_VARIANCE;
  for (const { content, error } of errors) {
    if (!content) continue;
    for (let i = 0, row = 0; i < width; row += ++i) {
      const value = content[i]!;
      if (value === 0) continue;
      right[i]! += value * error;
      for (let j = 0; j <= i; j++) matrix[row + j]! += value * content[j]!;
    }
  }
  return solve(factor(matrix, width), width, right);
}

/** The inner product; 0 where there is nothing on the other side. */
function along(weights: Float64Array, values: Float32Array | undefined): number {
  if (!values) return 0;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * values[i]!;
  return sum;
}
