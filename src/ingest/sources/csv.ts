import { parse } from 'csv-parse/sync';
import type { Lines } from './lines.ts';
import { SourceError } from './source.ts';

export interface CsvRow {
  /** Line on which the row begins. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface CsvProblem {
  readonly line: number;
  readonly reason: string;
}

export interface CsvRows {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly CsvProblem[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** A row with line breaks in a field is this long at most; one that goes on is a quote that was never closed. */
const MAX_ROW_LINES = 500;

/**
 * Reads CSV with a header line, many rows at a time. A row that is broken is a problem, and reading goes on with the
 * next line: so a quote that is never closed costs one row, not the rest of the file. Throws {@link SourceError} where
 * the header lacks one of `columns`.
 */
export async function* readCsv(
  blocks: AsyncIterable<Lines>,
  columns: readonly string[],
): AsyncGenerator<CsvRows> {
  let header: readonly string[] | undefined;
  let open: Line[] = [];
  for await (const block of blocks) {
    const { lines, problems } = numbered(block);
    const reader = new BlockReader([...open, ...lines], false);
    header ??= reader.header(columns);
    const read = reader.rows(header);
    open = read.open;
    yield { rows: read.rows, problems: [...problems, ...read.problems].sort((a, b) => a.line - b.line) };
  }
  if (open.length > 0 && header) yield new BlockReader(open, true).rows(header);
}

function numbered({ first, texts }: Lines): { lines: Line[]; problems: CsvProblem[] } {
  const lines: Line[] = [];
  const problems: CsvProblem[] = [];
  texts.forEach((text, index) => {
    if (text === undefined) problems.push({ line: first + index, reason: 'the line is longer than 1 MB' });
    else lines.push({ number: first + index, text });
  });
  return { lines, problems };
}

/** Finds the rows in some lines. */
class BlockReader {
  readonly #lines: readonly Line[];
  readonly #isLast: boolean;
  #at = 0;

  constructor(lines: readonly Line[], isLast: boolean) {
    this.#lines = lines;
    this.#isLast = isLast;
  }

  header(columns: readonly string[]): string[] {
    const line = this.#lines[this.#at++];
    const [names = []] = line ? (parse(line.text, { relax_quotes: true }) as string[][]) : [];
    const header = names.map((name) => name.trim());
    const missing = columns.find((column) => !header.includes(column));
    if (missing)
      throw new SourceError(`This is another kind of file: its first line has no column "${missing}".`);
    return header;
  }

  /** Rows, what is wrong, and the lines of a row that may go on in the next block. */
  rows(header: readonly string[]): CsvRows & { open: Line[] } {
    const rows: CsvRow[] = [];
    const problems: CsvProblem[] = [];
    for (;;) {
      const from = this.#at;
      const until = this.#endOfRow(from);
      if (until === undefined) break;
      const text = this.#text(from, until);
      const line = this.#lines[from]!.number;
      this.#at = until;
      if (text.trim() === '') continue;
      const fields = readRow(text, header);
      if (typeof fields === 'object') rows.push({ line, fields });
      else {
        problems.push({ line, reason: fields });
        this.#at = from + 1; // what was swallowed by a quote may hold good rows
      }
    }
    return { rows, problems, open: this.#lines.slice(this.#at) };
  }

  /** Behind the line on which the row ends: the first with which its quotes are even. Undefined where that is to come. */
  #endOfRow(from: number): number | undefined {
    let quotes = 0;
    for (let at = from; at < this.#lines.length; at++) {
      quotes += countQuotes(this.#lines[at]!.text);
      if (quotes % 2 === 0) return at + 1;
      if (at - from >= MAX_ROW_LINES) return from + 1;
    }
    return this.#isLast && from < this.#lines.length ? from + 1 : undefined;
  }

  #text(from: number, until: number): string {
    if (until === from + 1) return this.#lines[from]!.text;
    return this.#lines
      .slice(from, until)
      .map((line) => line.text)
      .join('\n');
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** The fields of one row by name, or why there are none. */
function readRow(text: string, header: readonly string[]): Record<string, string> | string {
  const values = text.includes('"') ? parseQuoted(text) : text.split(',');
  if (typeof values === 'string') return values;
  if (values.length !== header.length) return `has ${values.length} fields instead of ${header.length}`;
  return Object.fromEntries(header.map((name, index) => [name, values[index]!]));
}

function parseQuoted(text: string): string[] | string {
  try {
    const [values] = parse(text, { relax_column_count: true }) as string[][];
    return values ?? [];
  } catch (error) {
    return `broken quotes: ${(error as Error).message}`;
  }
}
