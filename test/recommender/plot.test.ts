import { describe, expect, it } from 'vitest';
import { themeEmbedder } from '../fixtures/theme-embedder.ts';
import { aWorld, model, tellerOf } from './world.ts';

const query = { filters: {}, page: 1, pageSize: 5 } as const;

describe('a search by plot', () => {
  const world = aWorld([
    { overview: 'A heist on a train.' },
    { overview: 'A heist in space, and love.' },
    { overview: 'Love and war.' },
    { overview: 'A heist.', year: 1999 },
  ]);
  const ask = (text: string, filters = {}) => world.recommender.plot({ ...query, text, filters });

  it('puts first what both its words and its meaning find', async () => {
    const { items } = await ask('a heist on a train');
    expect(items[0]!.movie.number).toBe(1);
    expect(items[0]!.score).toBeGreaterThan(0.5);
  });

  it('finds by words alone what the embedder has no vector for, and quotes it', async () => {
    const { items } = await ask('train');
    expect(items.map(({ movie }) => movie.number)).toEqual([1]);
    expect(items[0]!.reasons).toEqual([{ kind: 'plot', values: ['A heist on a train.'] }]);
  });

  it('passes filters, and counts what an unknown field left out', async () => {
    const { items, remarks } = await ask('heist', { from: 1990 });
    expect(items.map(({ movie }) => movie.number)).toEqual([4]);
    expect(remarks).toContainEqual({ kind: 'unknownField', count: 3 });
  });

  it('puts movies of the genres that the text tells of first, and says what it took it for', async () => {
    const two = [
      { overview: 'A heist.', genres: ['comedy'] },
      { overview: 'A heist.', genres: ['western'] },
      { overview: 'A heist.' },
    ] as const;
    const { recommender } = aWorld(two, undefined, tellerOf('western', 'heist'));
    const { items, remarks } = await recommender.plot({
      ...query,
      text: 'a heist, a heist at noon, with six more words than few have',
    });
    expect(items.map(({ movie }) => movie.number)).toEqual([2, 3, 1]);
    expect(remarks).toContainEqual({ kind: 'plotGenres', genres: ['western'] });
  });

  it('shows nothing that matches by neither its words nor its meaning, however few pass the filter', async () => {
    const two = [
      { overview: 'A heist.', year: 1999 },
      { overview: 'Love and war.', year: 1990 },
    ];
    const { recommender } = aWorld(two, { ...model, plot: { ...model.plot, bias: -5 } });
    const { items, remarks } = await recommender.plot({ ...query, text: 'heist', filters: { to: 1998 } });
    expect(items).toEqual([]);
    expect(remarks).toContainEqual({ kind: 'emptiedBy', filter: 'years' });
  });

  it('says which filter leaves nothing', async () => {
    const { items, remarks } = await ask('heist', { from: 2050 });
    expect(items).toEqual([]);
    expect(remarks).toContainEqual({ kind: 'emptiedBy', filter: 'years' });
  });

  it('quotes no sentence for the short words of a language that the embedder does not know', async () => {
    const overview = 'In La Paz de Sol it rains. A robot waits.';
    const embedder = { ...themeEmbedder(), knownShare: () => 0 };
    const { recommender } = aWorld([{ overview }], undefined, undefined, undefined, embedder);
    const text = 'un robot de la luna que no sol';
    const { items, remarks } = await recommender.plot({ ...query, text });
    expect(items[0]!.reasons).toEqual([{ kind: 'plot', values: ['A robot waits.'] }]);
    expect(remarks).toContainEqual({ kind: 'wordsOnly' });
  });
});
