import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import type { Opinion } from '../../src/people/opinions.ts';
import { sqlImports } from '../../src/people/sql-imports.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';
import { bringingTo } from '../fixtures/imports.ts';
import { aRecord } from '../fixtures/records.ts';

const ANN = 'discord:1';
const BOB = 'discord:2';

const ALIEN = aRecord({ title: 'Alien', year: 1979, ids: { imdb: 'tt0000001' } });
const HEAT = aRecord({ title: 'Heat', year: 1995, ids: { imdb: 'tt0000002' } });

async function aStore() {
  const database = await openDatabase(':memory:');
  onTestFinished(() => database.close());
  const catalogue = new SqlCatalogue(database);
  await catalogue.upsert([ALIEN, HEAT]);
  const [alien, heat] = (await catalogue.movies(0, 10)).map(({ number }) => number);
  return {
    catalogue,
    db: database.db,
    imports: sqlImports(database.db),
    bring: bringingTo(database.db),
    opinions: sqlOpinions(database.db),
    alien: alien!,
    heat: heat!,
  };
}

/** A later source shows that the two are one. */
async function becomeOne(catalogue: SqlCatalogue): Promise<void> {
  await catalogue.upsert([{ ...ALIEN, ids: { imdb: 'tt0000001', tmdb: '9' } }]);
  await catalogue.upsert([{ ...HEAT, ids: { imdb: 'tt0000002', trakt: '8' } }]);
  await catalogue.upsert([aRecord({ title: 'Alien', year: 1979, ids: { tmdb: '9', trakt: '8' } })]);
  expect(await catalogue.movies(0, 10)).toHaveLength(1);
}

const rated = (movie: number, stars: number, at: number): Opinion => ({
  movie,
  stars,
  seen: true,
  dismissed: false,
  at,
});

describe('an import that is taken back', () => {
  it('leaves what was there before, and nothing of what it brought', async () => {
    const { imports, opinions, alien, heat, bring } = await aStore();
    const before: Opinion = { movie: alien, seen: false, dismissed: true, at: 3 };
    await opinions.put(ANN, before);
    await opinions.put(BOB, rated(heat, 1, 1));
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9), rated(heat, 4, 9)], 10);
    expect(await opinions.count(ANN)).toBe(2);
    expect(await imports.last(ANN)).toEqual({ id, source: 'imdb', at: 10 });
    expect(await imports.changes(id!)).toEqual([{ movie: alien, before }, { movie: heat }]);
    expect(await imports.takeBack(ANN, id!)).toEqual({ source: 'imdb', kept: 0 });
    expect(await opinions.of(ANN)).toEqual([before]);
    expect(await opinions.of(BOB)).toEqual([rated(heat, 1, 1)]);
  });

  it('keeps what was said since, also that something is no longer said', async () => {
    const { imports, opinions, alien, heat, bring } = await aStore();
    await opinions.put(ANN, rated(heat, 2, 1));
    const id = await bring(ANN, 'trakt', [rated(alien, 5, 9), rated(heat, 4, 9)], 10);
    await opinions.put(ANN, rated(alien, 5, 11));
    await opinions.remove(ANN, heat);
    expect(await imports.takeBack(ANN, id!)).toEqual({ source: 'trakt', kept: 2 });
    expect(await opinions.of(ANN)).toEqual([rated(alien, 5, 11)]);
  });

  it('is the last one alone, once, of the one who brought it', async () => {
    const { imports, opinions, alien, heat, bring } = await aStore();
    const first = await bring(ANN, 'imdb', [rated(alien, 5, 9)], 10);
    const second = await bring(ANN, 'trakt', [rated(heat, 4, 9)], 11);
    expect(await imports.takeBack(ANN, first!)).toBeUndefined();
    expect(await imports.takeBack(BOB, second!)).toBeUndefined();
    const both = await Promise.all([imports.takeBack(ANN, second!), imports.takeBack(ANN, second!)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await opinions.of(ANN)).toEqual([rated(alien, 5, 9)]);
    // A button of what was taken back never means a later one.
    expect(await bring(ANN, 'imdb', [rated(heat, 1, 9)], 12)).toBeGreaterThan(second!);
  });

  it('is no import where it brought nothing new', async () => {
    const { imports, opinions, alien, bring } = await aStore();
    await opinions.put(ANN, rated(alien, 5, 9));
    expect(await bring(ANN, 'imdb', [rated(alien, 4, 8)], 10)).toBeUndefined();
    expect(await bring(ANN, 'imdb', [], 10)).toBeUndefined();
    expect(await imports.last(ANN)).toBeUndefined();
  });

  it('leaves nothing behind where it cannot be written', async () => {
    const { imports, opinions, alien, heat, bring } = await aStore();
    await expect(bring(ANN, 'imdb', [rated(alien, 4, 1), rated(heat, 9, 1)], 10)).rejects.toThrow();
    expect([await imports.last(ANN), await opinions.count(ANN)]).toEqual([undefined, 0]);
  });

  it('follows a film that is found to be another one', async () => {
    const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9)], 10);
    await bring(BOB, 'imdb', [rated(heat, 5, 9)], 10);
    await becomeOne(catalogue);
    expect((await imports.takeBack(ANN, id!))?.kept).toBe(0);
    expect((await imports.takeBack(BOB, (await imports.last(BOB))!.id))?.kept).toBe(0);
    expect([await opinions.count(ANN), await opinions.count(BOB)]).toEqual([0, 0]);
  });

  it.each([
    ['the film that was not rated before is the later', 9, 8],
    ['the film that was rated before is the later', 8, 9],
    ['both came at one time', 9, 9],
  ])('of two films that became one leaves what was said of either before: %s', async (_, one, other) => {
    for (const ratedBefore of ['alien', 'heat'] as const) {
      const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
      const [before, free] = ratedBefore === 'alien' ? [alien, heat] : [heat, alien];
      await opinions.put(ANN, rated(before, 2, 1));
      const id = await bring(ANN, 'imdb', [rated(free, 5, one), rated(before, 4, other)], 10);
      await becomeOne(catalogue);
      expect(await imports.takeBack(ANN, id!)).toMatchObject({ kept: 0 });
      expect(await opinions.of(ANN)).toMatchObject([{ stars: 2, at: 1 }]);
    }
  });

  it('of two films that became one leaves the later of what was said of both before', async () => {
    const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
    await opinions.putAll(ANN, [rated(alien, 2, 2), rated(heat, 3, 3)]);
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9), rated(heat, 4, 8)], 10);
    await becomeOne(catalogue);
    expect(await imports.takeBack(ANN, id!)).toMatchObject({ kept: 0 });
    expect(await opinions.of(ANN)).toMatchObject([{ stars: 3, at: 3 }]);
  });

  it('leaves what was said of a film that it did not bring, and that became one with a film that it did', async () => {
    const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
    await opinions.put(ANN, rated(heat, 2, 1));
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9)], 10);
    await becomeOne(catalogue);
    expect(await imports.takeBack(ANN, id!)).toMatchObject({ kept: 0 });
    expect(await opinions.of(ANN)).toMatchObject([{ stars: 2, at: 1 }]);
  });

  it('keeps what was said since of one of two films that became one', async () => {
    const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
    await opinions.put(ANN, rated(heat, 2, 1));
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9), rated(heat, 4, 9)], 10);
    await opinions.put(ANN, rated(heat, 1, 11));
    await becomeOne(catalogue);
    expect(await imports.takeBack(ANN, id!)).toMatchObject({ kept: 1 });
    expect(await opinions.of(ANN)).toMatchObject([{ stars: 1, at: 11 }]);
  });

  it('brings nothing back that was taken back since of one of two films that became one', async () => {
    const { catalogue, imports, opinions, alien, heat, bring } = await aStore();
    await opinions.put(ANN, rated(heat, 2, 1));
    const id = await bring(ANN, 'imdb', [rated(alien, 5, 9), rated(heat, 4, 9)], 10);
    await opinions.remove(ANN, heat);
    await becomeOne(catalogue);
    expect(await imports.takeBack(ANN, id!)).toMatchObject({ kept: 0 });
    expect(await opinions.of(ANN)).toEqual([]);
  });

  it('is there after a restart, and quickly taken back whatever its size', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-imports-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'kindred.db');
    const first = await openDatabase(file);
    const catalogue = new SqlCatalogue(first);
    const many = Array.from({ length: 6000 }, (_, i) =>
      aRecord({ title: `Film ${i}`, year: 1990, ids: { imdb: `tt${1_000_000 + i}` } }),
    );
    await catalogue.upsert(many);
    const numbers = (await catalogue.movies(0, many.length)).map(({ number }) => number);
    const before = numbers.slice(0, 3000).map((number) => rated(number, 3, 1));
    await sqlOpinions(first.db).putAll(ANN, before);
    const brought = numbers.map((number) => rated(number, 4, 2));
    await bringingTo(first.db)(ANN, 'letterboxd', brought, 3);
    await first.close();
    const second = await openDatabase(file);
    onTestFinished(() => second.close());
    const imports = sqlImports(second.db);
    const started = process.cpuUsage();
    await imports.takeBack(ANN, (await imports.last(ANN))!.id);
    // 20 ms; going through the history once for each of its films took ten seconds.
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
    expect(await sqlOpinions(second.db).of(ANN)).toEqual(before);
  });

  it('goes with everything else that is held about an account', async () => {
    const { db, alien, bring } = await aStore();
    await bring(ANN, 'imdb', [rated(alien, 5, 9)], 10);
    await sqlForgetting(db).forget(ANN);
    expect(await db.selectFrom('history_import').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('history_change').selectAll().execute()).toEqual([]);
  });
});
