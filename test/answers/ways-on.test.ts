import { describe, expect, it } from 'vitest';
import { waysOn } from '../../src/answers/ways-on.ts';
import type { Call } from '../../src/chat/invocation.ts';
import { Wording } from '../../src/messages/wording.ts';
import type { RecommendationPage } from '../../src/recommender/recommender.ts';
import { aMovie } from '../fixtures/movies.ts';

const seed = aMovie({ number: 1, genres: ['horror'] });
const films = [
  aMovie({ number: 2, genres: ['horror', 'thriller'], year: 1982 }),
  aMovie({ number: 3, genres: ['horror', 'thriller'], year: 1984 }),
  aMovie({ number: 4, genres: ['horror'], year: 1991 }),
];

function ways(args: Call['args'], { pages = 3, filters = 0, seeds = [seed] } = {}) {
  const answer = { page: 1, pages, remarks: [], items: films.map((movie) => ({ movie })) };
  const list = {
    seeds,
    filters: Array.from({ length: filters }, () => ({ key: 'popularity.low' as const })),
    answer: answer as unknown as RecommendationPage,
    args,
  };
  return waysOn(list, { call: { command: 'similar', args }, language: 'en' });
}

const title = 'kindred:1';
const offered = (given: ReturnType<typeof ways>) =>
  given.narrow?.map(({ label, run }) => [new Wording('en').text(label), run.args]);

describe('the ways on from a list', () => {
  it('narrow it by what many of its films have and some have not', () => {
    expect(offered(ways({ title }))).toEqual([
      ['Thriller', { title, genre: 'thriller' }],
      ['1980–1989', { title, decade: '1980s' }],
      ['at most 100 min', { title, runtime: '100' }],
      ['hidden gems', { title, popularity: 'low' }],
    ]);
  });

  it('add to the filters in effect, begin at the first page, and offer nothing twice', () => {
    const args = { title, genre: '-comedy', from: '1970', runtime: '90', page: '2' };
    expect(offered(ways(args))).toEqual([
      ['Thriller', { title, genre: '-comedy,thriller', from: '1970', runtime: '90' }],
      ['hidden gems', { title, genre: '-comedy', from: '1970', runtime: '90', popularity: 'low' }],
    ]);
  });

  it('narrow neither what fits one page nor what is like a story', () => {
    expect(ways({ title }, { pages: 1 }).narrow).toEqual([]);
    expect(ways({ text: 'a heist' }, { seeds: [] }).narrow).toEqual([]);
  });

  it('take all filters away where there are some', () => {
    expect(ways({ title }).clear).toBeUndefined();
    const { clear } = ways({ title, genre: 'horror', franchise: 'include', private: 'true' }, { filters: 2 });
    expect(clear?.run.args).toEqual({ title, private: 'true' });
  });

  it('hand on the list from its beginning, to anyone', () => {
    expect(ways({ title, genre: 'horror', page: '3' }).share).toMatchObject({
      run: { command: 'similar', args: { title, genre: 'horror', page: '1' } },
      for: 'anyone',
    });
  });
});
