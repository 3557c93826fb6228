import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundOf } from '../src/bound.ts';

const scores = fc
  .array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 300 })
  .map((values) => Float32Array.from(values));

describe('a bound', () => {
  it('is reached by as many scores as are wanted, or by all', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 400 }), (values, wanted) => {
        const bound = boundOf(values, wanted);
        const reaching = values.filter((value) => value >= bound).length;
        expect(reaching).toBeGreaterThanOrEqual(Math.min(wanted, values.length));
      }),
    );
  });

  it('is reached by few more, where scores are spread', () => {
    const values = Float32Array.from({ length: 50_000 }, (_, i) => Math.sin(i));
    const bound = boundOf(values, 100);
    expect(values.filter((value) => value >= bound).length).toBeLessThan(1200);
  });
});
