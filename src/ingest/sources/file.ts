import { BrokenInput, identityOf, nameOf, readBytes } from './input.ts';
import type { Entry, Page, SourceInput } from './source.ts';
import { NoFileNamed } from './source.ts';

/** The file to read: `--file`, else `name` in `--dir`, else `fallback`, such as the set's own address. */
export function fileOf({ file, dir }: SourceInput, name: string, fallback?: string): string {
  if (file) return file;
  if (dir) return `${dir}/${name}`;
  if (fallback) return fallback;
  throw new NoFileNamed(`Which file? Name it with --file, or the folder of ${name} with --dir.`);
}

export function identityOfFile(file: string): Promise<string> {
  return identityOf(file);
}

/**
 * Turns what a file holds into pages that can be continued: `next` is the number of items read so far. Reports an
 * input that breaks off, after what came before.
 */
export async function* pagesOf<Item>(
  read: (bytes: AsyncIterable<Buffer>) => AsyncIterable<readonly Item[]>,
  entryOf: (item: Item, position: number) => readonly Entry[],
  file: string,
  { from, ...options }: SourceInput,
): AsyncGenerator<Page> {
  const done = from === undefined ? 0 : Number(from);
  const lost = (at: string, reason: string): Page => ({
    entries: [{ type: 'problem', at, reason, lost: true }],
  });
  let position = 0;
  try {
    for await (const items of read(readBytes(file, options))) {
      const first = position;
      position += items.length;
      if (position <= done) continue;
      const left = items.slice(Math.max(0, done - first));
      const start = position - left.length;
      yield {
        entries: left.flatMap((item, index) => entryOf(item, start + index + 1)),
        next: String(position),
      };
    }
  } catch (error) {
    if (!(error instanceof BrokenInput)) throw error;
    yield lost(`${nameOf(file)}, after ${position}`, error.message);
    return; // that says it: whether anything else was there is not known
  }
  if (position === 0) yield lost(nameOf(file), 'there is nothing in it');
}
