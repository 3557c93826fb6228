import type { Features } from './features.ts';
import type { RankingModel } from './model.ts';
import type { Ranked } from './parts.ts';

/** What each earlier movie of the same director, with the same lead or of the same year costs, beside the other two. */
const SAME = { director: 1, lead: 0.5, year: 0.25 } as const;

/** So many of the best are put in order; the others follow as they are. A list shows fifty at most. */
const ARRANGED = 120;

/** No movie loses more than so many repetitions' worth. */
const MAX_REPEATS = 4;

/**
 * The order of the list: by relevance, popularity settling near ties, and repetition of a director, a lead or a year
 * making room for others. Unlike maximal marginal relevance it counts: the fourth film of a director costs more than
 * the second. Greedy and deterministic (ties by number), so that pages of the same query never overlap.
 */
export function arrange(ranked: readonly Ranked[], { popularity, variety }: RankingModel['order']): Ranked[] {
  const sorted = ranked
    .map((each) => ({ each, value: (each.place ?? each.relevance) + popularity * each.features.popularity }))
    .sort((a, b) => b.value - a.value || a.each.features.number - b.each.features.number);
  const left = sorted.splice(0, ARRANGED);
  const seen = new Repeats();
  const list: Ranked[] = [];
  while (left.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < left.length; index++) {
      const candidate = left[index]!;
      if (candidate.value <= bestValue) break; // sorted: no later one can be better
      const value = candidate.value - variety * seen.cost(candidate.each.features);
      if (value > bestValue) [best, bestValue] = [index, value];
    }
    const [chosen] = left.splice(best, 1);
    list.push(chosen!.each);
    seen.add(chosen!.each.features);
  }
  return [...list, ...sorted.map(({ each }) => each)];
}

/** How often each director, lead and year already stands in the list. */
class Repeats {
  readonly #directors = new Map<number, number>();
  readonly #leads = new Map<number, number>();
  readonly #years = new Map<number, number>();

  cost({ directors, cast, year }: Features): number {
    return (
      SAME.director * most(this.#directors, directors) +
      SAME.lead * most(this.#leads, cast.slice(0, 1)) +
      SAME.year * (year === undefined ? 0 : most(this.#years, [year]))
    );
  }

  add({ directors, cast, year }: Features): void {
    raise(this.#directors, directors);
    raise(this.#leads, cast.slice(0, 1));
    if (year !== undefined) raise(this.#years, [year]);
  }
}

function most(counts: ReadonlyMap<number, number>, keys: readonly number[]): number {
  let highest = 0;
  for (const key of keys) highest = Math.max(highest, counts.get(key) ?? 0);
  return Math.min(highest, MAX_REPEATS);
}

function raise(counts: Map<number, number>, keys: readonly number[]): void {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
}
