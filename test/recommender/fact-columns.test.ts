import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENRE_SLUGS } from '../../src/catalogue/genres.ts';
import { FactColumns } from '../../src/recommender/fact-columns.ts';
import { type Features, FeatureTable } from '../../src/recommender/features.ts';
import { relevance, signalsOf } from '../../src/recommender/relevance.ts';
import { aMovie } from '../fixtures/movies.ts';
import { model } from './world.ts';

const names = (prefix: string, most: number) =>
  fc.uniqueArray(
    fc.integer({ min: 0, max: 12 }).map((number) => `${prefix}${number}`),
    { maxLength: most },
  );

const facts = fc.record(
  {
    genres: fc.uniqueArray(fc.constantFrom(...GENRE_SLUGS.slice(0, 5)), { maxLength: 3 }),
    year: fc.integer({ min: 1900, max: 2030 }),
    directors: names('director', 2),
    cast: names('lead', 4),
    keywords: names('theme', 5),
    popularity: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { requiredKeys: ['genres', 'directors', 'cast', 'keywords'] },
);

const movies = fc
  .array(facts, { minLength: 2, maxLength: 40 })
  .map((all) => all.map((each, at) => aMovie({ ...each, id: `tt${at}`, number: at + 1 })));

const everything = () => true;

function relevances(table: FeatureTable, seed: Features, found: readonly Features[]): number[] {
  return found.map((each) => relevance(signalsOf(seed, each, undefined, table, model), model));
}

describe('the columns of facts', () => {
  it('order movies as their relevance without the text does', () => {
    fc.assert(
      fc.property(movies, ([seed, ...others]) => {
        const table = new FeatureTable();
        for (const movie of others) table.put(movie);
        const asked = table.of(seed!);
        const found = table.closestByFacts([asked], model, others.length, everything);
        expect(found).toHaveLength(others.length);
        const values = relevances(table, asked, found);
        // A hair of popularity lies between them.
        for (const [at, value] of values.slice(1).entries())
          expect(value).toBeLessThanOrEqual(values[at]! + 0.01);
      }),
    );
  });

  it('forget what is gone, and know what came in its place, however often that happens', () => {
    const table = new FeatureTable();
    const put = (id: string, director: string) =>
      table.put(aMovie({ id, number: Number(id), directors: [director], year: 2000 }));
    for (let i = 1; i <= 30; i++) put(String(i), 'somebody');
    for (let round = 0; round < 80; round++)
      for (let i = 1; i <= 30; i++) put(String(i), `of round ${round}`);
    put('7', 'the one');
    for (let i = 20; i <= 30; i++) table.delete(String(i));
    const seed = table.of(aMovie({ id: 'seed', number: 99, directors: ['the one'], year: 2000 }));
    const found = table.closestByFacts([seed], model, 50, everything);
    expect(found).toHaveLength(19);
    expect(found[0]?.id).toBe('7');
  });

  it('take over genres that were guessed', () => {
    const table = new FeatureTable();
    for (const number of [1, 2, 3]) table.put(aMovie({ id: `tt${number}`, number, genres: [] }));
    table.guess(new Map([['tt2', ['horror']]]));
    const seed = table.of(aMovie({ id: 'seed', number: 9, genres: ['horror'] }));
    expect(table.closestByFacts([seed], model, 1, everything).map(({ id }) => id)).toEqual(['tt2']);
  });

  it('give as many as are wanted where most do not pass', () => {
    const table = new FeatureTable();
    for (let number = 1; number <= 2000; number++)
      table.put(aMovie({ id: `tt${number}`, number, year: 1950 + (number % 60) }));
    const seed = table.of(aMovie({ id: 'seed', number: 9999, year: 2005 }));
    const found = table.closestByFacts([seed], model, 5, ({ number }) => number % 200 === 0);
    expect(found).toHaveLength(5);
  });

  it('answer nothing while they are empty', () => {
    expect(new FactColumns().best(new Float32Array(0), 5, everything)).toEqual([]);
  });
});
