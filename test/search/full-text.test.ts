import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { FullText } from '../../src/search/full-text.ts';
import { openPlotSearch } from '../../src/search/open.ts';
import type { PlotSearch } from '../../src/search/plot-search.ts';
import { aMovie } from '../fixtures/movies.ts';

const STORIES = [
  ['tt0000001', 'A thief steals secrets while people dream.', 2010],
  ['tt0000002', 'A juror doubts. Eleven others do not.', 1957],
  ['tt0000003', 'Two robots meet on a deserted earth.', undefined],
  ['tt0000004', 'A shark near a beach.', 1975],
  ['tt0000005', 'A wedding on a beach.', 1999],
  ['tt0000007', 'A duel at dawn.', 1960],
  ['tt0000008', 'A letter comes too late.', 1961],
  ['tt0000009', 'Snow falls on a village.', 1962],
] as const;

describe('full-text search', () => {
  let folder: string;
  let database: OpenDatabase;
  let catalogue: SqlCatalogue;
  let files: { catalogue: string; index: string };
  let search: PlotSearch;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-search-'));
    files = { catalogue: join(folder, 'kindred.db'), index: join(folder, 'plots.db') };
    database = await openDatabase(files.catalogue);
    catalogue = new SqlCatalogue(database);
    await catalogue.upsert(
      STORIES.map(([id, overview, year]) => ({
        ...aMovie({ id, title: `Film ${id}`, overview, ids: { imdb: id }, ...(year && { year }) }),
      })),
    );
    search = openPlotSearch(files);
    await search.refresh();
  });

  afterAll(async () => {
    await search.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const find = async (text: string, filter = {}) =>
    (await search.search(text, { limit: 10, filter: [], ...filter })).map(({ id }) => id);

  it('makes an index anew that is ahead of a catalogue which was brought back from a copy of its file', async () => {
    const [old, index] = [join(folder, 'old.db'), join(folder, 'ahead.db')];
    const opened = await openDatabase(old);
    const lost = new SqlCatalogue(opened);
    await lost.upsert([aMovie({ id: 'tt0000010', title: 'Lost', overview: 'A comet comes.' })]);
    opened.sqlite.exec('pragma wal_checkpoint(truncate)');
    copyFileSync(old, join(folder, 'back.db'));
    for (const id of ['tt0000011', 'tt0000012'])
      await lost.upsert([aMovie({ id, title: id, overview: `A volcano wakes.` })]);
    await opened.close();
    const before = openPlotSearch({ catalogue: old, index });
    await before.refresh();
    await before.close();

    const back = await openDatabase(join(folder, 'back.db'));
    await new SqlCatalogue(back).upsert([
      aMovie({ id: 'tt0000013', title: 'Late', overview: 'A glacier melts.' }),
    ]);
    const after = openPlotSearch({ catalogue: join(folder, 'back.db'), index });
    const told = await after.search('glacier', { limit: 10, filter: [] });
    await Promise.all([after.close(), back.close()]);
    expect(told.map(({ id }) => id)).toEqual(['tt0000013']);
  });

  it('makes a damaged index anew', async () => {
    const index = join(folder, 'damaged.db');
    writeFileSync(index, 'this is no database at all, and never was one');
    const healed = openPlotSearch({ ...files, index });
    const hits = await healed.search('shark', { limit: 10, filter: [] });
    await healed.close();
    expect(hits.map(({ id }) => id)).toContain('tt0000004');
  });

  it('finds a story by its words in other forms', async () => {
    expect((await find('thieves stealing a secret in dreams'))[0]).toBe('tt0000001');
    expect((await find('one juror against eleven'))[0]).toBe('tt0000002');
  });

  it('gives what has more of the rarer words a higher score, up to about 1', async () => {
    const hits = await search.search('shark beach', { limit: 10, filter: [] });
    expect(hits.map(({ id }) => id)).toEqual(['tt0000004', 'tt0000005']);
    expect(hits[0]!.score).toBeGreaterThan(hits[1]!.score);
    expect(hits[0]!.score).toBeLessThan(1.1);
  });

  it('gives one word that occurs of a text that has many no full score', async () => {
    const scoreOf = async (text: string) => (await search.search(text, { limit: 10, filter: [] }))[0]!.score;
    expect(await scoreOf('shark qwxzzy')).toBe(await scoreOf('shark'));
    expect(await scoreOf('shark qwxzzy plugh xyzzy')).toBeCloseTo((await scoreOf('shark')) / 6);
  });

  it('finds under a filter what it would find without, less what does not pass, however rare that is', async () => {
    const many = join(folder, 'many.db');
    const other = await openDatabase(many);
    const yearOf = (i: number) => 1900 + ((i * 37) % 100);
    await new SqlCatalogue(other).upsert(
      Array.from({ length: 300 }, (_, i) => {
        // A word that more than a quarter of the movies have tells nothing.
        const told = i < 60 && `A lighthouse${' keeper'.repeat(1 + (i % 7))} waits.${' Fog.'.repeat(i % 5)}`;
        const overview = told || 'Something else altogether.';
        return aMovie({ id: `kindred:${i + 1}`, title: `Film ${i}`, year: yearOf(i), overview, ids: {} });
      }),
    );
    await other.close();
    const index = new FullText(many, join(folder, 'many-plots.db'));
    while (index.refresh());
    const all = index.search('keeper fog waits', 60, []).map(({ id }) => id);
    expect(all.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2000 }), fc.integer({ min: 1, max: 12 }), (from, limit) => {
        const found = index.search('keeper fog waits', limit, [{ field: 'year', atLeast: from }]);
        const passing = all.filter((id) => yearOf(Number(id.split(':')[1]) - 1) >= from);
        expect(found.map(({ id }) => id)).toEqual(passing.slice(0, limit));
      }),
    );
  });

  it('passes filters inside the search; an unknown field passes none', async () => {
    expect(await find('beach', { filter: [{ field: 'year', atLeast: 1990 }] })).toEqual(['tt0000005']);
    expect(await find('robots', { filter: [{ field: 'year', atLeast: 1900 }] })).toEqual([]);
  });

  it('takes in what was written since, without being told to', async () => {
    await catalogue.upsert([
      aMovie({ id: 'tt0000006', title: 'New', overview: 'A zeppelin.', ids: { imdb: 'tt0000006' } }),
    ]);
    expect(await find('zeppelin')).toEqual(['tt0000006']);
  });

  it('takes any text at all, and never as words of the query language', () => {
    const direct = new FullText(files.catalogue, files.index);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', 'NEAR(a b)', 'a* OR ^b', '-')),
        (text) => {
          expect(Array.isArray(direct.search(`beach ${text}`, 5, []))).toBe(true);
        },
      ),
    );
  });
});
