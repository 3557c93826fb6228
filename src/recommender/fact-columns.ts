import { boundOf } from '../bound.ts';
import type { MovieId } from '../catalogue/movie.ts';
import type { Features } from './features.ts';
import { castCloseness, genreOverlap, type RelevanceModel, yearCloseness } from './relevance.ts';

const FIRST_CAPACITY = 1024;

/** Rows of deleted movies are given back once there are as many of them as of the others, and at least so many. */
const FEWEST_HOLES = 1000;

/** What the best-known movie is before one of no renown, in log odds. */
const HAIR = 0.01;

/** How many times what is wanted is looked at first, for some will not pass, and how many times more where too few did. */
const SPARE = 2;
const WIDER = 8;

/**
 * What movies share apart from their text, a column to a fact: one movie is compared with 57,000 in a fraction of a
 * millisecond, where going through their features takes fifty.
 */
export class FactColumns {
  /** Empty where a movie was deleted. */
  #movies: (Features | undefined)[] = [];
  readonly #rowOf = new Map<MovieId, number>();
  /** Places in `#genreSets`. */
  #genres = new Uint16Array(FIRST_CAPACITY);
  /** 0 where it is not known. */
  #years = new Uint16Array(FIRST_CAPACITY);
  #lastYear = 0;
  #popularity = new Float32Array(FIRST_CAPACITY);
  /** Sum of the squared weights of a movie's themes; NaN before it was asked for. */
  #squares = new Float32Array(FIRST_CAPACITY);
  /** Used again and again: as garbage outside the heap it would pile up faster than it is collected. */
  #likeness = new Float32Array(FIRST_CAPACITY);
  #shared = new Float64Array(FIRST_CAPACITY);
  readonly #genreSets: number[] = [];
  readonly #placeOf = new Map<number, number>();
  #directed = new Postings();
  #acted = new Postings();
  #themed = new Postings();

  put(features: Features): void {
    this.delete(features.id);
    if (this.#movies.length > 2 * this.#rowOf.size + FEWEST_HOLES) this.#compact();
    this.#append(features);
  }

  /** Takes over other genres of a movie of which nothing else changed. */
  putGenres(features: Features): void {
    const row = this.#rowOf.get(features.id);
    if (row === undefined) return;
    this.#movies[row] = features;
    this.#genres[row] = this.#genreSet(features.genres);
  }

  delete(id: MovieId): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#rowOf.delete(id);
    this.#movies[row] = undefined;
  }

  /**
   * The part of relevance that does not come from the text, of every row to these seeds together, in log odds. Near
   * enough to choose by: themes have the weights that they had when first asked for, and the better known of equals is
   * a hair before the other. Good until the next call.
   */
  likenessTo(
    seeds: readonly Features[],
    { weights }: Pick<RelevanceModel, 'weights'>,
    weightOf: (word: number) => number,
  ): Float32Array {
    const likeness = this.#likeness.subarray(0, this.#movies.length);
    for (let row = 0; row < likeness.length; row++) likeness[row] = HAIR * this.#popularity[row]!;
    for (const seed of seeds) {
      this.#addThemes(likeness, seed, weights.themes, weightOf);
      for (const row of this.#directed.ofAny(seed.directors)) likeness[row]! += weights.director;
      for (const row of this.#acted.ofAny(seed.cast))
        likeness[row]! += weights.cast * castCloseness(seed.cast, this.#movies[row]?.cast ?? []);
      this.#addGenresAndYears(likeness, seed, weights);
    }
    return likeness;
  }

  /** How well known the movie of each row is, 0 to 1. */
  get popularity(): Float32Array {
    return this.#popularity.subarray(0, this.#movies.length);
  }

  /** The movies of the highest scores among those that pass, best first, then the best-known, then as they are numbered. */
  best(scores: Float32Array, wanted: number, passes: (movie: Features) => boolean): Features[] {
    for (let looked = SPARE * wanted; ; looked *= WIDER) {
      const bound = boundOf(scores, looked);
      const found: number[] = [];
      for (let row = 0; row < scores.length; row++) {
        if (scores[row]! < bound) continue;
        const movie = this.#movies[row];
        if (movie && passes(movie)) found.push(row);
      }
      if (found.length >= wanted || looked >= scores.length)
        return this.#first(found, scores, wanted).map((row) => this.#movies[row]!);
    }
  }

  #first(rows: readonly number[], scores: Float32Array, wanted: number): number[] {
    const popularity = this.#popularity;
    return rows
      .toSorted(
        (a, b) =>
          scores[b]! - scores[a]! ||
          popularity[b]! - popularity[a]! ||
          this.#movies[a]!.number - this.#movies[b]!.number,
      )
      .slice(0, wanted);
  }

  #addThemes(
    likeness: Float32Array,
    { keywords }: Features,
    weight: number,
    weightOf: (word: number) => number,
  ): void {
    const shared = this.#shared.subarray(0, likeness.length).fill(0);
    for (const word of keywords) {
      const square = weightOf(word) ** 2;
      for (const row of this.#themed.of(word)) shared[row]! += square;
    }
    const squareOf = (words: readonly number[]) => words.reduce((sum, word) => sum + weightOf(word) ** 2, 0);
    const own = squareOf(keywords);
    for (let row = 0; row < shared.length; row++) {
      const sum = shared[row]!;
      if (sum === 0) continue;
      if (Number.isNaN(this.#squares[row]!)) this.#squares[row] = squareOf(this.#movies[row]?.keywords ?? []);
      likeness[row]! += weight * Math.min(1, sum / Math.sqrt(own * this.#squares[row]!));
    }
  }

  /** All rows share these in some measure: what each set of genres and each year is worth is worked out once. */
  #addGenresAndYears(likeness: Float32Array, seed: Features, weights: RelevanceModel['weights']): void {
    const ofSet = Float32Array.from(
      this.#genreSets,
      (genres) => weights.genres * genreOverlap(seed.genres, genres),
    );
    const ofYear = Float32Array.from(
      { length: this.#lastYear + 1 },
      (_, year) => weights.year * yearCloseness(seed.year, year || undefined),
    );
    const genres = this.#genres;
    const years = this.#years;
    for (let row = 0; row < likeness.length; row++)
      likeness[row]! += ofSet[genres[row]!]! + ofYear[years[row]!]!;
  }

  #append(features: Features): void {
    const row = this.#movies.push(features) - 1;
    if (row >= this.#years.length) this.#grow(2 * row);
    this.#rowOf.set(features.id, row);
    this.#genres[row] = this.#genreSet(features.genres);
    this.#years[row] = features.year ?? 0;
    this.#lastYear = Math.max(this.#lastYear, this.#years[row]!);
    this.#popularity[row] = features.popularity;
    this.#squares[row] = Number.NaN;
    for (const person of features.directors) this.#directed.add(person, row);
    for (const person of features.cast) this.#acted.add(person, row);
    for (const word of features.keywords) this.#themed.add(word, row);
  }

  #genreSet(genres: number): number {
    const known = this.#placeOf.get(genres);
    if (known !== undefined) return known;
    const place = this.#genreSets.push(genres) - 1;
    this.#placeOf.set(genres, place);
    return place;
  }

  #grow(capacity: number): void {
    this.#genres = extended(this.#genres, new Uint16Array(capacity));
    this.#years = extended(this.#years, new Uint16Array(capacity));
    this.#popularity = extended(this.#popularity, new Float32Array(capacity));
    this.#likeness = new Float32Array(capacity);
    this.#shared = new Float64Array(capacity);
    this.#squares = extended(this.#squares, new Float32Array(capacity));
  }

  #compact(): void {
    const movies = this.#movies.filter((movie) => movie !== undefined);
    this.#movies = [];
    this.#directed = new Postings();
    this.#acted = new Postings();
    this.#themed = new Postings();
    for (const movie of movies) this.#append(movie);
  }
}

/** The rows of each name or word, by its number. Most names stand at one row: that costs no list. */
class Postings {
  readonly #rows: (number | number[] | undefined)[] = [];

  add(number: number, row: number): void {
    while (this.#rows.length <= number) this.#rows.push(undefined);
    const rows = this.#rows[number];
    if (rows === undefined) this.#rows[number] = row;
    else if (typeof rows === 'number') this.#rows[number] = [rows, row];
    else rows.push(row);
  }

  /** The rows that have one of these numbers or more. */
  ofAny(numbers: readonly number[]): Set<number> {
    const rows = new Set<number>();
    for (const number of numbers) for (const row of this.of(number)) rows.add(row);
    return rows;
  }

  of(number: number): readonly number[] {
    const rows = this.#rows[number] ?? [];
    return typeof rows === 'number' ? [rows] : rows;
  }
}

function extended<T extends Uint16Array | Float32Array>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
