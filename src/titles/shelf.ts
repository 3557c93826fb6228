import type { Kind, MovieId } from '../catalogue/movie.ts';

/** A movie as the title index knows it. */
export interface ShelfMovie {
  readonly number: number;
  readonly id: MovieId;
  readonly kind: Kind;
  readonly year?: number;
  readonly adult: boolean;
  /** See `fameOf`. */
  readonly fame: number;
  readonly franchise?: string;
}

/** Flags of a movie, which the index file holds. */
export const SHOW = 1;
export const ADULT = 2;

export function flagsOf({ kind, adult }: Pick<ShelfMovie, 'kind' | 'adult'>): number {
  return (kind === 'show' ? SHOW : 0) | (adult ? ADULT : 0);
}

/** Whether a name is the movie's main title, the original one, or another. */
export type NameRank = 0 | 1 | 2;

/**
 * Names of movies with two ways in: by their bare form, and by trigram. Movies and names are counted from 0, the most
 * famous movie first, a movie's names side by side.
 */
export interface Shelf {
  readonly names: number;
  readonly movies: number;
  /** Names whose bare form has this hash, most famous first; now and then one of another form with the same hash. */
  withHash(hash: number): Uint32Array;
  /** Names that hold the trigram, most famous first. */
  withGram(gram: number): Uint32Array;
  /** Number of different trigrams of a name, at most 255. */
  gramCount(name: number): number;
  /** Folded words with `PART` marks, numbers as written. */
  words(name: number): string;
  /** The name as stored in the catalogue. */
  title(name: number): string;
  rank(name: number): NameRank;
  movieOf(name: number): number;
  fame(movie: number): number;
  /** 0 where unknown. */
  year(movie: number): number;
  number(movie: number): number;
  /** {@link SHOW} and {@link ADULT}. */
  flags(movie: number): number;
  /** All movies of a movie's franchise, itself included; none where it has no franchise. */
  franchiseOf(movie: number): readonly number[];
  movie(movie: number): ShelfMovie;
  namesOf(movie: number): readonly [from: number, to: number];
  /** The movie with a catalogue number. */
  withNumber(number: number): number | undefined;
}
