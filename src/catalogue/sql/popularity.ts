import type { Statements } from './statements.ts';

/** Rows to a write transaction: a few milliseconds each, so that nobody waits long. */
const BATCH = 1000;

/** A change smaller than this is not worth a new revision of the row. */
const NOTICEABLE = 0.002;

export interface PopularityChange {
  readonly movie: number;
  readonly popularity: number | null;
}

/**
 * What to write so that each movie's popularity is the highest of its percentiles within the sources that counted
 * votes for it, and of what a source gave outright.
 */
export function popularityChanges(statements: Statements): PopularityChange[] {
  const wanted = new Map<number, number>();
  for (const [movie, percentile] of statements.votePercentiles())
    wanted.set(movie, Math.max(percentile, wanted.get(movie) ?? 0));
  return statements.popularities().flatMap(([movie, popularity, given]) => {
    const percentile = wanted.get(movie);
    const value = percentile === undefined ? given : Math.max(percentile, given ?? 0);
    const same =
      value === null || popularity === null
        ? value === popularity
        : Math.abs(value - popularity) < NOTICEABLE;
    return same ? [] : [{ movie, popularity: value }];
  });
}

/** Writes the next of the changes, in one transaction. Answers those that are left. */
export function writePopularity(
  statements: Statements,
  changes: readonly PopularityChange[],
): PopularityChange[] {
  statements.transaction(() => {
    const revision = statements.nextRevision();
    for (const { movie, popularity } of changes.slice(0, BATCH))
      statements.putPopularity(movie, popularity, revision);
  });
  return changes.slice(BATCH);
}
