import type { Statements } from './statements.ts';

/** Rows to a write transaction: a few milliseconds each, so that nobody waits long. */
const BATCH = 1000;

/** A change smaller than this is not worth a new revision of the row. */
const NOTICEABLE = 0.002;

export type PopularityChange = readonly [movie: number, popularity: number | null];

export function popularityChanges(statements: Statements): readonly PopularityChange[] {
  return statements.stalePopularities(NOTICEABLE);
}

/** Writes the next of the changes, in one transaction. Answers those that are left. */
export function writePopularity(
  statements: Statements,
  changes: readonly PopularityChange[],
): readonly PopularityChange[] {
  statements.transaction(() => {
    const revision = statements.nextRevision();
    for (const [movie, popularity] of changes.slice(0, BATCH))
      statements.putPopularity(movie, popularity, revision);
  });
  return changes.slice(BATCH);
}
