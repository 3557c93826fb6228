import type { Night, NightStore } from '../people/nights.ts';
import { countVotes } from './decide.ts';

interface Counting {
  readonly nights: Pick<NightStore, 'votes'>;
  /** Ends a chat's poll and tells its votes by place; undefined where it cannot be read. */
  endPoll(chat: string, poll: string): Promise<readonly number[] | undefined>;
}

/**
 * Votes by the place of the film: those of the platform's poll, which it ends, and where there is none those that we
 * counted. Never both: nobody votes twice. Undefined where the poll cannot be read.
 */
export async function votesOf(
  night: Night,
  { nights, endPoll }: Counting,
): Promise<readonly number[] | undefined> {
  if (night.poll !== undefined) return endPoll(night.chat, night.poll);
  const ballots = await nights.votes(night.id);
  return countVotes(ballots.values(), night.proposal.length);
}
