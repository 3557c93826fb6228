/** How many of the sizes, from the first on, fit the budget together. */
export function withinBudget(sizes: readonly number[], budget: number): number {
  let left = budget;
  const end = sizes.findIndex((size) => {
    left -= size;
    return left < 0;
  });
  return end < 0 ? sizes.length : end;
}

/** The first place of a rising list whose item is at least this. */
export function firstAtLeast(list: Uint32Array, item: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low;
}
