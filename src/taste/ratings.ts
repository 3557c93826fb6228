import type { MovieId } from '../catalogue/movie.ts';

/** One account's opinion of one movie. */
export interface Rating {
  /** Whose it is: `platform:id` for an account, `movielens:17` for somebody of an imported set. */
  readonly person: string;
  readonly movie: MovieId;
  /** 0.5 to 5 in half steps. */
  readonly stars: number;
  /** Seconds since 1970; of two ratings of one movie by one person the later counts. */
  readonly at: number;
}

export const LEAST_STARS = 0.5;
export const MOST_STARS = 5;
/** From here on a rating says "I liked it", and up to there "I did not". */
export const LIKED_STARS = 4;
export const DISLIKED_STARS = 2;

/** The ratings of one person, or of one movie, lie side by side: row r is `starts[r]` up to `starts[r + 1]`. */
export interface RatingRows {
  readonly rows: number;
  readonly starts: Int32Array;
  /** The movie, or the person, at the other end of each rating. */
  readonly others: Int32Array;
  readonly stars: Float32Array;
}

/** Ratings as a sparse matrix, kept both ways round. People and movies are numbered from 0. */
export interface RatingMatrix {
  readonly count: number;
  /** Mean of all stars; the middle of the scale where there are none. */
  readonly mean: number;
  readonly movies: readonly MovieId[];
  readonly byPerson: RatingRows;
  readonly byMovie: RatingRows;
}

/** Columns of equal length: who, what, how many stars. People's names are not kept. */
export interface RatingColumns {
  readonly movies: readonly MovieId[];
  readonly people: number;
  readonly person: Int32Array;
  readonly movie: Int32Array;
  readonly stars: Float32Array;
}

/** @throws RangeError where the number of stars cannot be given. */
export function checkStars(stars: number): number {
  if (!(stars >= LEAST_STARS && stars <= MOST_STARS && Number.isInteger(stars * 2))) {
    throw new RangeError(`stars must be ${LEAST_STARS} to ${MOST_STARS} in half steps, not ${stars}`);
  }
  return stars;
}

/**
 * Reads ratings into columns, numbering people and movies in the order in which they come.
 *
 * @throws RangeError at a rating that is out of range.
 */
export async function readRatings(
  ratings: Iterable<Rating> | AsyncIterable<Rating>,
  signal?: AbortSignal,
): Promise<RatingColumns> {
  const people = new Numbering();
  const movies = new Numbering();
  const places = new Map<number, number>();
  const person: number[] = [];
  const movie: number[] = [];
  const stars: number[] = [];
  const at: number[] = [];
  for await (const rating of ratings) {
    signal?.throwIfAborted();
    checkStars(rating.stars);
    const [row, column] = [people.of(rating.person), movies.of(rating.movie)];
    const pair = row * MOST_MOVIES + column;
    const place = places.get(pair) ?? person.length;
    if (place < person.length && at[place]! > rating.at) continue;
    places.set(pair, place);
    person[place] = row;
    movie[place] = column;
    stars[place] = rating.stars;
    at[place] = rating.at;
  }
  return {
    movies: movies.names,
    people: people.names.length,
    person: Int32Array.from(person),
    movie: Int32Array.from(movie),
    stars: Float32Array.from(stars),
  };
}

/** Makes a (person, movie) pair one exact integer; no catalogue has so many titles. */
const MOST_MOVIES = 2 ** 26;

/** @param chosen Which ratings to take, by their place in the columns; all of them by default. */
export function matrixOf(columns: RatingColumns, chosen?: Int32Array): RatingMatrix {
  const places = chosen ?? Int32Array.from(columns.stars, (_, place) => place);
  let sum = 0;
  for (const place of places) sum += columns.stars[place]!;
  return {
    count: places.length,
    mean: places.length > 0 ? sum / places.length : (LEAST_STARS + MOST_STARS) / 2,
    movies: columns.movies,
    byPerson: rowsOf(columns.person, columns.people, columns.movie, columns.stars, places),
    byMovie: rowsOf(columns.movie, columns.movies.length, columns.person, columns.stars, places),
  };
}

function rowsOf(
  row: Int32Array,
  rows: number,
  other: Int32Array,
  stars: Float32Array,
  places: Int32Array,
): RatingRows {
  const starts = new Int32Array(rows + 1);
  for (const place of places) starts[row[place]! + 1]! += 1;
  for (let r = 0; r < rows; r++) starts[r + 1]! += starts[r]!;
  const next = starts.slice(0, rows);
  const result = {
    rows,
    starts,
    others: new Int32Array(places.length),
    stars: new Float32Array(places.length),
  };
  for (const place of places) {
    const to = next[row[place]!]!++;
    result.others[to] = other[place]!;
    result.stars[to] = stars[place]!;
  }
  return result;
}

class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
