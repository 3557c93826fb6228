/**
 * Does something with each item, up to `limit` at the same time. Once one fails no further is begun; rejects with that
 * error when those under way are done.
 *
 * @param items Gone through once, by all together: an iterator, not a list.
 */
export async function eachAtOnce<T>(
  items: IterableIterator<T> | AsyncIterableIterator<T>,
  limit: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const work = async () => {
    try {
      for await (const item of items) {
        if (failures.length > 0) return;
        await act(item);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
  if (failures.length > 0) throw failures[0];
}

/** The results in the items' order; see {@link eachAtOnce}. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  limit: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  await eachAtOnce(items.entries(), limit, async ([position, item]) => {
    results[position] = await act(item);
  });
  return results;
}

/**
 * The results in the items' order, up to `ahead` of them begun before they are asked for, so that whoever uses one does
 * not wait for the next. Once one fails, the rest is not told; waits for those under way when it is left.
 */
export async function* mapAhead<T, R>(
  items: AsyncIterable<T>,
  ahead: number,
  act: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = act(item);
      // Told when it is its turn.
      result.catch(() => {});
      begun.push(result);
      if (begun.length > ahead) yield await begun.shift()!;
    }
    while (begun.length > 0) yield await begun.shift()!;
  } finally {
    await Promise.allSettled(begun);
  }
}
