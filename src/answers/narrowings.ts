import type { Movie } from '../catalogue/movie.ts';
import type { Call } from '../chat/invocation.ts';

/** Minutes. */
const SHORT = '100';

/** One filter, as it is typed. */
export interface Narrowing {
  readonly name: string;
  readonly text: string;
}

/**
 * Filters that would narrow a list of these movies beside those in effect, the most telling first: up to so many genres
 * and a decade that many of the movies have and some have not, a shorter running time, and hidden gems.
 */
export function narrowings(movies: readonly Movie[], inEffect: Call['args'], genres: number): Narrowing[] {
  const said = inEffect.genre?.split(',') ?? [];
  const common = mostly(movies, (movie) => movie.genres)
    .filter((slug) => !said.some((each) => each.endsWith(slug)))
    .slice(0, genres);
  const [decade] = mostly(movies, ({ year }) => (year === undefined ? [] : [`${year - (year % 10)}s`]));
  const isDated = inEffect.decade || inEffect.from || inEffect.to;
  return [
    ...common.map((slug) => ({ name: 'genre', text: slug })),
    ...(decade && !isDated ? [{ name: 'decade', text: decade }] : []),
    ...(inEffect.runtime ? [] : [{ name: 'runtime', text: SHORT }]),
    ...(inEffect.popularity ? [] : [{ name: 'popularity', text: 'low' }]),
  ];
}

/** What some of the movies have, but not all of them: what most have first. */
function mostly<T>(movies: readonly Movie[], of: (movie: Movie) => readonly T[]): T[] {
  const counts = new Map<T, number>();
  for (const value of movies.flatMap(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count < movies.length)
    .sort((a, b) => b[1] - a[1])
    .map(([value]) => value);
}
