import type { Kind, MovieId } from '../catalogue/movie.ts';

/** One movie that the typed words may mean. */
export interface Candidate {
  readonly id: MovieId;
  readonly number: number;
  /** How well the words fit, 0 to 1, popularity included. */
  readonly score: number;
  /** The one of its titles that fitted best, as stored. */
  readonly title: string;
  readonly year?: number;
  readonly kind: Kind;
}

/**
 * What typed words mean. The first hit is never taken silently: `match` only where one movie is clearly meant,
 * `choose` where several are plausible, `none` where nothing is.
 */
export type Resolution =
  | {
      readonly outcome: 'match';
      readonly best: Candidate;
      /** The words were exactly one of its titles (or an id): no "Not it?" is needed. */
      readonly exact: boolean;
      /** The year that was typed, where the movie's own differs by one. */
      readonly yearTyped?: number;
      /** Up to three others that may have been meant. */
      readonly others: readonly Candidate[];
    }
  | { readonly outcome: 'choose'; readonly candidates: readonly Candidate[] }
  | { readonly outcome: 'none'; readonly nearest: readonly Candidate[] };

export interface ResolveOptions {
  /** Only movies of this kind. */
  readonly kind?: Kind;
  /** Adult titles may be found; default no. */
  readonly adult?: boolean;
  readonly signal?: AbortSignal;
}

/** Typed words → movies. Any string at all resolves, in bounded time, without an exception. */
export interface Titles {
  resolve(text: string, options?: ResolveOptions): Promise<Resolution>;
  /** Best candidates for a title that is still being typed, best first. */
  complete(text: string, limit: number, options?: ResolveOptions): Promise<Candidate[]>;
}
