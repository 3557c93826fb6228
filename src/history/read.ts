import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type History, MAX_FILE, UnreadableHistory } from './entry.ts';
import type { ParseAnswer, ParseTask } from './parse-worker.ts';

/** Milliseconds. */
const MAX_TIME = 20_000;
const MAX_HEAP_MB = 512;

/**
 * Reads an export in a thread of its own, which is given up where it takes too long or too much memory. Throws
 * {@link UnreadableHistory}, and the signal's reason.
 */
export async function readHistory(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<History> {
  if (bytes.length > MAX_FILE) throw new UnreadableHistory('tooLarge');
  const limit = AbortSignal.timeout(MAX_TIME);
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    workerData: { bytes, name } satisfies ParseTask,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  try {
    const [answer] = (await once(worker, 'message', {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })) as [ParseAnswer];
    if ('problem' in answer) throw new UnreadableHistory(answer.problem);
    return answer.history;
  } catch (error) {
    signal?.throwIfAborted();
    const outOfMemory = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (limit.aborted || outOfMemory) throw new UnreadableHistory('tooMuch', { cause: error });
    throw error;
  } finally {
    await worker.terminate();
  }
}
