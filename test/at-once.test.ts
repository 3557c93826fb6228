import { describe, expect, it } from 'vitest';
import { eachAtOnce, mapAhead, mapAtOnce } from '../src/at-once.ts';

describe('several at once', () => {
  it('keeps the order of the items and the limit', async () => {
    let [running, most] = [0, 0];
    const doubled = await mapAtOnce([5, 1, 3, 0, 2], 2, async (item) => {
      most = Math.max(most, ++running);
      for (let i = 0; i < item; i++) await new Promise(setImmediate);
      running--;
      return item * 2;
    });
    expect(doubled).toEqual([10, 2, 6, 0, 4]);
    expect(most).toBe(2);
  });

  it('begins nothing more once one failed, and waits for those under way', async () => {
    const begun: number[] = [];
    const held = Promise.withResolvers<void>();
    const all = mapAtOnce([1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('the first failed');
      await held.promise;
    });
    held.resolve();
    await expect(all).rejects.toThrow('the first failed');
    expect(begun).toEqual([1, 2]);
  });

  it('closes what it reads from, also after a failure', async () => {
    let closed = false;
    async function* numbers() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    }
    const failing = eachAtOnce(numbers(), 3, async (item) => {
      if (item === 7) throw new Error('seven');
    });
    await expect(failing).rejects.toThrow('seven');
    expect(closed).toBe(true);
  });
});

describe('results that are begun ahead', () => {
  async function* numbers(count: number) {
    for (let i = 0; i < count; i++) yield i;
  }
  async function rest<T>(results: AsyncIterable<T>): Promise<T[]> {
    const all: T[] = [];
    for await (const result of results) all.push(result);
    return all;
  }

  it('come in the order of the items, so many begun before they are asked for and no more', async () => {
    const begun: number[] = [];
    const results = mapAhead(numbers(6), 2, async (item) => {
      begun.push(item);
      for (let i = item; i < 6; i++) await new Promise(setImmediate);
      return item * 2;
    });
    expect((await results.next()).value).toBe(0);
    expect(begun).toEqual([0, 1, 2]);
    expect((await results.next()).value).toBe(2);
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(await rest(results)).toEqual([4, 6, 8, 10]);
  });

  it('are begun one by one where none is to be ahead', async () => {
    const begun: number[] = [];
    const results = mapAhead(numbers(3), 0, async (item) => begun.push(item));
    await results.next();
    expect(begun).toEqual([0]);
    expect(await rest(results)).toHaveLength(2);
  });

  it('end with the first that failed, in its turn, when those under way are done', async () => {
    let done = 0;
    const results = mapAhead(numbers(9), 3, async (item) => {
      if (item === 1) throw new Error('the second failed');
      await new Promise(setImmediate);
      done++;
      return item;
    });
    expect((await results.next()).value).toBe(0);
    await expect(results.next()).rejects.toThrow('the second failed');
    expect(done).toBe(4); // 0, 2, 3 and 4
  });
});
