import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, withValues } from '../../../src/vectors/pinecone/values.ts';

interface Body {
  readonly vectors: readonly { readonly values: readonly number[] }[];
}

function written(vectors: readonly (readonly number[] | Float32Array)[], metadata: object = {}): Body {
  const records = vectors.map((_, i) => ({ id: `tt${i}`, values: [], metadata }));
  return JSON.parse(Buffer.from(withValues(JSON.stringify({ vectors: records }), vectors)).toString());
}

describe('values on their way to Pinecone', () => {
  it('are what single precision tells apart, to a billionth', () => {
    const vector = fc.float32Array({ min: -2, max: 2, noNaN: true, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 4 }), (vectors) => {
        for (const [i, { values }] of written(vectors).vectors.entries()) {
          expect(values).toHaveLength(vectors[i]!.length);
          for (const [at, value] of values.entries())
            expect(Math.abs(value - vectors[i]![at]!)).toBeLessThanOrEqual(0.5000001e-9);
        }
      }),
    );
  });

  it('give a value of a unit vector back as it was stored', () => {
    const vector = Float32Array.of(0.5, -0.25, 1, -1, 0.1, -0.7, 0.033333335, -0, 0);
    expect(Float32Array.from(written([vector]).vectors[0]!.values)).toEqual(vector.map((value) => value + 0));
  });

  it('take no more bytes than was reckoned, and at most one for each value less', () => {
    const vector = fc.float32Array({ min: -1, max: 1, noNaN: true, minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(vector, (values) => {
        const body = '{"vectors":[{"values":[]}]}';
        // The last value has no comma.
        const taken = withValues(body, [values]).length - body.length + 1;
        expect(bytesOf(values)).toBeGreaterThanOrEqual(taken);
        expect(bytesOf(values)).toBeLessThanOrEqual(taken + values.length);
      }),
    );
  });

  it('may be of any size', () => {
    const vector = [-1.7976931348623157e308, 2.5, -3e9, 1e21, 0.5];
    expect(written([vector, vector]).vectors[1]?.values).toEqual(vector);
  });

  it('stand beside whatever words their movies have', () => {
    const metadata = { genres: ['"values":[]', 'drame é 映画'] };
    expect(written([[1], [0.5]], metadata)).toEqual({
      vectors: [
        { id: 'tt0', values: [1], metadata },
        { id: 'tt1', values: [0.5], metadata },
      ],
    });
  });

  it('are never put into a request that has not exactly as many places', () => {
    expect(() => withValues('{"vectors":[{"values":[]}]}', [[1], [1]])).toThrow('1 places for 2 vectors');
  });
});
