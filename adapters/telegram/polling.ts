import { setTimeout as sleep } from 'node:timers/promises';
import { createConcurrentSink, createRunner, createSource, type UpdateSink } from '@grammyjs/runner';
import type { Update } from '@grammyjs/types';
import type { Logger } from 'pino';
import { isCode, type TelegramClient, waitAsked } from './client.ts';

const LONG_POLL_SECONDS = 30;
const FIRST_RETRY = 100;
/** An outage is over when it is over: nobody should wait for us much longer than that. */
const LAST_RETRY = 1000;
/** Another process polls with this token, or the token was taken back: that does not mend in seconds. */
const HOPELESS_RETRY = 15_000;

/** How long to wait before the attempt after `failures` failed ones, in milliseconds. */
export function retryDelay(error: unknown, failures: number): number {
  if (isCode(error, 401, 409)) return HOPELESS_RETRY;
  return waitAsked(error) ?? Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1));
}

export interface Polling {
  /** Takes nothing new. Resolves when the poll under way has ended. */
  stop(): Promise<void>;
  /** Tells Telegram which updates are done with, so that the next start does not get them again. */
  confirm(signal: AbortSignal): Promise<void>;
}

export interface PollingOptions {
  readonly client: TelegramClient;
  readonly sink: UpdateSink<Update>;
  readonly log: Logger;
  onReachable(reachable: boolean): void;
}

/** Long polling on grammY's runner, with a source of its own: the runner's gives up, and waits ever longer. */
export function startPolling({ client, sink, log, onReachable }: PollingOptions): Polling {
  let offset = 0;
  let failures = 0;
  const poll = async (limit: number, signal: AbortSignal): Promise<Update[]> => {
    // After a failure the first poll asks without waiting, so that we know at once that it is over.
    const timeout = failures > 0 ? 0 : LONG_POLL_SECONDS;
    const updates = await client.poll({ offset, limit: Math.max(1, Math.min(limit, 100)), timeout }, signal);
    if (failures > 0) log.info({ failures }, 'Telegram is reachable again');
    failures = 0;
    onReachable(true);
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
    return updates;
  };
  const supply = async (limit: number, signal: AbortSignal): Promise<Update[]> => {
    while (true) {
      try {
        return await poll(limit, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        onReachable(false);
        if (failures++ === 0) log.warn({ err: error }, 'Telegram cannot be reached; trying again');
        await sleep(retryDelay(error, failures), undefined, { signal });
      }
    }
  };
  const source = createSource<Update>({
    supply: (limit, signal) => supply(limit, signal as unknown as AbortSignal),
  });
  const runner = createRunner(source, sink);
  runner.start();
  return {
    stop: async () => runner.stop(),
    async confirm(signal) {
      if (offset > 0) await client.poll({ offset, limit: 1, timeout: 0 }, signal);
    },
  };
}

/** Updates that are handled at the same time; further ones stay with Telegram. */
const CONCURRENCY = 500;

/** Hands every update to `consume` at once; `onError` gets what that rejects with. */
export function createSink(
  consume: (update: Update) => Promise<void>,
  onError: (error: unknown) => Promise<void>,
): UpdateSink<Update> {
  return createConcurrentSink<Update, unknown>({ consume }, onError, { concurrency: CONCURRENCY });
}
