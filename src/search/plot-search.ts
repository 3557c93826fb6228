import type { MovieId } from '../catalogue/movie.ts';
import type { Filter } from '../vectors/filter.ts';

export interface PlotHit {
  readonly id: MovieId;
  /**
   * How much of the text's weight, or of its twelve rarest words', is in the movie's own text, 0 to about 1; of three
   * to five words as if there were six.
   */
  readonly score: number;
}

export interface PlotSearchOptions {
  readonly limit: number;
  readonly filter: Filter;
  readonly signal?: AbortSignal;
}

/** Full-text search over overviews and keywords: the words of a plot, not its meaning. */
export interface PlotSearch {
  /** Best first; ties by movie number. Any text at all, of any length; nothing where it has no telling word. */
  search(text: string, options: PlotSearchOptions): Promise<PlotHit[]>;
  /** Resolves when all that is in the catalogue can be found. Nobody has to call it: searches do, a little at a time. */
  refresh(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
