import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';

/** Genres as the bits of one number: of many movies they are compared in one operation. One to each of `GENRE_SLUGS`. */
export function genreBits(genres: readonly Genre[]): number {
  return genres.reduce((bits, genre) => bits | (1 << GENRE_SLUGS.indexOf(genre)), 0);
}

export function genresOfBits(bits: number): Genre[] {
  return GENRE_SLUGS.filter((_, bit) => bits & (1 << bit));
}
