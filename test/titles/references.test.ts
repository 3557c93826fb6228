import { describe, expect, it } from 'vitest';
import { splitBlend } from '../../src/titles/blend.ts';
import { TITLES } from '../fixtures/titles.ts';
import { resolverOn, told } from './helpers.ts';

const resolver = await resolverOn(TITLES, {
  'imdb tt1375666': 1,
  'tmdb movie 27205': 1,
  'tmdb show 1399': 1,
  'trakt movie 16662': 1,
});

describe('a reference', () => {
  it.each([
    'kindred:1',
    'tt1375666',
    'imdb:tt1375666',
    'https://www.imdb.com/title/tt1375666/',
    'imdb.com/title/tt1375666/reviews?ref_=tt_urv',
    'https://m.imdb.com/de/title/tt1375666',
    'tmdb:27205',
    'tmdb movie 27205',
    'tmdbm27205',
    'https://www.themoviedb.org/movie/27205-inception?language=de',
    'https://www.themoviedb.org/tv/1399-game-of-thrones',
    'https://trakt.tv/movies/16662',
  ])('leads to its movie: %s', async (text) => {
    expect(await resolver.resolve(text)).toMatchObject({
      outcome: 'match',
      exact: true,
      best: { number: 1 },
    });
  });

  it.each([
    ['https://letterboxd.com/film/the-thing-1982/', 'match The Thing 1982'],
    ['https://letterboxd.com/someone/film/blade-runner-2049/', 'match Blade Runner 2049 2017'],
    ['https://trakt.tv/movies/dune-1984', 'match Dune 1984'],
    ['https://www.themoviedb.org/movie/999-the-godfather', 'match The Godfather 1972'],
  ])('that is not stored is read as words: %s', async (text, found) => {
    expect(told(await resolver.resolve(text))).toBe(found);
  });

  it.each(['tt0000000', 'kindred:999', 'tmdb:1'])('to nothing is none: %s', async (text) => {
    expect(await resolver.resolve(text)).toEqual({ outcome: 'none', nearest: [] });
  });

  it('is no address of another site, and damaged ones do no harm', async () => {
    for (const text of [
      'https://example.com/title/tt1375666',
      'https://trakt.tv/movies/%E0%A4%A',
      'imdb.com/',
      'https://',
    ])
      expect(['match', 'choose', 'none']).toContain((await resolver.resolve(text)).outcome);
  });
});

describe('splitting a blend', () => {
  it('takes operators between spaces', () => {
    expect(splitBlend('Alien + Blade Runner - Avatar')).toEqual([
      { title: 'Alien', away: false },
      { title: 'Blade Runner', away: false },
      { title: 'Avatar', away: true },
    ]);
  });

  it.each(['Spider-Man', 'Alien', '2+2', '', '+', ' - '])('leaves other texts alone: %s', (text) => {
    expect(splitBlend(text)).toBeUndefined();
  });
});
