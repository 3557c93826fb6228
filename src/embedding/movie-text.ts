/** Changes with every change of {@link movieText}; part of every embedder's id, so that old vectors count as stale. */
export const TEXT_RECIPE = 't1';

/** How often the genres are repeated: measured (data/words.md), they say more about likeness than any sentence. */
const GENRE_WEIGHT = 4;

/** What a movie's text may be made of; the recipe decides what is used. */
export interface DescribedMovie {
  readonly title: string;
  readonly overview?: string | undefined;
  readonly tagline?: string | undefined;
  readonly keywords: readonly string[];
  /** Names or slugs. */
  readonly genres: readonly string[];
}

/**
 * The text a movie is embedded from: overview, keywords and, several times, genres. Title and tagline are left
 * out: "Heat" is not about warmth, and taglines made the measured likeness worse.
 *
 * @returns `undefined` for a thin movie, one with neither overview nor keywords: it says too little to compare.
 */
export function movieText(movie: DescribedMovie): string | undefined {
  const overview = movie.overview?.trim() ?? '';
  const keywords = movie.keywords.join(', ');
  if (overview === '' && keywords === '') return undefined;
  const genres = movie.genres.join(', ').replaceAll('-', ' ');
  const parts = [overview, keywords, ...Array<string>(GENRE_WEIGHT).fill(genres)];
  return parts.filter((part) => part !== '').join('\n');
}
