/** What one request may hold at most. */
export interface Room<T> {
  readonly items: number;
  /** In the unit of `sizeOf`. An item that is larger goes alone. */
  readonly size: number;
  readonly sizeOf: (item: T) => number;
}

/** Items in their order, in batches that are as large as one request may be. */
export function inBatches<T>(items: Iterable<T>, { items: most, size, sizeOf }: Room<T>): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const item of items) {
    const taken = sizeOf(item);
    const batch = batches.at(-1);
    if (!batch || batch.length === most || taken > room) {
      batches.push([item]);
      room = size - taken;
    } else {
      batch.push(item);
      room -= taken;
    }
  }
  return batches;
}
