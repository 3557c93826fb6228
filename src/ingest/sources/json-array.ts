import { JSONParser } from '@streamparser/json-node';
import { BrokenInput } from './input.ts';

/** Values parsed between two looks at the next bytes: what waits in memory stays small. */
const SLICE = 16 * 1024;

/** The elements of a JSON array, some at a time. Throws {@link BrokenInput} after the last good one. */
export async function* readJsonArray(bytes: AsyncIterable<Buffer>): AsyncGenerator<unknown[]> {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let values: unknown[] = [];
  let failure: Error | undefined;
  parser.on('data', ({ value }: { value: unknown }) => values.push(value));
  parser.on('error', (error) => {
    failure = error;
  });
  let begun = false;
  for await (const chunk of bytes) {
    if (!begun) checkBegin(chunk);
    begun = true;
    for (let at = 0; at < chunk.length && !failure; at += SLICE)
      await written(parser, chunk.subarray(at, at + SLICE));
    if (values.length > 0) {
      yield values;
      values = [];
    }
    if (failure) break;
  }
  if (!failure) await ended(parser);
  if (values.length > 0) yield values;
  if (failure) throw new BrokenInput(`is no JSON array: ${failure.message}`, { cause: failure });
}

function checkBegin(chunk: Buffer): void {
  const begin = chunk.toString('utf8', 0, 1000).replace('\uFEFF', '').trimStart();
  if (!begin.startsWith('[')) throw new BrokenInput('is no JSON array');
}

function written(parser: JSONParser, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => parser.write(bytes, () => setImmediate(resolve)));
}

function ended(parser: JSONParser): Promise<void> {
  return new Promise((resolve) => {
    parser.once('error', () => resolve());
    parser.once('end', () => resolve());
    parser.end();
  });
}
