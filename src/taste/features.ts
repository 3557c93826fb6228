import type { MovieId } from '../catalogue/movie.ts';
import type { MovieContent } from './content.ts';
import type { FeatureRows } from './regress.ts';

/** How many ratings count as many: brings the logarithm of the count near to one. */
const COUNT_SCALE = 3;
const COUNT_NUMBERS = 3;

/** Numbers that {@link writeFeatures} writes. */
export function featureWidth(affinityRank: number, contentWidth: number): number {
  return COUNT_NUMBERS + affinityRank + contentWidth;
}

/**
 * What says how a movie is liked before anybody's stars are looked at: how many rated it, who did (the direction
 * of its affinity), what it is.
 */
export function writeFeatures(
  target: Float32Array,
  offset: number,
  movie: { raters: number; affinity: Float32Array; content: Float32Array | undefined },
): void {
  const count = Math.log1p(movie.raters) / COUNT_SCALE;
  target.set([1, count, count * count], offset);
  const length = Math.hypot(...movie.affinity) || 1;
  for (const [i, value] of movie.affinity.entries()) target[offset + COUNT_NUMBERS + i] = value / length;
  if (movie.content) target.set(movie.content, offset + COUNT_NUMBERS + movie.affinity.length);
}

/**
 * A row of features for each movie.
 *
 * @param rank Numbers of affinity to a movie.
 */
export function featuresOf(
  movies: readonly MovieId[],
  raters: Int32Array,
  affinity: Float32Array,
  rank: number,
  content: MovieContent,
): FeatureRows {
  const rows = movies.length;
  const width = featureWidth(rank, content.width);
  const values = new Float32Array(rows * width);
  for (const [row, movie] of movies.entries()) {
    writeFeatures(values, row * width, {
      raters: raters[row]!,
      affinity: affinity.subarray(row * rank, (row + 1) * rank),
      content: content.of(movie),
    });
  }
  return { rows, width, values };
}
