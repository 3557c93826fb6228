/** Vectors of one length as `Float32Array` or `Float64Array`; sums are always taken in double precision. */
type Vector = Float32Array | Float64Array;

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Adds `factor · source` to `target`, in place. */
export function addScaled(target: Vector, source: Vector, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

/** Makes a vector unit length, in place. Returns false, and leaves it alone, where it has no direction. */
export function normalise(vector: Vector): boolean {
  const length = Math.sqrt(dot(vector, vector));
  if (!(length > 1e-9)) return false;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return true;
}
