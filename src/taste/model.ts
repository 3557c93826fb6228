import { boundOf } from '../bound.ts';
import type { MovieId } from '../catalogue/movie.ts';
import { AffinitySolver } from './affinity.ts';
import { momentsLength, writeMoments } from './belief.ts';
import type { Factors } from './factorise.ts';
import { featureWidth, writeFeatures } from './features.ts';
import { type LinearMap, mapRow } from './regress.ts';

/** Everything that training learns; people are not part of it. */
export interface LearnedTaste {
  readonly movies: readonly MovieId[];
  /** How many people rated each movie. */
  readonly raters: Int32Array;
  readonly factors: Factors;
  /** Affinity of each movie, `affinityRank` numbers to a row. */
  readonly affinity: Float32Array;
  readonly affinityRank: number;
  /** See `costOfNearness`. */
  readonly affinityCost: Float64Array;
  /** From content to affinity, for movies that nobody rated. */
  readonly affinityMap: LinearMap;
  /** The `MovieContent` it was learned with. */
  readonly contentId: string;
  readonly contentWidth: number;
}

/** Where a movie stands among all others. */
export interface Place {
  /** How many people of the training rated it; 0 where it is placed by its content alone. */
  readonly raters: number;
  /** Second moments of (1, factors, bias): see `belief.ts`. */
  readonly moments: Float32Array;
  readonly affinity: Float32Array;
  readonly content: Float32Array | undefined;
}

/** How many raters it takes until likeness by ratings counts half. */
const HALF_TRUSTED_RATERS = 10;

/** Movies in the space in which people have their place, too. */
export class Taste {
  readonly learned: LearnedTaste;
  readonly #affinitySolver: AffinitySolver;
  readonly #rows: ReadonlyMap<MovieId, number>;
  readonly #ids: MovieId[] = [];

  /** @param merged Ids of movies that were found to be others since, with the ids of those. */
  constructor(learned: LearnedTaste, merged: ReadonlyMap<MovieId, MovieId> = new Map()) {
    this.learned = learned;
    this.#affinitySolver = new AffinitySolver(learned.affinity, learned.affinityRank, learned.affinityCost);
    this.#rows = rowsOf(learned, merged);
    for (const [movie, row] of this.#rows) this.#ids[row] = movie;
  }

  /** The id that the movie of a row has now; `undefined` where another row stands for it. */
  idOf(row: number): MovieId | undefined {
    return this.#ids[row];
  }

  /** The affinity of whoever gave these ratings. Movies that nobody else rated say nothing. */
  affinityOf(ratings: readonly { readonly movie: MovieId; readonly stars: number }[]): Float64Array {
    const known = ratings.flatMap(({ movie, stars }) => {
      const row = this.#rowOf(movie);
      return row === undefined ? [] : { row, stars };
    });
    return this.#affinitySolver.vectorOf(
      Int32Array.from(known, ({ row }) => row),
      Float32Array.from(known, ({ stars }) => stars),
    );
  }

  /**
   * Where a movie stands: by its ratings, or by its content where nobody rated it.
   *
   * @param content As the `MovieContent` of the training gives it.
   */
  placeOf(movie: MovieId, content?: Float32Array): Place {
    const row = this.#rowOf(movie);
    if (row === undefined) return this.#placeByContent(content);
    const { affinity, affinityRank, factors, raters } = this.learned;
    const length = momentsLength(factors.rank);
    return {
      raters: raters[row]!,
      moments: factors.movies.subarray(row * length, (row + 1) * length),
      affinity: affinity.subarray(row * affinityRank, (row + 1) * affinityRank),
      content,
    };
  }

  /**
   * How far the same people choose and like two movies: the cosine of their affinities, to be trusted the less the
   * fewer people rated them. `undefined` where one of them was never rated. The same both ways.
   */
  likeness(a: MovieId, b: MovieId): { likeness: number; trust: number } | undefined {
    const [first, second] = [this.#rowOf(a), this.#rowOf(b)];
    if (first === undefined || second === undefined) return undefined;
    return this.#likenessOfRows(first, second);
  }

  /** The `count` movies that the same people choose and like most surely, the surest first; none for one never rated. */
  closestTo(movie: MovieId, count: number): MovieId[] {
    const row = this.#rowOf(movie);
    if (row === undefined) return [];
    const scores = Float64Array.from(this.learned.raters, (_, other) => {
      const { likeness, trust } = this.#likenessOfRows(row, other);
      return other === row ? -1 : trust * likeness;
    });
    const bound = Math.max(Number.MIN_VALUE, boundOf(scores, count));
    return [...scores.keys()]
      .filter((other) => scores[other]! >= bound)
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .flatMap((other) => this.#ids[other] ?? [])
      .slice(0, count);
  }

  #likenessOfRows(a: number, b: number): { likeness: number; trust: number } {
    const { affinity, affinityRank: rank, raters } = this.learned;
    const fewer = Math.min(raters[a]!, raters[b]!);
    return {
      likeness: cosine(affinity, a * rank, b * rank, rank),
      trust: fewer / (fewer + HALF_TRUSTED_RATERS),
    };
  }

  /** The movie's row in what was learned, where anybody rated it. */
  #rowOf(movie: MovieId): number | undefined {
    const row = this.#rows.get(movie);
    return row !== undefined && this.learned.raters[row]! > 0 ? row : undefined;
  }

  #placeByContent(content: Float32Array | undefined): Place {
    const { affinityMap, affinityRank, contentWidth, factors } = this.learned;
    const features = new Float32Array(featureWidth(affinityRank, contentWidth));
    writeFeatures(features, 0, { raters: 0, affinity: new Float32Array(affinityRank), content });
    const { map, covariance } = factors.moviePrior;
    const moments = new Float32Array(momentsLength(factors.rank));
    writeMoments({ mean: mapRow(map, features, 0), covariance }, moments, 0);
    const affinity = content ? mapRow(affinityMap, content, 0) : new Float64Array(affinityRank);
    return { raters: 0, moments, affinity: Float32Array.from(affinity), content };
  }
}

/** Of a movie's rows, where it was several once, the one that most people rated. */
function rowsOf(
  { movies, raters }: LearnedTaste,
  merged: ReadonlyMap<MovieId, MovieId>,
): ReadonlyMap<MovieId, number> {
  const rows = new Map<MovieId, number>();
  for (const [row, movie] of movies.entries()) {
    const living = merged.get(movie) ?? movie;
    const known = rows.get(living);
    if (known === undefined || raters[row]! > raters[known]!) rows.set(living, row);
  }
  return rows;
}

/** Of two vectors of a matrix that begin at these places. */
function cosine(matrix: Float32Array, a: number, b: number, rank: number): number {
  let [product, first, second] = [0, 0, 0];
  for (let i = 0; i < rank; i++) {
    const [x, y] = [matrix[a + i]!, matrix[b + i]!];
    product += x * y;
    first += x ** 2;
    second += y ** 2;
  }
  return product === 0 ? 0 : product / Math.sqrt(first * second);
}
