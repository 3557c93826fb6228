import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '../../src/recommender/arrange.ts';
import { FeatureTable } from '../../src/recommender/features.ts';
import type { Ranked } from '../../src/recommender/parts.ts';
import { aMovie } from '../fixtures/movies.ts';

const table = new FeatureTable();

function ranked(number: number, relevance: number, director = `director ${number}`, popularity = 0): Ranked {
  const features = table.of(aMovie({ id: `tt${number}`, number, directors: [director], popularity }));
  return { features, relevance };
}

/** As many as the large catalogue describes. */
const MOVIES = 57_000;

const numbers = (list: readonly Ranked[]) => list.map(({ features }) => features.number);

describe('the order of a list', () => {
  it('goes by relevance where nothing else is asked for', () => {
    const list = [ranked(1, 0.5), ranked(2, 0.9), ranked(3, 0.7)];
    expect(numbers(arrange(list, { popularity: 0, variety: 0 }, MOVIES))).toEqual([2, 3, 1]);
  });

  it('lets popularity settle near ties only', () => {
    const list = [ranked(1, 0.7), ranked(2, 0.69, 'Ann', 1), ranked(3, 0.5, 'Ben', 1)];
    expect(numbers(arrange(list, { popularity: 0.05, variety: 0 }, MOVIES))).toEqual([2, 1, 3]);
  });

  it('tells what few know from what is known, and nothing among what everybody knows', () => {
    const order = { popularity: 0.05, variety: 0 };
    const obscure = ranked(1, 0.7, 'Ann', 0.75);
    const known = ranked(2, 0.68, 'Ben', 0.985);
    expect(numbers(arrange([obscure, known], order, MOVIES))).toEqual([2, 1]);
    const famous = ranked(3, 0.679, 'Cy', 0.9999);
    expect(numbers(arrange([known, famous], order, MOVIES))).toEqual([2, 3]);
    expect(numbers(arrange([obscure, known], order, 1000))).toEqual([1, 2]);
  });

  it('makes a director’s third film wait longer than the second', () => {
    const list = [
      ranked(1, 0.9, 'Ann'),
      ranked(2, 0.89, 'Ann'),
      ranked(3, 0.88, 'Ann'),
      ranked(4, 0.845),
      ranked(5, 0.8),
    ];
    // 0.89 - 0.04 = 0.85 still leads 0.845; 0.88 - 0.08 = 0.80 does not.
    expect(numbers(arrange(list, { popularity: 0, variety: 0.04 }, MOVIES))).toEqual([1, 2, 4, 3, 5]);
  });

  it('keeps every movie once, and is the same whatever order the movies came in', () => {
    const movie = fc.record({
      relevance: fc.double({ min: 0, max: 1, noNaN: true }),
      director: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(fc.array(movie, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (movies, random) => {
        const list = movies.map(({ relevance, director }, at) => ranked(at + 1, relevance, director));
        const shuffled = list
          .map((each) => ({ each, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const order = { popularity: 0.05, variety: 0.04 };
        const arranged = numbers(arrange(list, order, MOVIES));
        expect(arranged.toSorted((a, b) => a - b)).toEqual(numbers(list));
        expect(numbers(arrange(shuffled, order, MOVIES))).toEqual(arranged);
      }),
    );
  });
});
