/** Steps into which the scale of scores is cut to find a bound without sorting. */
const STEPS = 4096;

/** Used again and again: garbage of this size outside the heap piles up faster than it is collected. */
const counts = new Uint32Array(STEPS + 1);

/**
 * A bound that at least `wanted` of the scores reach, and few more: so that only these need be looked at and sorted.
 * The least score where there are no more than that. Takes two passes; no score may be NaN.
 */
export function boundOf(scores: Float32Array | Float64Array, wanted: number): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  if (scores.length <= wanted || least === most) return least;
  const scale = STEPS / (most - least);
  counts.fill(0);
  for (let i = 0; i < scores.length; i++) counts[Math.floor((scores[i]! - least) * scale)]!++;
  let step = STEPS;
  for (let found = counts[step]!; found < wanted && step > 0; ) found += counts[--step]!;
  // A hair lower: what stands on the step itself must not fall below it by rounding.
  return least + (step - 1e-6) / scale;
}
