import { fileOf, identityOfFile, pagesOf } from './file.ts';
import { type Lines, readLines } from './lines.ts';
import type { Entry, Source } from './source.ts';

/** The project's own format: one JSON object a line. From a file or an address, packed or not. */
export const jsonl: Source = {
  marks: 'jsonl',
  identity: (input) => identityOfFile(fileOf(input, 'catalogue.jsonl')),
  read: (input) =>
    pagesOf((bytes) => lineByLine(readLines(bytes)), entryOf, fileOf(input, 'catalogue.jsonl'), input),
};

async function* lineByLine(blocks: AsyncIterable<Lines>): AsyncGenerator<Lines['texts']> {
  for await (const { texts } of blocks) yield texts;
}

function entryOf(line: string | undefined, at: number): Entry[] {
  if (line === undefined) return [{ type: 'problem', at, reason: 'the line is longer than 1 MB' }];
  if (line.trim() === '') return [];
  try {
    return [{ type: 'movie', at, raw: JSON.parse(line) }];
  } catch (error) {
    return [{ type: 'problem', at, reason: `is no JSON: ${(error as Error).message}` }];
  }
}
