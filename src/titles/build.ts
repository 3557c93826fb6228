import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TitleRow } from '../catalogue/catalogue.ts';
import type { Packed } from './packed-shelf.ts';
import { Packer } from './packer.ts';

/** Fewer rows are packed at once in less time than a worker takes to start. */
const WORTH_A_WORKER = 1000;

/** Packs pages of rows into a shelf, in a worker unless they are few: the event loop is never held for long. */
export async function buildPacked(
  pages: AsyncIterable<readonly TitleRow[]>,
  signal?: AbortSignal,
): Promise<Packed> {
  const iterator = pages[Symbol.asyncIterator]();
  const first: TitleRow[] = [];
  for (;;) {
    const page = await iterator.next();
    if (page.done) return packAtOnce(first);
    first.push(...page.value);
    if (first.length > WORTH_A_WORKER) break;
  }
  return packInWorker(first, iterator, signal);
}

function packAtOnce(rows: readonly TitleRow[]): Packed {
  const packer = new Packer();
  packer.add(rows);
  return packer.pack();
}

async function packInWorker(
  first: readonly TitleRow[],
  rest: AsyncIterator<readonly TitleRow[]>,
  signal: AbortSignal | undefined,
): Promise<Packed> {
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url));
  try {
    // Listening from the start: an error in the worker rejects here, however early it comes.
    const answer = once(worker, 'message', signal ? { signal } : {});
    answer.catch(() => {});
    worker.postMessage(first);
    for (let page = await rest.next(); !page.done; page = await rest.next()) worker.postMessage(page.value);
    worker.postMessage(undefined);
    return (await answer)[0] as Packed;
  } finally {
    await worker.terminate();
  }
}
