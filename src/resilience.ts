import { setTimeout as wait } from 'node:timers/promises';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
} from 'cockatiel';
import { RefusedCredential, RemoteFailure } from './errors.ts';
import { countOutside } from './metrics.ts';

/** Whether another try may do better. */
export function isTransient(error: unknown): boolean {
  return (error instanceof RemoteFailure && error.transient) || isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/** The service takes nothing from whoever asks: a key was revoked, or a plan has ended. */
function isRefusal(error: unknown): boolean {
  if (error instanceof RemoteFailure) return error.status === 401 || error.status === 403;
  return error instanceof RefusedCredential;
}

/**
 * Runs `act` with a signal that fires after so many milliseconds, or with the caller's. Rejects with that signal's
 * reason, whatever a client made of it. Leaves no timer and no listener behind: signals may live for long.
 */
export async function withDeadline<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const forward = () => deadline.abort(signal?.reason);
  const late = () => deadline.abort(new DOMException(`no answer within ${milliseconds} ms`, 'TimeoutError'));
  const timer = setTimeout(late, milliseconds);
  signal?.addEventListener('abort', forward, { once: true });
  try {
    return await act(deadline.signal);
  } catch (error) {
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

/** How long to wait for a service, and how often to ask it again. Times in milliseconds. */
export interface Patience {
  /** For one try. */
  readonly timeout: number;
  /** Tries in all. */
  readonly attempts: number;
  /** Before the second try, at most; twice as many before each further one. */
  readonly firstPause: number;
  /** No pause is longer, not even where the service asks for it: it is then the last try. */
  readonly longestPause: number;
}

export interface RetryOptions extends Omit<Patience, 'timeout'> {
  /** Which service is asked, for the metrics. */
  readonly service: string;
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause. */
  readonly onPause?: ((milliseconds: number, error: unknown) => void) | undefined;
}

/** Tries again what may mend by itself, after a pause with jitter or the one that the service asks for. */
export async function retry<T>(act: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const milliseconds = pauseBefore(attempt, error, options);
      if (!isTransient(error) || attempt >= options.attempts || milliseconds > options.longestPause) {
        if (isTransient(error) || error instanceof NotAsked) countOutside(options.service, 'failed');
        throw error;
      }
      countOutside(options.service, 'retried');
      options.onPause?.(milliseconds, error);
      await pause(milliseconds, options.signal);
    }
  }
}

/** Passes on the first call, and further ones no sooner than so many milliseconds after the last that was passed on. */
export function atMostEvery<A extends unknown[]>(
  milliseconds: number,
  act: (...args: A) => void,
): (...args: A) => void {
  let again = Number.NEGATIVE_INFINITY;
  return (...args) => {
    const now = performance.now();
    if (now < again) return;
    again = now + milliseconds;
    act(...args);
  };
}

/** Rejects with the signal's reason once it fires. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch((stopped) => {
    throw signal?.reason ?? stopped;
  });
}

/** Full jitter, so that those who failed together do not come back together; a little on top of what was asked. */
function pauseBefore(attempt: number, error: unknown, { firstPause, longestPause }: RetryOptions): number {
  const asked = error instanceof RemoteFailure ? error.retryAfter : undefined;
  if (asked !== undefined) return Math.ceil(asked * (1 + Math.random() / 20));
  return Math.ceil(Math.random() * Math.min(longestPause, firstPause * 2 ** (attempt - 1)));
}

/** A `Retry-After` header, in milliseconds: seconds or a date. */
export function parseRetryAfter(header: string | null, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const milliseconds = /^\d+(?:\.\d+)?$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

/** The service failed or refused several times in a row, or is asked too much already: it is not asked now. Its guard has told why. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

export interface GuardOptions {
  /** Failures or refusals in a row after which the service is left alone. */
  readonly failures?: number;
  /** For how long, in milliseconds; then one request goes through to see. */
  readonly rest?: number;
  /** Requests at the same time; more are turned away, so that they never pile up. */
  readonly atOnce?: number;
  /** Told when the service is left alone and when it is asked again. */
  readonly onChange?: (state: 'resting' | 'well', reason?: unknown) => void;
}

/** Whoever sent the request that was to see whether the service is back went away before its answer. */
class ProbeAbandoned extends Error {}

/** Keeps a service that is down, or refuses our key, from being asked by everyone. Rejects with {@link NotAsked} at once meanwhile. */
export class Guard {
  readonly #atOnce: number;
  readonly #breaker;
  #running = 0;

  constructor({ failures = 5, rest = 5_000, atOnce = 128, onChange }: GuardOptions = {}) {
    this.#atOnce = atOnce;
    // A breaker knows only success and failure: an abandoned probe is a failure after which nobody has to wait.
    const pauseAfter = new DelegateBackoff<{ result: unknown }>(({ result }) =>
      (result as { error?: unknown }).error instanceof ProbeAbandoned ? 0 : rest,
    );
    this.#breaker = circuitBreaker(
      handleWhen((error) => isTransient(error) || isRefusal(error) || error instanceof ProbeAbandoned),
      { breaker: new ConsecutiveBreaker(failures), halfOpenAfter: pauseAfter },
    );
    if (!onChange) return;
    // A failed probe breaks anew: that is no news.
    let resting = false;
    this.#breaker.onBreak((reason) => {
      if (!resting) onChange('resting', 'error' in reason ? reason.error : undefined);
      resting = true;
    });
    this.#breaker.onReset(() => {
      resting = false;
      onChange('well');
    });
  }

  /** @param signal The caller's: what fails after it fired says nothing of whether the service is back. */
  async run<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    // While one request tries whether the service is back, the others do not wait for it.
    if (this.#breaker.state === CircuitState.HalfOpen)
      throw new NotAsked('waiting for the service to be back');
    if (this.#running >= this.#atOnce) throw new NotAsked(`${this.#running} requests are under way already`);
    this.#running++;
    try {
      return await this.#breaker.execute(() => this.#probe(act, signal));
    } catch (error) {
      if (error instanceof ProbeAbandoned) throw error.cause;
      throw error instanceof BrokenCircuitError
        ? new NotAsked('the service failed or refused a moment ago')
        : error;
    } finally {
      this.#running--;
    }
  }

  async #probe<T>(act: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const probing = this.#breaker.state === CircuitState.HalfOpen;
    try {
      return await act();
    } catch (error) {
      throw probing && signal?.aborted ? new ProbeAbandoned(undefined, { cause: error }) : error;
    }
  }
}
