import type { Movie } from '../catalogue/movie.ts';
import type { Ranked } from './parts.ts';
import type { Reason } from './reasons.ts';
import type { PlotQuery, Remark, SimilarQuery } from './recommender.ts';

/** All that the pages of one answer are made of. */
export interface RankedList {
  readonly ordered: readonly Ranked[];
  readonly remarks: readonly Remark[];
  /** Holds nothing that is large or may be replaced: the list is kept. */
  readonly reasonsFor: (ranked: Ranked, movie: Movie) => readonly Reason[];
}

/** Milliseconds for which a list goes on as it began: longer than anybody reads fifty films. */
const LIFETIME = 15 * 60_000;

/** Lists of some tens of kilobytes. */
const MOST = 200;

/**
 * The lists that were begun a short while ago: later pages go on from what was shown, so that no film comes twice while
 * another process imports or indexes. A first page is always made anew, and so is a page of a list that is forgotten.
 */
export class RecentLists {
  readonly #lists = new Map<string, { readonly list: RankedList; readonly until: number }>();
  readonly #now: () => number;

  /** @param now Milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async of(query: SimilarQuery | PlotQuery, make: () => Promise<RankedList>): Promise<RankedList> {
    const key = keyOf(query);
    const known = query.page > 1 ? this.#lists.get(key) : undefined;
    if (known && known.until > this.#now()) return known.list;
    const list = await make();
    this.#lists.delete(key);
    this.#lists.set(key, { list, until: this.#now() + LIFETIME });
    for (const [oldest] of this.#lists) {
      if (this.#lists.size <= MOST) break;
      this.#lists.delete(oldest);
    }
    return list;
  }
}

/** Equal for the pages of one list alone. */
function keyOf({
  page: _page,
  pageSize: _size,
  signal: _signal,
  ...query
}: SimilarQuery | PlotQuery): string {
  const ids = (movies: readonly Movie[]) => movies.map(({ id }) => id);
  return JSON.stringify(
    'text' in query ? query : { ...query, seeds: ids(query.seeds), away: ids(query.away ?? []) },
  );
}
