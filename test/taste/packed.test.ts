import { describe, expect, it } from 'vitest';
import { factor, inner, invert, solve, times } from '../../src/taste/packed.ts';

/** The lower triangle of [[4, 2], [2, 3]], whose determinant is 8. */
const MATRIX = Float64Array.of(4, 2, 3);

describe('a packed symmetric matrix', () => {
  it('is multiplied with a vector', () => {
    expect([...times(MATRIX, 2, Float64Array.of(1, 10))]).toEqual([24, 32]);
  });

  it('is solved by its factor', () => {
    const [x, y] = solve(factor(MATRIX.slice(), 2), 2, Float64Array.of(24, 32));
    expect(x).toBeCloseTo(1);
    expect(y).toBeCloseTo(10);
  });

  it('is inverted from its factor', () => {
    const inverse = invert(factor(MATRIX.slice(), 2), 2);
    [3 / 8, -2 / 8, 4 / 8].forEach((value, at) => {
      expect(inverse[at]).toBeCloseTo(value);
    });
  });

  it('gives back the identity times its inverse, at a size with more than one step', () => {
    const size = 4;
    const matrix = Float64Array.of(5, 1, 6, 2, 0, 7, 1, 3, 1, 8);
    const inverse = invert(factor(matrix.slice(), size), size);
    for (let i = 0; i < size; i++) {
      const unit = new Float64Array(size);
      unit[i] = 1;
      const back = times(matrix, size, times(inverse, size, unit));
      for (let j = 0; j < size; j++) expect(back[j]).toBeCloseTo(i === j ? 1 : 0);
    }
  });

  it('has an inner product that counts both triangles', () => {
    expect(inner(MATRIX, Float64Array.of(1, 10, 100), 2)).toBe(4 + 2 * 20 + 300);
  });

  it('refuses what is not positive definite', () => {
    expect(() => factor(Float64Array.of(1, 2, 1), 2)).toThrow(RangeError);
  });
});
