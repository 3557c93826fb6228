import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENRE_SLUGS } from '../../src/catalogue/genres.ts';
import { FeatureTable } from '../../src/recommender/features.ts';
import { castCloseness, relevance, signalsOf } from '../../src/recommender/relevance.ts';
import { aMovie } from '../fixtures/movies.ts';
import { model } from './world.ts';

const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: Math.min(5, values.length) });
const wildMovie = fc.record(
  {
    year: fc.integer({ min: 1870, max: 2100 }),
    genres: some(GENRE_SLUGS),
    keywords: some(['heist', 'dream', 'train', 'love']),
    directors: some(['Ann', 'Ben', 'Cy']),
    cast: some(['Dee', 'Eve', 'Flo', 'Gus']),
    overview: fc.string(),
  },
  { requiredKeys: ['overview'] },
);

describe('relevance', () => {
  it('is the same both ways, and from 0 to 1, whatever is known', () => {
    fc.assert(
      fc.property(
        wildMovie,
        wildMovie,
        fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
        (a, b, text) => {
          const table = new FeatureTable();
          const [one, other] = [aMovie({ id: 'a', ...a }), aMovie({ id: 'b', ...b })];
          table.put(one);
          table.put(other);
          const between = (first: typeof one, second: typeof one) =>
            relevance(signalsOf(table.of(first), table.of(second), text ?? undefined, table, model), model);
          expect(between(one, other)).toBeCloseTo(between(other, one), 12);
          expect(between(one, other)).toBeGreaterThan(0);
          expect(between(one, other)).toBeLessThan(1);
        },
      ),
    );
  });

  it('counts a lead of both more than whoever stands further down', () => {
    expect(castCloseness([1, 2, 3], [1, 4, 5])).toBe(0.5);
    expect(castCloseness([1, 2, 3], [4, 5, 3])).toBeCloseTo(1 - 0.5 ** 0.5);
    expect(castCloseness([1, 2, 3], [3, 4])).toBeCloseTo(1 - 0.5 ** Math.SQRT1_2);
    expect(castCloseness([1, 2, 3], [1, 5, 3])).toBeCloseTo(1 - 0.5 ** 1.5);
    expect(castCloseness([1, 2, 3], [4])).toBe(0);
  });

  it('counts what two movies share', () => {
    const table = new FeatureTable();
    const a = table.of(
      aMovie({ genres: ['crime', 'drama'], cast: ['Dee', 'Eve'], directors: ['Ann'], year: 2000 }),
    );
    const b = table.of(
      aMovie({ genres: ['crime', 'drama'], cast: ['Dee', 'Zoe'], directors: ['Ann'], year: 2000 }),
    );
    const c = table.of(aMovie({ genres: ['crime', 'war'], cast: ['Dee'], directors: ['Ben'], year: 2012 }));
    expect(signalsOf(a, b, 0.5, table, model)).toMatchObject({
      text: 1,
      genres: 1,
      director: 1,
      cast: 0.5,
      year: 1,
    });
    expect(signalsOf(a, c, 0, table, model)).toMatchObject({ text: 0, genres: 0.5, director: 0, cast: 0.5 });
    expect(signalsOf(a, c, 0, table, model).year).toBeCloseTo(Math.exp(-1));
  });

  it('takes what is not known for what unrelated movies share, not for a difference', () => {
    const table = new FeatureTable();
    const known = table.of(aMovie({ genres: ['crime'], year: 2000 }));
    const unknown = table.of(aMovie());
    const far = table.of(aMovie({ genres: ['family'], year: 1930 }));
    const [nothing, different] = [unknown, far].map((other) =>
      signalsOf(known, other, undefined, table, model),
    );
    expect(nothing!.genres).toBeGreaterThan(different!.genres);
    expect(nothing!.year).toBeGreaterThan(different!.year);
    expect(nothing!.text).toBe(0);
  });
});
