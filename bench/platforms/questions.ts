import type { Movie } from '../../src/catalogue/movie.ts';

/** What people of a chat platform do, in the shares in which the benchmark has them do it. */
export type Question =
  | { readonly what: 'similar' | 'movie'; readonly title: string }
  | { readonly what: 'plot'; readonly text: string }
  | { readonly what: 'typing'; readonly typed: string }
  /** A button or an option of an earlier list. */
  | { readonly what: 'page' | 'pick' };

/** In twenty questions. */
const MIX = shuffled({ similar: 8, typing: 5, page: 3, pick: 2, movie: 1, plot: 1 });
/** What somebody remembers of a story. */
const REMEMBERED = 120;

/** The question with this number, about the movies in turn. */
export function question(number: number, movies: readonly Movie[]): Question {
  const what = MIX[number % MIX.length]!;
  // Far enough apart that the same film does not come again at once.
  const movie = movies[(number * 7919) % movies.length]!;
  switch (what) {
    case 'similar':
    case 'movie':
      return { what, title: movie.year ? `${movie.title} (${movie.year})` : movie.title };
    case 'plot':
      return { what, text: (movie.overview ?? movie.title).slice(0, REMEMBERED) };
    case 'typing':
      return { what, typed: movie.title.slice(0, 2 + (number % 9)) };
    default:
      return { what };
  }
}

/** Each as often as it says, spread evenly. */
function shuffled<K extends string>(counts: Readonly<Record<K, number>>): K[] {
  const placed = (Object.entries(counts) as [K, number][]).flatMap(([what, count]) =>
    Array.from({ length: count }, (_, index) => ({ what, at: (index + 0.5) / count })),
  );
  return placed.sort((a, b) => a.at - b.at).map(({ what }) => what);
}
