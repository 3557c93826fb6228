import { describe, expect, it } from 'vitest';
import { checkStars, matrixOf, type Rating, readRatings } from '../../src/taste/ratings.ts';

const rating = (person: string, movie: string, stars: number, at = 0): Rating => ({
  person,
  movie,
  stars,
  at,
});

describe('ratings', () => {
  it.each([0, 0.25, 5.5, -1, Number.NaN, Number.POSITIVE_INFINITY])('cannot be %d stars', (stars) => {
    expect(() => checkStars(stars)).toThrow(RangeError);
  });

  it('are refused as a whole where one is out of range', async () => {
    await expect(readRatings([rating('a', 'tt1', 4), rating('a', 'tt2', 6)])).rejects.toThrow(/not 6/u);
  });

  it('count once for a person and a movie: the later one, in whatever order they come', async () => {
    const columns = await readRatings([
      rating('a', 'tt1', 4, 20),
      rating('a', 'tt1', 1, 10),
      rating('a', 'tt2', 2, 10),
      rating('a', 'tt2', 3, 20),
    ]);
    expect([...columns.stars]).toEqual([4, 3]);
  });

  it('lie side by side for each person and for each movie', async () => {
    const columns = await readRatings([rating('a', 'tt1', 5), rating('b', 'tt2', 2), rating('a', 'tt2', 3)]);
    const { byPerson, byMovie, mean, count } = matrixOf(columns);
    expect({ count, mean: Math.round(mean * 100) / 100 }).toEqual({ count: 3, mean: 3.33 });
    expect([...byPerson.starts]).toEqual([0, 2, 3]);
    expect([...byPerson.others]).toEqual([0, 1, 1]);
    expect([...byMovie.starts]).toEqual([0, 1, 3]);
    expect([...byMovie.stars]).toEqual([5, 2, 3]);
  });

  it('stop being read when that is no longer wanted', async () => {
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(readRatings([rating('a', 'tt1', 4)], stop)).rejects.toThrow('enough');
  });
});
