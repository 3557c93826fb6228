import { describe, expect, it } from 'vitest';
import {
  type Belief,
  Evidence,
  momentsLength,
  noiseOf,
  writeAsking,
  writeMoments,
} from '../../src/taste/belief.ts';
import { inner } from '../../src/taste/packed.ts';

/** Biases alone, no factors: then everything can be worked out by eye. */
const UNKNOWN = { mean: Float64Array.of(0), precision: Float64Array.of(1) };
const sure = (...mean: number[]): Belief => ({
  mean: Float64Array.from(mean),
  covariance: new Float64Array((mean.length * (mean.length + 1)) / 2),
});
const momentsOf = (belief: Belief) => {
  const moments = new Float64Array(momentsLength(belief.mean.length - 1));
  writeMoments(belief, moments, 0);
  return moments;
};

describe('what is believed of somebody', () => {
  it('is what was believed before, where there is no rating', () => {
    const { mean, covariance } = new Evidence(0).belief(UNKNOWN);
    expect([mean[0], covariance[0]]).toEqual([0, 1]);
  });

  it('is the mean of ratings and one more of nothing, under noise as wide as the prior', () => {
    const evidence = new Evidence(0);
    for (const stars of [2, 1]) evidence.add(momentsOf(sure(0)), 0, stars);
    expect(evidence.belief(UNKNOWN).mean[0]).toBeCloseTo(3 / 3);
    expect(evidence.belief(UNKNOWN).covariance[0]).toBeCloseTo(1 / 3);
  });

  it('does not give them credit for a good film', () => {
    const evidence = new Evidence(0);
    evidence.add(momentsOf(sure(2)), 0, 2);
    expect(evidence.belief(UNKNOWN).mean[0]).toBeCloseTo(0);
  });

  it('trusts a movie less of which little is known', () => {
    const prior = { mean: Float64Array.of(0, 0), precision: Float64Array.of(1e6, 0, 1) };
    const factorAfter = (variance: number) => {
      const evidence = new Evidence(1);
      evidence.add(
        momentsOf({ mean: Float64Array.of(0, 1), covariance: Float64Array.of(0, 0, variance) }),
        0,
        1,
      );
      return evidence.belief(prior).mean[1]!;
    };
    expect(factorAfter(0)).toBeCloseTo(1 / 2, 3);
    expect(factorAfter(2)).toBeCloseTo(1 / 4, 3);
  });

  it('has an error of each rating and of its own unsureness', () => {
    const evidence = new Evidence(1);
    evidence.add(momentsOf(sure(0.5, 2)), 0, 3);
    // 3 stars less the movie's 0.5, the person's 1 and 2 × 0.25; then variance 0.1 and 2² × 0.2.
    const belief: Belief = { mean: Float64Array.of(1, 0.25), covariance: Float64Array.of(0.1, 0, 0.2) };
    expect(evidence.squaredError(belief)).toBeCloseTo(1 + 0.1 + 0.8);
  });

  it('has the noise of everybody at first and its own with time', () => {
    const evidence = new Evidence(0);
    expect(noiseOf(evidence, sure(0), 0.7)).toBeCloseTo(0.7);
    for (let i = 0; i < 1000; i++) evidence.add(momentsOf(sure(0)), 0, i % 2 === 0 ? 2 : -2);
    expect(noiseOf(evidence, sure(0), 0.7)).toBeCloseTo(4, 1);
  });

  it('meets a movie in an expected square: mean squared and variance', () => {
    const asking = new Float64Array(momentsLength(1));
    writeAsking({ mean: Float64Array.of(1, 0.5), covariance: Float64Array.of(0.25, 0, 0) }, asking);
    // Expected: 1 + 0.5 × 2 + 0.5 = 2.5, with variance 0.25.
    expect(inner(asking, momentsOf(sure(0.5, 2)), 3)).toBeCloseTo(2.5 ** 2 + 0.25);
  });
});
