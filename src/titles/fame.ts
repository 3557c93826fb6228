/** Fame of a movie that nobody voted for. */
export const UNKNOWN_FAME = -1;

/** Fame of a movie that people speak of: one in thirty. */
export const TALKED_ABOUT = 3.5;

/** A percentile this close to 1 says no more: the best of 300,000. */
const FINEST = 3e-6;

/** One in 90: from here on everybody has heard of it, and twice the votes are no longer twice the questions. */
const WELL_KNOWN = 4.5;
const BEYOND = 0.25;

/**
 * How much likelier than the least known a movie is to be asked for, in nats: 0 for the least voted, 4.5 for one in
 * 90, 6.6 at most. The percentile saturates near 1, where people's questions are; its logarithm ("one in so many")
 * does not. The bend is that of real votes against their rank.
 */
export function fameOf(popularity: number | undefined): number {
  if (popularity === undefined) return UNKNOWN_FAME;
  const rarity = -Math.log(Math.min(1, 1 - popularity + FINEST));
  return Math.min(rarity, WELL_KNOWN) + BEYOND * Math.max(0, rarity - WELL_KNOWN);
}

export const MAX_FAME = WELL_KNOWN + BEYOND * (-Math.log(FINEST) - WELL_KNOWN);
