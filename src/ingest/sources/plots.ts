import { fileOf, identityOfFile, pagesOf } from './file.ts';
import { readJsonArray } from './json-array.ts';
import type { Entry, Source, SourceInput } from './source.ts';

const file = (input: SourceInput) => fileOf(input, 'movieDataPlot.json');

/** A JSON array of `{ title, year?, plot }`, such as `movieDataPlot.json`. */
export const plots: Source = {
  marks: 'plots',
  identity: (input) => identityOfFile(file(input)),
  read: (input) => pagesOf(readJsonArray, entryOf, file(input), input),
};

function entryOf(value: unknown, position: number): Entry[] {
  const at = `item ${position}`;
  if (typeof value !== 'object' || value === null) return [{ type: 'movie', at, raw: value }];
  const { title, year, plot } = value as Record<string, unknown>;
  return [{ type: 'movie', at, raw: { title, year, overview: plot } }];
}
