import { Piscina } from 'piscina';
import type { PlotSearch } from './plot-search.ts';
import type { RefreshTask, SearchTask } from './worker.ts';

export interface PlotSearchFiles {
  /** The catalogue's database: read only. */
  readonly catalogue: string;
  /** The full-text index, made and kept beside it. */
  readonly index: string;
}

/** Longest time a search may take, in milliseconds: a person is waiting. */
const TIME_LIMIT = 5000;

/**
 * Full-text search in SQLite's FTS5, in a worker thread: ranking a long text's words over a large catalogue takes a
 * tenth of a second, during which the event loop has other people to serve.
 *
 * What the index lacks is taken in from now on, in the background and between searches; what is written later, with
 * the next search.
 */
export function openPlotSearch(files: PlotSearchFiles): PlotSearch {
  const pool = new Piscina<SearchTask | RefreshTask>({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
    // It keeps next to nothing between searches; without limits its heap would grow to ten times what it uses.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 },
  });
  const closing = new AbortController();
  const refresh = async (signal?: AbortSignal) => {
    while (!closing.signal.aborted)
      if (!(await pool.run({ ...files }, { name: 'refresh', ...(signal && { signal }) }))) return;
  };
  // Whatever is wrong with the files, the first search will say.
  const taken = refresh().catch(() => {});
  return {
    refresh,
    search: (text, { limit, filter, signal }) =>
      pool.run(
        { ...files, text, limit, filter },
        {
          name: 'search',
          signal: AbortSignal.any([AbortSignal.timeout(TIME_LIMIT), ...(signal ? [signal] : [])]),
        },
      ),
    async close() {
      closing.abort();
      // A worker that is ended in the middle of a batch would still answer, to a pool that no longer knows the question.
      await taken;
      await pool.destroy();
    },
  };
}
