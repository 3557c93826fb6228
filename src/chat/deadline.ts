/** Undefined where it takes longer. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs work with a signal that fires when its time is over, or with `end`. Undefined from then on, even where the work
 * does not heed its signal; leaves no timer behind.
 */
export async function withDeadline<T>(
  milliseconds: number,
  end: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  // No AbortSignal.any: Node keeps such a signal, and all that waits for it, for as long as `end` lives.
  const controller = new AbortController();
  const { signal } = controller;
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const finish = () => {
    controller.abort();
    resolve(undefined);
  };
  const timer = setTimeout(finish, milliseconds);
  end.addEventListener('abort', finish);
  if (end.aborted) finish();
  try {
    const result = await Promise.race([work(signal), over]);
    return signal.aborted ? undefined : result;
  } finally {
    clearTimeout(timer);
    end.removeEventListener('abort', finish);
  }
}
