import type { Statements } from './statements.ts';

/** Rows to a revision: whoever follows the catalogue takes a revision whole, in some milliseconds. */
const ROWS_TO_A_REVISION = 200;

/** Writes rows within a transaction, each with the revision that it is stamped with. Answers how many revisions that were. */
export function inRevisions<Row>(
  statements: Statements,
  rows: readonly Row[],
  write: (row: Row, revision: number) => void,
): number {
  let revision = 0;
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_TO_A_REVISION === 0) revision = statements.nextRevision();
    write(row, revision);
  }
  return Math.ceil(rows.length / ROWS_TO_A_REVISION);
}
