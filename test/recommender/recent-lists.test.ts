import { describe, expect, it } from 'vitest';
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
