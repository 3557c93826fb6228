import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Filter, type Metadata, metadataHash } from '../../src/vectors/filter.ts';
import type { QueryOptions, VectorIndex, VectorRecord } from '../../src/vectors/vector-index.ts';

export interface IndexUnderTest {
  /** Empty, of vectors with {@link DIMENSIONS} dimensions, made by {@link EMBEDDER}. */
  readonly index: VectorIndex;
  /** Resolves when everything written so far can be read; absent where that is so at once. */
  readonly settled?: () => Promise<void>;
  /** What this store cannot promise, and why: such a test is skipped and says so. */
  readonly cannot?: Partial<Record<Ability, string>>;
  readonly close: () => Promise<void>;
}

type Ability = 'exact values' | 'signals';

export const DIMENSIONS = 4;
export const EMBEDDER = 'directions-4-a-t1';

const NORTH = direction(0);

/** A vector so many degrees away from {@link NORTH}: the cosine of two of them is that of the angle between. */
function direction(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0);
}

function record(id: string, degrees: number, metadata: Metadata = {}): VectorRecord {
  return {
    id,
    values: direction(degrees),
    metadata: { kind: 'movie', adult: false, ...metadata },
    textHash: `text of ${id}`,
  };
}

/**
 * What every {@link VectorIndex} promises; call it once per implementation.
 *
 * @param open Called anew for each test.
 */
export function vectorIndexContract(name: string, open: () => Promise<IndexUnderTest>): void {
  describe(`${name}, as a vector index`, () => {
    let under: IndexUnderTest;
    let index: VectorIndex;
    const ids = async (options: QueryOptions) => (await index.query(NORTH, options)).map(({ id }) => id);
    const settled = async () => under.settled?.();
    const upsert = async (...records: VectorRecord[]) => {
      await index.upsert(records);
      await settled();
    };
    const nearest = async (filter: Filter = [], topK = 10) =>
      (await index.query(NORTH, { topK, filter })).map(({ id }) => id);

    beforeEach(async () => {
      under = await open();
      index = under.index;
    });
    afterEach(() => under.close());

    it('knows its embedder, its dimensions and how many vectors it has', async () => {
      expect(await index.info()).toEqual({ embedder: EMBEDDER, dimensions: DIMENSIONS, count: 0 });
      await upsert(record('tt1', 10), record('tt2', 20));
      expect((await index.info()).count).toBe(2);
    });

    it('answers nothing while it is empty', async () => {
      expect(await index.query(NORTH, { topK: 5 })).toEqual([]);
      expect(await index.fetch(['tt1'])).toEqual(new Map());
      expect(await index.states(['tt1'])).toEqual(new Map());
    });

    it('fetches vectors by id and leaves out ids that have none', async ({ skip }) => {
      const why = under.cannot?.['exact values'];
      if (why) skip(why);
      await upsert(record('tt1', 10));
      const found = await index.fetch(['tt1', 'tt9']);
      expect([...found.keys()]).toEqual(['tt1']);
      expect(found.get('tt1')).toEqual(direction(10));
    });

    it('answers the nearest first, with their cosines', async () => {
      await upsert(record('tt1', 90), record('tt2', 60), record('tt3', 180), record('tt4', 0));
      const found = await index.query(NORTH, { topK: 10 });
      expect(found.map(({ id }) => id)).toEqual(['tt4', 'tt2', 'tt1', 'tt3']);
      for (const [i, cosine] of [1, 0.5, 0, -1].entries()) expect(found[i]?.score).toBeCloseTo(cosine, 3);
      for (const { score } of found) expect(Math.abs(score)).toBeLessThanOrEqual(1);
    });

    it('answers as many as were asked for and no more', async () => {
      await upsert(record('tt1', 10), record('tt2', 20), record('tt3', 30));
      expect(await nearest([], 2)).toEqual(['tt1', 'tt2']);
    });

    it('orders what is equally near by id, the same each time', async () => {
      await upsert(record('tt3', 30), record('tt1', 30), record('tt2', 30));
      expect(await nearest([], 2)).toEqual(['tt1', 'tt2']);
    });

    it('leaves out excluded ids and still answers as many as were asked for', async () => {
      await upsert(record('tt1', 10), record('tt2', 20), record('tt3', 30));
      const found = await index.query(NORTH, { topK: 2, exclude: ['tt1', 'tt8'] });
      expect(found.map(({ id }) => id)).toEqual(['tt2', 'tt3']);
    });

    it('tells of others that were asked about, in their place, where they pass', async () => {
      await upsert(
        ...[10, 20, 30, 40, 50].map((degrees, i) => record(`tt${i}`, degrees, { year: 2000 + i })),
      );
      const also = ['tt4', 'tt3', 'tt1', 'tt9'];
      expect(await ids({ topK: 2, also })).toEqual(['tt0', 'tt1', 'tt3', 'tt4']);
      expect(await ids({ topK: 1, also, exclude: ['tt3'] })).toEqual(['tt0', 'tt1', 'tt4']);
      expect(await ids({ topK: 1, also, filter: [{ field: 'year', atMost: 2003 }] })).toEqual([
        'tt0',
        'tt1',
        'tt3',
      ]);
    });

    it('filters inside the search: what is near and does not pass takes no place', async () => {
      const near = Array.from({ length: 30 }, (_, i) => record(`tt${100 + i}`, i, { year: 1990 }));
      await upsert(...near, record('tt1', 80, { year: 2010 }), record('tt2', 85, { year: 2020 }));
      expect(await nearest([{ field: 'year', atLeast: 2000 }], 2)).toEqual(['tt1', 'tt2']);
    });

    it.each<[string, Filter, string[]]>([
      ['a text', [{ field: 'language', is: 'ja' }], ['tt1']],
      ['another text', [{ field: 'language', not: 'ja' }], ['tt2']],
      ['a member of a list', [{ field: 'genres', is: 'drama' }], ['tt1', 'tt2']],
      ['no member of a list', [{ field: 'genres', not: 'horror' }], ['tt2']],
      ['a mark', [{ field: 'adult', is: false }], ['tt1', 'tt2', 'tt3']],
      ['a number at least', [{ field: 'runtime', atLeast: 100 }], ['tt2']],
      ['a number at most', [{ field: 'runtime', atMost: 99 }], ['tt1']],
      ['a fraction at most', [{ field: 'popularity', atMost: 0.5 }], ['tt1']],
      [
        'all of several conditions',
        [
          { field: 'genres', is: 'drama' },
          { field: 'runtime', atMost: 99 },
          { field: 'kind', is: 'movie' },
        ],
        ['tt1'],
      ],
    ])('filters by %s, and what is unknown does not pass', async (_, filter, passing) => {
      await upsert(
        record('tt1', 10, { language: 'ja', genres: ['drama', 'horror'], runtime: 90, popularity: 0.5 }),
        record('tt2', 20, { language: 'en', genres: ['drama'], runtime: 100, popularity: 0.51 }),
        record('tt3', 30),
        record('tt4', 40, { adult: true, kind: 'show' }),
      );
      const marks: Filter = filter.some(({ field }) => field === 'adult')
        ? []
        : [{ field: 'adult', is: false }];
      expect(await nearest([...filter, ...marks])).toEqual(passing);
    });

    it('replaces the vector, the metadata and the text hash of an id it knows', async () => {
      await upsert(record('tt1', 10, { year: 1990 }), record('tt2', 20));
      await upsert({ ...record('tt1', 170, { year: 2000 }), textHash: 'another text' });
      expect((await index.info()).count).toBe(2);
      expect(await nearest()).toEqual(['tt2', 'tt1']);
      expect(await nearest([{ field: 'year', atMost: 1995 }])).toEqual([]);
      expect((await index.states(['tt1'])).get('tt1')?.textHash).toBe('another text');
    });

    it('replaces metadata alone, and ignores ids that have no vector', async () => {
      await upsert(record('tt1', 10, { year: 1990, language: 'ja' }));
      await index.updateMetadata([
        { id: 'tt1', metadata: { kind: 'movie', year: 2000 } },
        { id: 'tt9', metadata: { kind: 'movie', year: 2000 } },
      ]);
      await settled();
      expect(await nearest([{ field: 'year', atLeast: 2000 }])).toEqual(['tt1']);
      expect(await nearest([{ field: 'language', is: 'ja' }])).toEqual([]);
      expect((await index.info()).count).toBe(1);
    });

    it('tells what is stored, so that only what changed is written again', async () => {
      const metadata: Metadata = { kind: 'movie', adult: false, year: 1990 };
      await upsert({ ...record('tt1', 10), metadata });
      const state = (await index.states(['tt1', 'tt9'])).get('tt1');
      expect(state).toEqual({ textHash: 'text of tt1', metadataHash: metadataHash(metadata) });
      await index.updateMetadata([{ id: 'tt1', metadata: { ...metadata, year: 1991 } }]);
      await settled();
      expect((await index.states(['tt1'])).get('tt1')).toEqual({
        textHash: 'text of tt1',
        metadataHash: metadataHash({ ...metadata, year: 1991 }),
      });
    });

    it('deletes, and minds no id that it does not have', async () => {
      await upsert(record('tt1', 10), record('tt2', 20));
      await index.delete(['tt1', 'tt9']);
      await settled();
      expect(await nearest()).toEqual(['tt2']);
      expect((await index.fetch(['tt1'])).size).toBe(0);
      expect((await index.states(['tt1'])).size).toBe(0);
      expect((await index.info()).count).toBe(1);
    });

    it('takes a deleted id back', async () => {
      await upsert(record('tt1', 10), record('tt2', 20));
      await index.delete(['tt1']);
      await settled();
      await upsert(record('tt1', 30));
      expect(await nearest()).toEqual(['tt2', 'tt1']);
    });

    it('lists every id once', async () => {
      const ids = Array.from({ length: 600 }, (_, i) => `tt${1000 + i}`);
      await upsert(...ids.map((id, i) => record(id, i % 360)));
      await index.delete(ids.slice(0, 10));
      await settled();
      const listed: string[] = [];
      for await (const page of index.ids()) listed.push(...page);
      expect(listed.toSorted()).toEqual(ids.slice(10));
    });

    it('does nothing where it is given nothing', async () => {
      await index.upsert([]);
      await index.updateMetadata([]);
      await index.delete([]);
      expect(await index.fetch([])).toEqual(new Map());
      expect((await index.info()).count).toBe(0);
    });

    it.each<[string, Float32Array]>([
      ['a wrong dimension', Float32Array.of(1, 0)],
      ['what is no number', Float32Array.of(Number.NaN, 1, 0, 0)],
      ['nothing but zeros', new Float32Array(DIMENSIONS)],
    ])('refuses a vector with %s, before anything is written', async (_, values) => {
      const bad = { ...record('tt2', 0), values };
      await expect(index.upsert([record('tt1', 10), bad])).rejects.toThrow(RangeError);
      await expect(index.query(values, { topK: 1 })).rejects.toThrow(RangeError);
      await settled();
      expect((await index.info()).count).toBe(0);
    });

    it('rejects with the reason of a signal that has fired', async ({ skip }) => {
      const why = under.cannot?.signals;
      if (why) skip(why);
      await upsert(record('tt1', 10));
      const signal = AbortSignal.abort(new Error('the person left'));
      const calls = [
        index.info({ signal }),
        index.fetch(['tt1'], { signal }),
        index.query(NORTH, { topK: 1, signal }),
        index.upsert([record('tt2', 20)], { signal }),
        index.updateMetadata([{ id: 'tt1', metadata: {} }], { signal }),
        index.delete(['tt1'], { signal }),
        index.states(['tt1'], { signal }),
      ];
      for (const call of calls) await expect(call).rejects.toThrow('the person left');
      expect((await index.info()).count).toBe(1);
    });
  });
}
