import type { Candidate } from '../people/nights.ts';

/** How a vote came out. */
export interface Outcome {
  /** The winning movie's number. */
  readonly winner: number;
  /** For the winner, and for all films. */
  readonly votes: number;
  readonly total: number;
  /** Others had as many. */
  readonly tied: boolean;
}

/**
 * Most votes win. Of several with as many, the one that the least pleased likes best, then the one that all like best
 * on the whole, then the one that was proposed first. Undefined where nothing was proposed.
 */
export function decide(proposal: readonly Candidate[], votes: readonly number[]): Outcome | undefined {
  const counted = proposal.map((candidate, place) => ({ ...candidate, votes: votes[place] ?? 0 }));
  const [best, second] = counted.toSorted(
    (a, b) => b.votes - a.votes || b.score - a.score || b.mean - a.mean,
  );
  if (!best) return undefined;
  return {
    winner: best.movie,
    votes: best.votes,
    total: counted.reduce((sum, each) => sum + each.votes, 0),
    tied: best.votes > 0 && second?.votes === best.votes,
  };
}

/** Votes by place, from who voted for which place. */
export function countVotes(ballots: Iterable<number>, places: number): number[] {
  const counts = Array.from({ length: places }, () => 0);
  for (const choice of ballots) if (choice < places) counts[choice]! += 1;
  return counts;
}
