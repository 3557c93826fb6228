import type { Movie } from '../../src/catalogue/movie.ts';
import { aMovie } from '../../test/fixtures/movies.ts';

/** The films with the numbers from `first`, so many; their texts are as long as those of a described film usually are. */
export function films(first: number, count: number): Movie[] {
  return Array.from({ length: count }, (_, i) =>
    aMovie({
      id: `tt${first + i}`,
      number: first + i,
      overview: `The story of film ${first + i}. `.repeat(8),
    }),
  );
}
