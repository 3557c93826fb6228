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
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), milliseconds);
  const signal = AbortSignal.any([late.signal, end]);
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  signal.addEventListener('abort', () => resolve(undefined));
  try {
    const result = await Promise.race([work(signal), over]);
    return signal.aborted ? undefined : result;
  } finally {
    clearTimeout(timer);
  }
}
