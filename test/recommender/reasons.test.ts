import { describe, expect, it } from 'vitest';
import type { Movie } from '../../src/catalogue/movie.ts';
import { FeatureTable } from '../../src/recommender/features.ts';
import { reasonsFor, reasonsForEach } from '../../src/recommender/reasons.ts';
import { withTold } from '../../src/recommender/told-reasons.ts';
import { aMovie } from '../fixtures/movies.ts';
import { aWorld } from './world.ts';

/** A hundred movies: all of them dramas, half of them about love, and the two in question. */
function reasons(a: Partial<Movie>, b: Partial<Movie>, near?: number) {
  const table = new FeatureTable();
  for (let at = 0; at < 98; at++)
    table.put(
      aMovie({ id: `x${at}`, genres: ['drama'], keywords: at % 2 ? ['love'] : ['city'], overview: '.' }),
    );
  const [one, other] = [aMovie({ id: 'a', ...a }), aMovie({ id: 'b', ...b })];
  table.put(one);
  table.put(other);
  return withTold(
    reasonsFor(table.get('a')!, table.get('b')!, table),
    { seeds: [one], movie: other, near },
    table,
  );
}

describe('reasons', () => {
  it('name what both have, the rarest first', () => {
    const both = { directors: ['Ann'], keywords: ['love', 'heist', 'train'] };
    expect(reasons(both, { ...both, cast: ['Dee'] })).toEqual([
      { kind: 'theme', values: ['heist', 'train', 'love'] },
      { kind: 'director', values: ['Ann'] },
    ]);
  });

  it('do not mention what half of all movies have', () => {
    const both: Partial<Movie> = { keywords: ['love'], genres: ['drama'] };
    expect(reasons(both, both)).toEqual([{ kind: 'genre', values: ['drama'] }]);
  });

  it('quote the story, not the sentence that says what kind of film it is', () => {
    const overview =
      'Rain is a 1932 American drama film about a thief, made in Hollywood. A thief waits for rain.';
    expect(reasons({ overview: 'An American thief in Hollywood.' }, { overview })).toEqual([
      { kind: 'plot', values: ['A thief waits for rain.'] },
    ]);
  });

  it('quote the nearest sentence where a genre is all they share', () => {
    const seed: Partial<Movie> = { genres: ['drama'], overview: 'A thief walks through dreams.' };
    const other: Partial<Movie> = {
      genres: ['drama'],
      overview: 'A clerk sleeps. She dreams of a thief. Then it rains.',
    };
    expect(reasons(seed, other)).toEqual([
      { kind: 'genre', values: ['drama'] },
      { kind: 'plot', values: ['She dreams of a thief.'] },
    ]);
  });

  it('quote the sentence that has a theme of what the list is like, where their stories have no word in common', () => {
    const seed: Partial<Movie> = { genres: ['drama'], keywords: ['time travel'], overview: 'A car hurries.' };
    const other: Partial<Movie> = { genres: ['drama'], overview: 'A guest comes. Nobody travels home.' };
    expect(reasons(seed, other)).toEqual([
      { kind: 'genre', values: ['drama'] },
      { kind: 'plot', values: ['Nobody travels home.'] },
    ]);
  });

  it('name a theme of one that the story of the other names, but no word that only looks like it', () => {
    const seed: Partial<Movie> = { genres: ['drama'], keywords: ['shark', 'king'], overview: 'It rains.' };
    const other: Partial<Movie> = {
      genres: ['drama'],
      overview: 'After Stephen King. Two sharks, one sharkskin.',
    };
    expect(reasons(seed, other)).toEqual([{ kind: 'theme', values: ['shark'] }]);
    expect(reasons(other, seed)).toEqual([{ kind: 'theme', values: ['shark'] }]);
  });

  it('name those of the cast that ranking does not compare', () => {
    const cast = [...'ABCDEF'];
    const seed: Partial<Movie> = { genres: ['drama'], cast: [...cast, 'Zoe'] };
    expect(reasons(seed, { genres: ['drama'], cast: ['Yan', 'Zoe'] })).toEqual([
      { kind: 'cast', values: ['Zoe'] },
    ]);
  });

  it('say that both are of one time, where few films of their genre are', () => {
    const seed: Partial<Movie> = { genres: ['western'], year: 1918, overview: 'One.' };
    expect(reasons(seed, { ...seed, year: 1916, overview: 'Two.' })).toEqual([
      { kind: 'genre', values: ['western'] },
      { kind: 'era', values: ['1916', '1918'] },
    ]);
    expect(reasons(seed, { ...seed, year: 1930, overview: 'Two.' })).toEqual([
      { kind: 'genre', values: ['western'] },
    ]);
  });

  it('quote no sentence of how a film was made', () => {
    const seed: Partial<Movie> = { genres: ['drama'], overview: 'The company waits.' };
    const overview = 'The company that distributed it grossed a million at the box office.';
    expect(reasons(seed, { genres: ['drama'], overview })).toEqual([{ kind: 'genre', values: ['drama'] }]);
  });

  it('name no sequel that a text merely speaks of', () => {
    const seed: Partial<Movie> = { keywords: ['sequel'], overview: 'One.' };
    expect(reasons(seed, { overview: 'It had a sequel.' })).not.toContainEqual({
      kind: 'theme',
      values: ['sequel'],
    });
  });

  it('say that the stories are alike where nothing can be named, but only where they are', () => {
    const [one, two] = [{ overview: 'One.' }, { overview: 'Two.' }];
    expect(reasons(one, two, 2.5)).toEqual([{ kind: 'close', values: [] }]);
    expect(reasons(one, two, 1)).toEqual([]);
    expect(reasons({ ...one, year: 1990 }, { ...two, year: 1992 }, 1)).toEqual([
      { kind: 'era', values: ['1990', '1992'] },
    ]);
  });

  it('say of a film without a story at most that both are of one time', () => {
    const films = [
      { overview: 'A heist.', year: 1990 },
      { overview: 'A heist.', year: 1950 },
      { year: 1990 },
    ];
    const { recommender, movies } = aWorld(films);
    const query = { seeds: [movies[2]!], filters: {}, page: 1, pageSize: 5 };
    return recommender.similar(query).then(({ items }) =>
      expect(items.map(({ movie, reasons }) => [movie.number, reasons])).toEqual([
        [1, [{ kind: 'era', values: ['1990', '1990'] }]],
        [2, []],
      ]),
    );
  });
});

describe('reasons for what is like several films', () => {
  const table = new FeatureTable();
  for (let at = 0; at < 98; at++) table.put(aMovie({ id: `x${at}`, genres: ['drama'], overview: '.' }));
  const ship = aMovie({ id: 'a', title: 'Ship', keywords: ['space', 'monster'], directors: ['Ann'] });
  const bear = aMovie({ id: 'b', title: 'Bear', keywords: ['bear', 'train'] });
  const movie = aMovie({ id: 'c', keywords: ['space', 'monster', 'bear'], directors: ['Ann'] });
  for (const each of [ship, bear, movie]) table.put(each);
  const because = (...seeds: Movie[]) =>
    reasonsForEach(
      seeds.map((seed) => table.of(seed)),
      table.of(movie),
      table,
    );

  it('name what tells most of each before what tells less of one, and say whose themes they are', () => {
    expect(because(ship, bear)).toEqual([
      { kind: 'themeOf', values: ['Ship', 'space', 'monster'] },
      { kind: 'themeOf', values: ['Bear', 'bear'] },
      { kind: 'director', values: ['Ann'] },
    ]);
  });

  it('say nothing twice', () => {
    expect(because(ship, ship)).toEqual([
      { kind: 'themeOf', values: ['Ship', 'space', 'monster'] },
      { kind: 'director', values: ['Ann'] },
    ]);
  });
});
