import { parse } from 'csv-parse/sync';
import {
  type HistoryEntry,
  type HistorySource,
  starsOf,
  timeOf,
  UnreadableHistory,
  yearOf,
} from './entry.ts';

interface CsvHistory {
  readonly source: HistorySource;
  readonly entries: readonly HistoryEntry[];
  readonly unread: number;
}

type Row = Readonly<Record<string, string>>;

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * An export of Letterboxd (`ratings.csv`, `watched.csv`) or IMDb (`ratings.csv`), told by its header. Undefined where
 * it is neither; `watchlist` is thrown where it lists what is yet to be seen.
 */
export function readCsvExport(text: string, name: string): CsvHistory | undefined {
  const { columns, rows, broken } = readRows(text);
  if (columns.includes('const') && columns.includes('your rating')) return taken('imdb', rows, imdb, broken);
  if (columns.includes('const')) throw new UnreadableHistory('watchlist');
  if (!columns.includes('name') || !columns.includes('letterboxd uri')) return undefined;
  // Films to be seen have the columns of films that were; only the file's name tells them apart.
  if (!columns.includes('rating') && /watchlist/iu.test(name)) throw new UnreadableHistory('watchlist');
  return taken('letterboxd', rows, letterboxd, broken);
}

function taken(
  source: HistorySource,
  rows: readonly Row[],
  read: (row: Row) => HistoryEntry | 'skip' | undefined,
  broken: number,
): CsvHistory {
  const entries: HistoryEntry[] = [];
  let unread = broken;
  for (const row of rows) {
    const entry = read(row);
    if (entry === undefined) unread += 1;
    else if (entry !== 'skip') entries.push(entry);
  }
  return { source, entries, unread };
}

function letterboxd(row: Row): HistoryEntry | undefined {
  const title = row.name?.trim();
  const stars = row.rating ? starsOf(Number(row.rating.replace(',', '.'))) : undefined;
  if (!title || (row.rating && stars === undefined)) return undefined;
  return {
    title,
    kind: 'movie',
    ids: {},
    ...common(row.year, row['watched date'] || row.date),
    ...withStars(stars),
  };
}

/** How IMDb calls what is no film or series by itself. */
const NO_FILM = /episode|video game|podcast|music video/iu;
const SERIES = /series/iu;

function imdb(row: Row): HistoryEntry | 'skip' | undefined {
  const type = row['title type'] ?? '';
  if (NO_FILM.test(type)) return 'skip';
  const id = /^tt\d{5,10}$/u.exec(row.const?.trim() ?? '')?.[0];
  if (!row['your rating']?.trim()) return id ? 'skip' : undefined;
  const stars = starsOf(Number(row['your rating']) / 2);
  if (!id || stars === undefined) return undefined;
  return {
    title: row.title?.trim() ?? '',
    kind: SERIES.test(type) ? 'show' : 'movie',
    ids: { imdb: id },
    ...common(row.year, row['date rated']),
    stars,
  };
}

function common(year: string | undefined, date: string | undefined): Pick<HistoryEntry, 'year' | 'at'> {
  const [read, at] = [yearOf(year || undefined), timeOf(date)];
  return { ...(read !== undefined && { year: read }), ...(at !== undefined && { at }) };
}

function withStars(stars: number | undefined): Pick<HistoryEntry, 'stars'> {
  return stars === undefined ? {} : { stars };
}

function readRows(text: string): { columns: readonly string[]; rows: Row[]; broken: number } {
  const head = text.slice(0, 2000).split(/\r?\n/u, 1)[0] ?? '';
  const delimiter = DELIMITERS.toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
  let columns: readonly string[] = [];
  let broken = 0;
  const rows = parse(text, {
    bom: true,
    delimiter,
    columns: (header: string[]) => {
      const named = header.map((each) => each.trim().toLowerCase());
      columns = named;
      return named;
    },
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 100_000,
    on_skip: () => {
      broken += 1;
      return undefined;
    },
  }) as Row[];
  return { columns, rows, broken };
}
