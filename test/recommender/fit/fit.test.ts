import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { togetherness } from '../../../src/recommender/fit/likes.ts';
import { auc, bootstrap, ndcg, recall } from '../../../src/recommender/fit/measures.ts';
import { fitLogistic, logistic } from '../../../src/recommender/fit/regression.ts';

describe('measures', () => {
  it('give the chance that an alike pair scores higher, ties counting half', () => {
    expect(auc([3, 2, 1], [true, false, false])).toBe(1);
    expect(auc([1, 2, 3], [true, false, false])).toBe(0);
    expect(auc([1, 1, 1, 1], [true, false, true, false])).toBe(0.5);
    expect(auc([2, 2, 1], [true, false, false])).toBe(0.75);
  });

  it('reward what belongs in a list the more the higher it stands', () => {
    expect(ndcg(['a', 'b', 'c'], new Set(['a', 'b']), 10)).toBe(1);
    expect(ndcg(['c', 'a'], new Set(['a']), 10)).toBeCloseTo(1 / Math.log2(3));
    expect(recall(['a', 'c', 'b'], new Set(['a', 'b']), 2)).toBe(0.5);
  });

  it('put the mean between the bounds of its bootstrap interval', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 30, maxLength: 60 }), (values) => {
        const { low, high } = bootstrap(values, 200);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
      }),
    );
  });
});

describe('logistic regression', () => {
  it('finds the weights that the outcomes were made with', () => {
    // Of a hundred examples at each of nine points, as many are 1 as the chance there is: 1 + 2x.
    const rows: number[][] = [];
    const outcomes: number[] = [];
    for (let x = -2; x <= 2; x += 0.5)
      for (let i = 0; i < 100; i++) {
        rows.push([x, 0]);
        outcomes.push(i < Math.round(100 * logistic(1 + 2 * x)) ? 1 : 0);
      }
    const { weights, bias } = fitLogistic(rows, outcomes, { ridge: 0 });
    expect(bias).toBeCloseTo(1, 1);
    expect(weights[0]).toBeCloseTo(2, 1);
    expect(weights[1]).toBe(0);
  });
});

describe('togetherness', () => {
  it('is above chance for films that the same people like, below it for films that others like', () => {
    const film = (...people: number[]) => ({ year: 2000, likedBy: new Set(people) });
    const [scores] = togetherness([film(1, 2, 3), film(1, 2, 3), film(4, 5, 6)]);
    // 9 likes by 6 people of whom three like two films and three one: chance is (3·4 + 3·1) / 81 of 3·3 pairs.
    const expected = (9 * 15) / 81;
    expect(scores![1]).toBeCloseTo((3 - expected) / Math.sqrt(expected + 1));
    expect(scores![2]).toBeCloseTo((0 - expected) / Math.sqrt(expected + 1));
  });
});
