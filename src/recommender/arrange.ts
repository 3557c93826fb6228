import type { Ranked } from './parts.ts';

/** What popularity may add to the order: it settles near ties, and no percentage shown changes by it. */
const POPULARITY_WEIGHT = 0.05;

/** What each earlier movie of the same director, or of the same series, costs a movie's place. */
const SAME_DIRECTOR = 0.04;
const SAME_FRANCHISE = 0.12;

/** No movie loses more than so many repetitions' worth. */
const MAX_REPEATS = 4;

/**
 * The order of the list: by relevance, popularity settling near ties, and repetition of a director or a series making
 * room for others. Greedy, deterministic (ties by number), so that pages of the same query never overlap.
 */
export function arrange(ranked: readonly Ranked[]): Ranked[] {
  const left = ranked
    .map((each) => ({ each, value: each.relevance + POPULARITY_WEIGHT * each.features.popularity }))
    .sort((a, b) => b.value - a.value || a.each.features.number - b.each.features.number);
  const repeats = new Map<string, number>();
  const costOf = ({ features }: Ranked) => {
    const directors = Math.max(0, ...features.directors.map((person) => repeats.get(`d${person}`) ?? 0));
    const series = features.franchise ? (repeats.get(`f${features.franchise}`) ?? 0) : 0;
    return SAME_DIRECTOR * Math.min(directors, MAX_REPEATS) + SAME_FRANCHISE * Math.min(series, MAX_REPEATS);
  };
  const list: Ranked[] = [];
  while (left.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < left.length; index++) {
      const candidate = left[index]!;
      if (candidate.value <= bestValue) break; // sorted: no later one can be better
      const value = candidate.value - costOf(candidate.each);
      if (value > bestValue) [best, bestValue] = [index, value];
    }
    const [chosen] = left.splice(best, 1);
    list.push(chosen!.each);
    for (const person of chosen!.each.features.directors) raise(repeats, `d${person}`);
    if (chosen!.each.features.franchise) raise(repeats, `f${chosen!.each.features.franchise}`);
  }
  return list;
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
