import type { HistorySource } from '../history/entry.ts';
import type { Opinion } from './opinions.ts';
import type { Upload } from './upload-links.ts';

/** A history that somebody brought, as long as it can be taken back. */
export interface Import {
  readonly id: number;
  readonly source: HistorySource;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One film that an import changed. */
export interface ImportChange {
  /** The movie's number. */
  readonly movie: number;
  /** What was said of it before; absent where nothing was. */
  readonly before?: Opinion;
}

/** What taking an import back did. */
export interface TakenBack {
  readonly source: HistorySource;
  /** Films of which something else was said since: that stays. */
  readonly kept: number;
}

/** The account was forgotten while its history was read: nothing of it was written. */
export class Forgotten extends Error {
  override readonly name = 'Forgotten';
}

/** Histories that people brought, of each account the last one. Every call is one transaction. */
export interface ImportStore {
  /**
   * Adds a history to what stands, as `OpinionStore.putAll` does, and notes what it changed; what was noted of the
   * account's import before goes. Undefined where it changed nothing. Throws {@link Forgotten}.
   */
  bring(
    upload: Upload,
    source: HistorySource,
    opinions: readonly Opinion[],
    at: number,
  ): Promise<number | undefined>;
  /** The one that can be taken back. */
  last(owner: string): Promise<Import | undefined>;
  /** What it changed, by the movie's number. */
  changes(id: number): Promise<ImportChange[]>;
  /**
   * Makes everything that it changed as it was before, but for films of which something else was said since. Undefined
   * where it is not the account's last one, or was taken back already.
   */
  takeBack(owner: string, id: number): Promise<TakenBack | undefined>;
}
