import { inRevisions } from './revisions.ts';
import type { Statements } from './statements.ts';

/** Rows to a write transaction: a few milliseconds each, so that nobody waits long. */
const BATCH = 1000;

/** A change smaller than this is not worth a new revision of the row. */
const NOTICEABLE = 0.002;

/** Where the revision is kept that popularity was last worked out for. */
const RANKED = 'ranked';

/** What is to be written, and the catalogue's revision that it is right for. */
interface Ranking {
  readonly revision: number;
  readonly changes: readonly (readonly [movie: number, popularity: number | null])[];
}

/** `undefined` where nothing was written since popularity was last worked out. */
export function newRanking(statements: Statements): Ranking | undefined {
  const revision = statements.meta('revision')!;
  if (statements.meta(RANKED) === revision) return undefined;
  return { revision, changes: statements.stalePopularities(NOTICEABLE) };
}

/** Writes the next of the changes, in one transaction. Answers what is left. */
export function writePopularity(statements: Statements, { revision, changes }: Ranking): Ranking {
  const revisions = statements.transaction(() =>
    inRevisions(statements, changes.slice(0, BATCH), ([movie, popularity], written) =>
      statements.putPopularity(movie, popularity, written),
    ),
  );
  return { revision: revision + revisions, changes: changes.slice(BATCH) };
}

/**
 * To be called when all changes are written. Where others wrote meanwhile, the revision is behind the catalogue's, so
 * that the next time works it out again.
 */
export function noteRanking(statements: Statements, { revision }: Ranking): void {
  statements.putMeta(RANKED, revision);
}
