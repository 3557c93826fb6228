/** Throws a `RangeError` on a vector that cannot be stored or compared: a wrong dimension, a NaN, all zero. */
export function checkVector(values: ArrayLike<number>, dimensions: number, of = 'the query'): void {
  if (values.length !== dimensions)
    throw new RangeError(`the vector of ${of} has ${values.length} dimensions, the index has ${dimensions}`);
  if (!hasDirection(values))
    throw new RangeError(`the vector of ${of} has no direction: it is all zero or holds what is no number`);
}

export function hasDirection(values: ArrayLike<number>): boolean {
  const length = lengthOf(values);
  return length > 0 && length < Number.POSITIVE_INFINITY;
}

/** The same direction at unit length. */
export function unit(vector: Float32Array): Float32Array {
  const length = lengthOf(vector);
  return vector.map((value) => value / length);
}

function lengthOf(vector: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}
