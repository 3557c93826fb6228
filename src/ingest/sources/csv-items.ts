import { type CsvProblem, type CsvRow, readCsv } from './csv.ts';
import { readLines } from './lines.ts';
import type { Entry } from './source.ts';

type Item = CsvRow | CsvProblem;

/** Reads a CSV file that must have `columns`: rows and problems, in the order of their lines. */
export function csvItems(
  columns: readonly string[],
): (bytes: AsyncIterable<Buffer>) => AsyncGenerator<Item[]> {
  return async function* (bytes) {
    for await (const { rows, problems } of readCsv(readLines(bytes), columns))
      yield problems.length === 0 ? [...rows] : [...rows, ...problems].sort((a, b) => a.line - b.line);
  };
}

/** Makes entries of rows, and of problems. `file` is named where a source has several. */
export function csvEntries(
  entryOf: (row: CsvRow) => Entry | readonly Entry[],
  file?: string,
): (item: Item) => readonly Entry[] {
  return (item) => {
    if ('fields' in item) return [entryOf(item)].flat();
    return [{ type: 'problem', at: file ? `${file}, line ${item.line}` : item.line, reason: item.reason }];
  };
}
