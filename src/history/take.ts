import type { ImportStore } from '../people/imports.ts';
import type { Upload } from '../people/upload-links.ts';
import type { HistoryEntry, HistorySource } from './entry.ts';
import { type Matching, matchHistory } from './match.ts';
import { readHistory } from './read.ts';

/** What became of a history. */
export interface HistoryReport {
  readonly source: HistorySource;
  /** Films that were found here. */
  readonly matched: number;
  /** Of those, the ones with stars. */
  readonly rated: number;
  readonly missing: readonly HistoryEntry[];
  /** Rows that could not be read. */
  readonly unread: number;
  /** By this it can be taken back; absent where nothing was new. */
  readonly undo?: number;
}

export interface Taking extends Omit<Matching, 'now'> {
  readonly imports: Pick<ImportStore, 'bring'>;
}

/**
 * Takes somebody's history in. Nothing is written until all of it was read and matched, and then all at once. Throws
 * `UnreadableHistory`, and `Forgotten` where the account was forgotten meanwhile.
 */
export async function takeHistory(
  upload: Upload,
  file: { readonly name: string; readonly bytes: Uint8Array },
  parts: Taking,
): Promise<HistoryReport> {
  const now = Date.now();
  const { source, entries, unread } = await readHistory(file.bytes, file.name, parts.signal);
  const { opinions, missing } = await matchHistory(entries, { ...parts, now });
  parts.signal?.throwIfAborted();
  const undo = await parts.imports.bring(upload, source, opinions, now);
  const rated = opinions.filter(({ stars }) => stars !== undefined).length;
  return { source, matched: opinions.length, rated, missing, unread, ...(undo !== undefined && { undo }) };
}
