import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Logger } from 'pino';
import { RefusedCredential } from '../../src/chat/adapter.ts';
import { within } from '../../src/chat/deadline.ts';

export interface KeepTrying {
  readonly log: Logger;
  /** What is being tried, for the log. */
  readonly what: string;
  /** Ends the trying. */
  readonly signal: AbortSignal;
  /** Milliseconds after which a task that neither succeeds nor fails goes on in the background. */
  readonly patience: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Runs a task until it succeeds. Resolves when it has, or as soon as it goes on in the background after a first
 * failure, or when it is ended. Rejects only with {@link RefusedCredential}, which does not mend by itself.
 */
export async function keepTrying(task: () => Promise<void>, options: KeepTrying): Promise<void> {
  const { log, what, signal } = options;
  const policy = retry(
    handleWhen((error) => !(error instanceof RefusedCredential)),
    {
      maxAttempts: Number.POSITIVE_INFINITY,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE, maxDelay: LONGEST_PAUSE }),
    },
  ).dangerouslyUnref();
  const { promise: failedOnce, resolve } = Promise.withResolvers<void>();
  policy.onRetry((failure) => {
    log.warn({ err: 'error' in failure ? failure.error : undefined }, `${what} failed; trying again`);
    resolve();
  });
  let inBackground = false;
  const attempts = policy.execute(async () => {
    if (!signal.aborted) await task();
  }, signal);
  const done = attempts.catch((error: unknown) => {
    // What failed because it was ended has not failed.
    if (signal.aborted) return;
    if (inBackground) log.error({ err: error }, `${what} failed for good`);
    throw error;
  });
  // In the background nobody awaits it, and the log has it already.
  done.catch(() => {});
  await within(options.patience, Promise.race([done, failedOnce]));
  inBackground = true;
}
