import type { UpsertOutcome } from '../catalogue.ts';
import type { MovieRecord } from '../movie.ts';
import type { Draft } from './draft.ts';
import { Matcher } from './matcher.ts';
import { inRevisions } from './revisions.ts';
import type { Statements } from './statements.ts';

/** Adds or merges the records in one transaction. Outcomes stand in the order of the records. */
export function upsertRecords(statements: Statements, records: readonly MovieRecord[]): UpsertOutcome[] {
  return statements.transaction(() => {
    const matcher = new Matcher(statements, records);
    const outcomes = matcher.takeAll();
    write(statements, matcher.drafts);
    return outcomes;
  });
}

function write(statements: Statements, drafts: readonly Draft[]): void {
  const touched = drafts.filter((draft) => draft.touched);
  inRevisions(statements, touched, (draft, revision) => {
    if (draft.isNew) statements.addMovie(draft.row(revision));
    else statements.putMovie(draft.row(revision));
    for (const vote of draft.changedVotes()) statements.putVote(vote);
    if (draft.living !== draft) statements.leadOver(draft.number, draft.living.number);
  });
  for (const draft of drafts) {
    for (const id of draft.newIds) statements.putId({ id, movie: draft.number });
    for (const { source, value } of draft.newOutsideIds)
      statements.putOutsideId({ source, kind: draft.facts.kind, value, movie: draft.number });
  }
}
