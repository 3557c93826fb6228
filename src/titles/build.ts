import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TitleRow } from '../catalogue/catalogue.ts';
import type { BuildAnswer, BuildMessage } from './build-worker.ts';
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
    let answer = ask(worker, first, signal);
    for (let page = await rest.next(); !page.done; page = await rest.next()) {
      // One page is read while another is taken in, no more: a worker is slower, and they would pile up.
      await answer;
      answer = ask(worker, page.value, signal);
    }
    await answer;
    return (await ask(worker, undefined, signal))!;
  } finally {
    await worker.terminate();
  }
}

/** Rejects with what goes wrong in the worker, however early, and with the signal's reason. */
function ask(worker: Worker, message: BuildMessage, signal?: AbortSignal): Promise<BuildAnswer> {
  const answer = once(worker, 'message', signal ? { signal } : {}).then(([each]) => each as BuildAnswer);
  // It may fail while the next page is read.
  answer.catch(() => {});
  worker.postMessage(message);
  return answer;
}
