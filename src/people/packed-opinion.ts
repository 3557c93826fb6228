import type { Opinion } from './opinions.ts';

const SEEN = 16;
const DISMISSED = 32;
const THERE = 64;

/** An opinion, or that there was none, as a small whole number for a button: enough to put it back. */
export function packOpinion(opinion: Opinion | undefined): number {
  if (!opinion) return 0;
  const { stars = 0, seen, dismissed } = opinion;
  return THERE + stars * 2 + (seen ? SEEN : 0) + (dismissed ? DISMISSED : 0);
}

/** The opinion as it stood, of this movie at this time; undefined where there was none. Throws RangeError on forged numbers. */
export function unpackOpinion(packed: number, movie: number, at: number): Opinion | undefined {
  if (packed === 0) return undefined;
  const halves = packed % SEEN;
  if (packed < THERE || packed >= 2 * THERE || halves > 10) throw new RangeError('no packed opinion');
  return {
    movie,
    ...(halves > 0 && { stars: halves / 2 }),
    seen: (packed & SEEN) !== 0,
    dismissed: (packed & DISMISSED) !== 0,
    at,
  };
}
