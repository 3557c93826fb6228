import { readCsvExport } from './csv-exports.ts';
import { decodeText } from './decode.ts';
import { type History, type HistoryEntry, type HistorySource, UnreadableHistory } from './entry.ts';
import { readTraktFile } from './trakt-export.ts';
import { isZip, unzip } from './unzip.ts';

/** Inflated bytes of an archive: no history is as long. */
const MAX_INFLATED = 60_000_000;
/** Films of a history; nobody saw as many. */
const MAX_ENTRIES = 100_000;

/** The files of Letterboxd's archive that say what was seen; those it holds of deleted things do not count. */
const LETTERBOXD = /^(?!(?:deleted|orphaned|likes|lists)\/)(?:[^/]+\/)?(?:ratings|watched|diary)\.csv$/iu;
/** Of an IMDb archive, if there ever is one, likewise; Trakt's are told by what is in them. */
const WANTED = (name: string) =>
  !/^(?:__MACOSX|\.)|\/\./u.test(name) && (LETTERBOXD.test(name) || /\.json$/iu.test(name));

/**
 * Reads an export of Letterboxd, IMDb or Trakt: a CSV or JSON file, or the whole ZIP. Holds the thread it runs in.
 * Throws {@link UnreadableHistory} where there is nothing to take.
 */
export async function parseHistory(bytes: Uint8Array, name: string): Promise<History> {
  const gathered = new Gathered();
  if (!isZip(bytes)) gathered.add(bytes, name);
  else for await (const file of unzip(bytes, WANTED, MAX_INFLATED)) gathered.add(file.bytes, file.name);
  return gathered.done();
}

class Gathered {
  readonly #entries: HistoryEntry[] = [];
  #source: HistorySource | undefined;
  #unread = 0;

  add(bytes: Uint8Array, name: string): void {
    const text = decodeText(bytes);
    if (text === undefined) return;
    const read = /^\s*[[{]/u.test(text.slice(0, 100).replace(/^\uFEFF/u, ''))
      ? trakt(text)
      : readCsv(text, name);
    if (!read) return;
    this.#source ??= read.source;
    this.#unread += read.unread;
    for (const entry of read.entries) this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) throw new UnreadableHistory('bomb');
  }

  done(): History {
    if (!this.#source) throw new UnreadableHistory('noExport');
    if (this.#entries.length === 0) throw new UnreadableHistory('empty');
    return { source: this.#source, entries: this.#entries, unread: this.#unread };
  }
}

function trakt(text: string): History | undefined {
  const { entries, unread, isTrakt } = readTraktFile(text);
  return isTrakt ? { source: 'trakt', entries, unread } : undefined;
}

function readCsv(text: string, name: string): History | undefined {
  try {
    return readCsvExport(text, name);
  } catch (error) {
    if (error instanceof UnreadableHistory) throw error;
    return undefined; // what the CSV reader cannot make sense of at all is none
  }
}
