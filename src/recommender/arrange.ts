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
 *
 * @param movies How many there are that the popularity of these is a place among.
 */
export function arrange(
  ranked: readonly Ranked[],
  { popularity, variety }: RankingModel['order'],
  movies: number,
): Ranked[] {
  const sorted = ranked
    .map((each) => ({
      each,
      value: (each.place ?? each.relevance) + popularity * renown(each.features, movies),
    }))
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

/** So many movies everybody may have heard of: among them it says nothing that one is better known than another. */
const HEARD_OF = 1500;

/**
 * How well known a movie is among so many, 0 to 1: by how many are better known, each ten times as many counting the
 * same. In a small catalogue of well-known movies all are as well known as can be.
 */
export function renown({ popularity }: Pick<Features, 'popularity'>, movies: number): number {
  const times = (better: number) => Math.log(Math.max(1, better / HEARD_OF));
  return 1 - times((1 - popularity) * movies) / Math.max(1, times(movies));
}

/** How often each director, lead and year already stands in the list. */
class Repeats {
  readonly #directors = new Map<number, number>();
  readonly #leads = new Map<number, number>();
  readonly #years = new Map<number, number>();

  // Asked thousands of times for one list: nothing is made on the way.
  cost({ directors, cast, year }: Features): number {
    let directed = 0;
    for (const director of directors) directed = Math.max(directed, timesIn(this.#directors, director));
    return (
      SAME.director * directed +
      SAME.lead * timesIn(this.#leads, cast[0]) +
      SAME.year * timesIn(this.#years, year)
    );
  }

  add({ directors, cast, year }: Features): void {
    for (const director of directors) raise(this.#directors, director);
    raise(this.#leads, cast[0]);
    raise(this.#years, year);
  }
}

function timesIn(counts: ReadonlyMap<number, number>, key: number | undefined): number {
  return key === undefined ? 0 : Math.min(counts.get(key) ?? 0, MAX_REPEATS);
}

function raise(counts: Map<number, number>, key: number | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}
