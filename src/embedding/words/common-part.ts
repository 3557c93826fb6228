import { addScaled, dot, normalise } from './vector.ts';

const ITERATIONS = 20;

/**
 * What texts have in common: their mean, and the direction in which they differ most (the first principal
 * component, by power iteration). Both say "this is a film summary" rather than which one.
 *
 * @param averages Text vectors before centring; none gives zeros.
 */
export function commonPart(
  averages: readonly Float64Array[],
  dimensions: number,
): { mean: Float32Array; component: Float32Array } {
  const mean = new Float64Array(dimensions);
  for (const average of averages) addScaled(mean, average, 1 / averages.length);

  let component = Float64Array.from({ length: dimensions }, (_, i) => 1 + (i % 3));
  normalise(component);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = new Float64Array(dimensions);
    const meanPart = dot(mean, component);
    for (const average of averages) {
      const along = dot(average, component) - meanPart;
      addScaled(next, average, along);
      addScaled(next, mean, -along);
    }
    if (!normalise(next)) return { mean: Float32Array.from(mean), component: new Float32Array(dimensions) };
    component = next;
  }
  return { mean: Float32Array.from(mean), component: Float32Array.from(component) };
}
