import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import type { MovieId } from '../catalogue/movie.ts';

/** What is known of movies without any rating. */
export interface MovieContent {
  /** Changes whenever the same movie could give other numbers. */
  readonly id: string;
  /** Numbers to a movie. */
  readonly width: number;
  /** `undefined` where nothing is known. */
  of(movie: MovieId): Float32Array | undefined;
}

/** No content at all: a movie is known by its ratings or not at all. */
export const NO_CONTENT: MovieContent = { id: 'none', width: 0, of: () => undefined };

const MIDDLE_YEAR = 1990;
const YEARS = 20;
/** After this the taste for films of a time bends, in units of `YEARS`. */
const RECENT = 0.5;
const YEAR_NUMBERS = 4;

/** Numbers that {@link describe} gives. */
export const CONTENT_WIDTH = GENRE_SLUGS.length + YEAR_NUMBERS;
/** Of what {@link describe} tells of; another one where that changes. */
export const CONTENT_ID = 'genres-year-1';

/**
 * A movie's genres and time as numbers of similar size. Likeness of texts has its own say where films are ranked: see
 * `recommender/personal`. So what was learned outlives any embedder.
 */
export function describe(movie: {
  readonly genres: readonly Genre[];
  readonly year?: number | undefined;
}): Float32Array {
  const years = movie.year === undefined ? 0 : (movie.year - MIDDLE_YEAR) / YEARS;
  return Float32Array.of(
    ...GENRE_SLUGS.map((slug) => (movie.genres.includes(slug) ? 1 : 0)),
    years,
    years ** 2,
    Math.max(0, years - RECENT),
    movie.year === undefined ? 1 : 0,
  );
}
