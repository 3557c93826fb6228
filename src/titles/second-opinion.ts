import Fuse from 'fuse.js';
import { normalise } from './normalise.ts';
import type { Scored } from './pool.ts';

/** How many of the best are heard again, and what a whole point of Fuse's score (0 best, 1 worst) counts, in nats. */
const HEARD = 12;
const WEIGHT = 1;

/**
 * Fuse.js's view of the best few, for words that our own judge cannot settle: it sees letters in order where ours
 * sees words. On the bench it puts right a quarter of a percent of all queries; asked always, it does harm.
 */
export function secondOpinion(ranked: readonly Scored[], typed: string): Scored[] {
  const heard = ranked.slice(0, HEARD);
  const fuse = new Fuse(
    heard.map(({ title }) => normalise(title)),
    { includeScore: true, threshold: 0.8, ignoreLocation: true, ignoreFieldNorm: true },
  );
  const scores = new Map(fuse.search(normalise(typed)).map(({ refIndex, score }) => [refIndex, score ?? 1]));
  return heard
    .map((each, index) => ({ ...each, worth: each.worth - WEIGHT * (scores.get(index) ?? 1) }))
    .sort((a, b) => b.worth - a.worth || a.movie.number - b.movie.number)
    .concat(ranked.slice(HEARD).map((each) => ({ ...each, worth: each.worth - WEIGHT })));
}
