import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { pageOf } from '../../src/recommender/page.ts';
import { type RankedList, RecentLists } from '../../src/recommender/recent-lists.ts';
import type { PlotQuery } from '../../src/recommender/recommender.ts';
import { aMovie } from '../fixtures/movies.ts';
import { aWorld } from './world.ts';

const story: PlotQuery = { text: 'a heist', filters: {}, page: 1, pageSize: 5 };

/** A new list each time it is asked. */
const newList = async (): Promise<RankedList> => ({ ordered: [], remarks: [], reasonsFor: () => [] });

describe('the pages of a list', () => {
  it('never show a film twice, though another came in before the first in between', async () => {
    const titled = ['One', 'Two', 'Three', 'Four'].map((title, at) => ({
      title,
      overview: 'space',
      year: 1990 + at,
    }));
    const world = aWorld(titled);
    const seed = world.movies[0]!;
    const page = async (number: number) => {
      const query = { seeds: [seed], filters: {}, page: number, pageSize: 1 };
      const { items } = await world.recommender.similar(query);
      return items.map(({ movie }) => movie.title);
    };
    const first = await page(1);
    const newer = aMovie({ id: 'tt9', number: 9, title: 'Nine', overview: 'space', year: 1990 });
    world.movies.push(newer);
    world.features.put(newer);
    expect([first, await page(2), await page(3)].flat()).toEqual(['Two', 'Three', 'Four']);
    expect(await page(1)).toEqual(['Nine']);
  });

  it('never show a film that was found since to be another one, or to be for adults', async () => {
    const world = aWorld(['One', 'Two', 'Three'].map((title) => ({ title, overview: 'space' })));
    const [one, , three] = world.movies;
    const ordered = world.movies.map((movie) => ({ features: world.features.of(movie), relevance: 1 }));
    const found = new Map([
      [1, one!],
      [2, one!],
      [3, { ...three!, adult: true }],
    ]);
    const catalogue = { byNumber: async () => found } as unknown as Catalogue;
    const list = { ordered, remarks: [], reasonsFor: () => [] };
    const shown = async (adult: boolean) =>
      (await pageOf({ catalogue }, list, { page: 1, pageSize: 3, adult })).items.map(({ rank }) => rank);
    expect(await shown(false)).toEqual([1]);
    expect(await shown(true)).toEqual([1, 3]);
  });

  it('do not hold the index that the list was made from, which is large and may be replaced', async () => {
    const { recommender, movies, indexes } = aWorld([
      { title: 'One', overview: 'space' },
      { title: 'Two', overview: 'space' },
    ]);
    await recommender.similar({ seeds: [movies[0]!], filters: {}, page: 1, pageSize: 1 });
    await recommender.plot({ text: 'space', filters: {}, page: 1, pageSize: 1 });
    await nextTurn();
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    expect(indexes.map((index) => index.deref())).toEqual([undefined, undefined]);
  });

  it('go on from the first of the same words and filters alone', async () => {
    const lists = new RecentLists();
    const first = await lists.of(story, newList);
    const second = { ...story, page: 2 };
    expect(await lists.of({ ...second, pageSize: 3 }, newList)).toBe(first);
    expect(await lists.of({ ...second, text: 'a spy' }, newList)).not.toBe(first);
    expect(await lists.of({ ...second, filters: { from: 1990 } }, newList)).not.toBe(first);
    expect(await lists.of(story, newList)).not.toBe(first);
  });

  it('are made anew after a quarter of an hour, and where many others were begun since', async () => {
    let minutes = 0;
    const lists = new RecentLists(() => minutes * 60_000);
    const first = await lists.of(story, newList);
    minutes = 14;
    expect(await lists.of({ ...story, page: 2 }, newList)).toBe(first);
    minutes = 16;
    const later = await lists.of({ ...story, page: 2 }, newList);
    expect(later).not.toBe(first);
    for (let at = 0; at < 200; at++) await lists.of({ ...story, text: `${at}` }, newList);
    expect(await lists.of({ ...story, page: 2 }, newList)).not.toBe(later);
  });
});
