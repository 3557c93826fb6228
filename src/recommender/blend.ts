/** How strongly what is not wanted pushes, beside what is wanted: in the search, and in the order of what it found. */
export const AWAY = 0.5;

/**
 * The mean of vectors, moved away from others, at unit length; undefined where there is nothing to start from or
 * nothing is left.
 */
export function blend(
  towards: readonly Float32Array[],
  away: readonly Float32Array[] = [],
): Float32Array | undefined {
  const [first] = towards;
  if (!first) return undefined;
  const sum = new Float32Array(first.length);
  const add = (vectors: readonly Float32Array[], weight: number) => {
    for (const vector of vectors)
      for (let dimension = 0; dimension < sum.length; dimension++)
        sum[dimension]! += (weight / vectors.length) * vector[dimension]!;
  };
  add(towards, 1);
  add(away, -AWAY);
  const length = Math.hypot(...sum);
  return length === 0 ? undefined : sum.map((value) => value / length);
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let dimension = 0; dimension < a.length; dimension++) sum += a[dimension]! * b[dimension]!;
  return sum;
}
