/** What one account said of one movie. */
export interface Opinion {
  /** The movie's number. */
  readonly movie: number;
  /** 0.5 to 5 in half steps; a thumb up is 4.5, a thumb down 1.5. Absent where they only said that they saw it. */
  readonly stars?: number;
  /** Also where stars were given. */
  readonly seen: boolean;
  /** "Not this": keep away from it, and from what is like it. */
  readonly dismissed: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * What people said of movies. An owner is one account on one platform, `platform:id`, and is never logged. Every call
 * is one transaction: what it answered is on disk, and of two at the same moment the last one counts.
 */
export interface OpinionStore {
  /** Newest first, each under the living movie where two became one. */
  of(owner: string): Promise<Opinion[]>;
  count(owner: string): Promise<number>;
  on(owner: string, movie: number): Promise<Opinion | undefined>;
  /** Answers with what stood before, so that it can be put back. */
  put(owner: string, opinion: Opinion): Promise<Opinion | undefined>;
  /**
   * All or none of them, added to what stands: of two ratings of one movie the one given later counts, and nothing that
   * is there is taken back.
   */
  putAll(owner: string, opinions: readonly Opinion[]): Promise<void>;
  /** Takes back what was said of a movie; answers with what that was. */
  remove(owner: string, movie: number): Promise<Opinion | undefined>;
  /** Every star given, for training: people are numbered from 0 in this reading alone. */
  stars(): AsyncIterable<{ readonly person: number; readonly movie: number; readonly stars: number }>;
}
