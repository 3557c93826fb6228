import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGaussian, seededRandom } from '../../../src/embedding/words/random.ts';
import { addScaled, dot, normalise } from '../../../src/embedding/words/vector.ts';
import { Rows } from '../../../src/vectors/embedded/rows.ts';
import {
  type Condition,
  FILTERABLE,
  type Field,
  type Metadata,
  passes,
} from '../../../src/vectors/filter.ts';

/** Few values, so that conditions meet them. */
const VALUES = {
  string: fc.constantFrom('movie', 'show', 'en', 'ja', 'Alien', ''),
  number: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom(0.5, 1999, 2e9)),
  boolean: fc.boolean(),
  list: fc.array(fc.constantFrom('drama', 'horror', 'en', 'US'), { maxLength: 3 }),
} as const;

const metadata: fc.Arbitrary<Metadata> = fc.record(
  Object.fromEntries(Object.entries(FILTERABLE).map(([field, type]) => [field, VALUES[type]])),
  { requiredKeys: [] },
);

const field = fc.constantFrom(...(Object.keys(FILTERABLE) as Field[]));
const value = fc.oneof(VALUES.string, VALUES.boolean, fc.constantFrom('drama', 'US', '1'));
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field, is: value }),
  fc.record({ field, not: value }),
  fc.record({ field, atLeast: VALUES.number }),
  fc.record({ field, atMost: VALUES.number }),
);

/** How much of all vectors is the same direction. */
const LEAN = 1.5;

const EAST = Float32Array.of(1, 0);

describe('filtering rows', () => {
  it('passes exactly what the plain meaning of the filter passes', () => {
    fc.assert(
      fc.property(fc.array(metadata), fc.array(condition, { maxLength: 3 }), (all, filter) => {
        const rows = new Rows(2);
        for (const [i, each] of all.entries()) rows.set(`tt${i}`, EAST, each);
        const found = rows.nearest(EAST, { topK: all.length, filter }).map(({ id }) => id);
        const expected = all.flatMap((each, i) => (passes(each, filter) ? [`tt${i}`] : []));
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 500 },
    );
  });

  it('follows metadata that changes', () => {
    const rows = new Rows(2);
    rows.set('tt1', EAST, { year: 1990, genres: ['drama'], language: 'en' });
    rows.set('tt1', EAST, { genres: ['horror'] });
    const count = (filter: readonly Condition[]) => rows.nearest(EAST, { topK: 5, filter }).length;
    expect(count([{ field: 'year', atLeast: 0 }])).toBe(0);
    expect(count([{ field: 'language', not: 'ja' }])).toBe(0);
    expect(count([{ field: 'genres', is: 'drama' }])).toBe(0);
    expect(count([{ field: 'genres', is: 'horror' }])).toBe(1);
  });
});

describe('rows that come, change and go', () => {
  const id = fc.integer({ min: 0, max: 12 }).map((number) => `tt${number}`);
  const change = fc.oneof(
    fc.record({ set: id, degrees: fc.integer({ min: 0, max: 359 }) }),
    fc.record({ delete: id }),
  );

  it('are found as they are now, in any order of changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const rows = new Rows(2);
        const expected = new Map<string, number>();
        for (const each of changes) {
          if ('delete' in each) {
            rows.delete(each.delete);
            expected.delete(each.delete);
            continue;
          }
          const angle = (each.degrees * Math.PI) / 180;
          rows.set(each.set, Float32Array.of(Math.cos(angle), Math.sin(angle)), {});
          expected.set(each.set, Math.cos(angle));
        }
        const found = rows.nearest(EAST, { topK: 20 });
        expect(found).toHaveLength(expected.size);
        for (const { id, score } of found) expect(score).toBeCloseTo(expected.get(id)!, 3);
        expect(found.map(({ score }) => score)).toEqual(
          found.map(({ score }) => score).toSorted((a, b) => b - a),
        );
      }),
    );
  });
});

describe('searching many rows by their codes', () => {
  const vectors = clusters(12_000, 96);
  const rows = new Rows(96);
  const year = (i: number) => 1900 + (i % 100);
  for (const [i, vector] of vectors.entries()) rows.set(String(i), vector, { year: year(i) });
  while (rows.codeNext());

  it.each([
    ['everything', 1900],
    ['half', 1950],
    ['a tenth', 1990],
    ['a hundredth', 1999],
  ])('finds nearly all of the true 10 nearest where %s passes', (_, from) => {
    let found = 0;
    const asked = Array.from({ length: 50 }, (_, i) => i * 239);
    for (const seed of asked) {
      const query = vectors[seed]!;
      const truth = exact(query, 10, (i) => i !== seed && year(i) >= from);
      const least = truth.at(-1)! - 1e-4;
      const answers = rows.nearest(query, {
        topK: 10,
        filter: [{ field: 'year', atLeast: from }],
        exclude: [String(seed)],
      });
      found += answers.filter(({ score }) => score >= least).length;
    }
    expect(found / (asked.length * 10)).toBeGreaterThanOrEqual(0.98);
  });

  it('never takes the opposite direction for a near one', () => {
    const opposite = vectors[7]!.map((value) => -value);
    rows.set('opposite', opposite, { year: 2000 });
    while (rows.codeNext());
    expect(rows.nearest(vectors[7]!, { topK: 300 }).some(({ id }) => id === 'opposite')).toBe(false);
    rows.delete('opposite');
  });

  it('misses nothing while some rows still lack a code', () => {
    const some = new Rows(96);
    for (const [i, vector] of vectors.entries()) some.set(String(i), vector, { year: year(i) });
    some.codeNext();
    for (const seed of [11, 1100, 11_000]) {
      const query = vectors[seed]!;
      const truth = exact(query, 10, () => true).map((cosine) => Math.round(cosine * 1000));
      const found = some.nearest(query, { topK: 10 }).map(({ score }) => Math.round(score * 1000));
      expect(found).toEqual(truth);
    }
  });

  it('finds by its new place what changed after it was coded', () => {
    const some = new Rows(96);
    for (const [i, vector] of vectors.entries()) some.set(String(i), vector, {});
    while (some.codeNext());
    some.set('100', vectors[9000]!, {});
    expect(some.nearest(vectors[9000]!, { topK: 2 }).map(({ id }) => id)).toEqual(['100', '9000']);
  });

  function exact(query: Float32Array, topK: number, may: (i: number) => boolean): number[] {
    const cosines = vectors.flatMap((vector, i) => (may(i) ? [dot(query, vector)] : []));
    return cosines.toSorted((a, b) => b - a).slice(0, topK);
  }
});

/**
 * Points around common centres, as real embeddings lie: the first dimensions say more than the last, and all of them
 * lean to one side.
 */
function clusters(count: number, dimensions: number): Float32Array[] {
  const random = seededRandom(3);
  const scattered = () =>
    fillGaussian(new Float64Array(dimensions), random).map((value, i) => value / Math.sqrt(1 + i));
  const centres = Array.from({ length: 6 }, scattered);
  const side = Float32Array.from(scattered());
  normalise(side);
  return Array.from({ length: count }, (_, i) => {
    const vector = Float32Array.from(centres[i % centres.length]!);
    addScaled(vector, scattered(), 1);
    normalise(vector);
    addScaled(vector, side, LEAN);
    normalise(vector);
    return vector;
  });
}
