import type { RatingOfMovie } from '../../catalogue/catalogue.ts';
import type { Kind } from '../../catalogue/movie.ts';
import type { Config } from '../../config.ts';
import { Obstacle } from '../../errors.ts';

/** A line of a file, counted from 1; or a place in words, such as `movies, page 3`. */
export type Place = number | string;

/** One thing that a source says. */
export type Entry =
  /** A movie in the `jsonl` format, not checked yet. */
  | { readonly type: 'movie'; readonly at: Place; readonly raw: unknown }
  /** Facts for a movie that is there already, by its outside id. Where it is not, there is nothing to do. */
  | {
      readonly type: 'facts';
      readonly at: Place;
      readonly of: OutsideId;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'rating';
      readonly at: Place;
      readonly of: OutsideId;
      readonly rating: Omit<RatingOfMovie, 'movie'>;
    }
  /** Something could not be read. `lost` where movies may be missing for it that another try could bring. */
  | { readonly type: 'problem'; readonly at: Place; readonly reason: string; readonly lost?: boolean };

export interface OutsideId {
  readonly source: string;
  readonly value: string;
  /** Absent where the source does not number movies and shows apart. */
  readonly kind?: Kind;
}

/** Some entries, and where to go on after them. */
export interface Page {
  readonly entries: readonly Entry[];
  /** What `from` takes to continue behind these entries; absent where a source begins anew each time. */
  readonly next?: string;
}

export interface SourceInput {
  readonly file?: string;
  readonly dir?: string;
  readonly config: Pick<Config, 'trakt' | 'tmdb'>;
  /** `next` of the last page that was stored, by a run that did not come to its end. */
  readonly from?: string;
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the file that was read, 0 to 1. */
  readonly onShare?: (share: number) => void;
}

/** Where movies come from. */
export interface Source {
  /** What the movies it brings are marked with, and whose votes they are counted among. */
  readonly marks: string;
  /** What `from` depends on, such as the file's name and size: another text, another beginning. */
  identity(input: SourceInput): Promise<string>;
  /**
   * Everything the source says, in pages that fit into memory. Throws an error whose message helps where nothing can
   * be read at all; what is wrong with single entries comes as `problem`.
   */
  read(input: SourceInput): AsyncIterable<Page>;
}

/** The source cannot be read at all; the message says why and what to do. */
export class SourceError extends Obstacle {
  override readonly name: string = 'SourceError';
}

/** The source reads a file, and none was named. */
export class NoFileNamed extends SourceError {
  override readonly name = 'NoFileNamed';
}
