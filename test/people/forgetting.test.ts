import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { sqlPreferences } from '../../src/catalogue/sql/views.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import { Forgotten } from '../../src/people/imports.ts';
import { sqlImports } from '../../src/people/sql-imports.ts';
import { sqlNights } from '../../src/people/sql-nights.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';
import { sqlUploadLinks } from '../../src/people/upload-links.ts';
import { bringingTo } from '../fixtures/imports.ts';
import { aRecord } from '../fixtures/records.ts';

const ANN = 'telegram:777000777';
const BOB = 'telegram:777000778';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-forgetting-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a process has of a folder's database. */
async function aProcess(folder: string) {
  const database = await openDatabase(join(folder, 'kindred.db'));
  onTestFinished(() => database.close());
  const { db, sqlite } = database;
  return {
    db,
    sqlite,
    catalogue: new SqlCatalogue(database),
    nights: sqlNights(db),
    opinions: sqlOpinions(db),
    imports: sqlImports(db),
    links: sqlUploadLinks(db),
    preferences: sqlPreferences(db),
    forgetting: sqlForgetting(db),
  };
}

/** Whether these bytes stand in any file of the folder: the database, or its log of changes. */
async function isReadable(text: string, folder: string): Promise<boolean> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return files.some((bytes) => bytes.includes(text));
}

const liked = (movie: number) => ({ movie, stars: 4, seen: true, dismissed: false, at: 1 });
const aNight = { language: 'fr', adult: false, wish: { filters: {} }, hours: 1, began: 1 } as const;

/** Everything that can be held about an account, of two people. */
async function aFullHouse(folder: string) {
  const house = await aProcess(folder);
  await house.catalogue.upsert([aRecord({ title: 'Alien' }), aRecord({ title: 'Heat' })]);
  const [alien, heat] = (await house.catalogue.movies(0, 2)).map(({ number }) => number) as [number, number];
  for (const person of [ANN, BOB]) {
    await house.preferences.setLanguage(person, 'fr');
    await house.opinions.put(person, liked(alien));
    await bringingTo(house.db)(person, 'imdb', [liked(heat)], 1);
    await house.links.create(person, 1);
    await house.nights.begin({ ...aNight, chat: person, shared: true, starter: person }, [
      { owner: person, named: false, filters: {} },
    ]);
  }
  return { ...house, alien, heat };
}

describe('whoever is forgotten', () => {
  it('is in no file of the database any more', async () => {
    const folder = await aFolder();
    const { nights, forgetting, sqlite } = await aFullHouse(folder);
    sqlite.exec('pragma wal_checkpoint(truncate)');
    await nights.begin({ ...aNight, chat: 'telegram:-1', shared: false, starter: ANN }, []);
    expect(await isReadable(ANN, folder)).toBe(true);
    expect(await forgetting.forget(ANN)).toBe(2);
    expect(await isReadable(ANN, folder)).toBe(false);
    expect(await forgetting.forget(ANN)).toBe(0);
  });

  it('leaves everybody else alone', async () => {
    const { nights, opinions, imports, preferences, forgetting, db } = await aFullHouse(await aFolder());
    await forgetting.forget(ANN);
    expect(await opinions.count(BOB)).toBe(2);
    expect(await imports.last(BOB)).toBeDefined();
    expect(await preferences.language(BOB)).toBe('fr');
    expect(await nights.of(BOB)).toHaveLength(1);
    expect(await db.selectFrom('upload_link').select('owner').execute()).toEqual([{ owner: BOB }]);
  });

  it('is forgotten altogether or, where that fails half-way, not at all', async () => {
    const { nights, opinions, imports, forgetting, sqlite } = await aFullHouse(await aFolder());
    sqlite.exec(
      "create trigger full before delete on opinion begin select raise(abort, 'the disk is full'); end",
    );
    await expect(forgetting.forget(ANN)).rejects.toThrow('the disk is full');
    expect(await opinions.count(ANN)).toBe(2);
    expect(await imports.last(ANN)).toBeDefined();
    expect(await nights.of(ANN)).toHaveLength(1);
  });

  it('is readable in the log only as long as another process reads, whichever empties it then', async () => {
    const folder = await aFolder();
    const { forgetting } = await aFullHouse(folder);
    const reader = await aProcess(folder);
    reader.sqlite.exec('begin; select count(*) from opinion');
    expect(await forgetting.forget(ANN)).toBe(2);
    await forgetting.emptyLog();
    expect(await isReadable(ANN, folder)).toBe(true);
    reader.sqlite.exec('commit');
    await reader.forgetting.emptyLog();
    expect(await isReadable(ANN, folder)).toBe(false);
  });

  it('is readable in the log only as long as another process writes, too', async () => {
    const folder = await aFolder();
    const { forgetting } = await aFullHouse(folder);
    const reader = await aProcess(folder);
    reader.sqlite.exec('begin; select count(*) from opinion');
    await forgetting.forget(ANN);
    reader.sqlite.exec('commit; begin immediate');
    // Nobody is waited for.
    await forgetting.emptyLog();
    expect(await isReadable(ANN, folder)).toBe(true);
    reader.sqlite.exec('commit');
    await forgetting.emptyLog();
    expect(await isReadable(ANN, folder)).toBe(false);
  });

  it('gets nothing from a history that another process is reading', async () => {
    const folder = await aFolder();
    const { links, imports, opinions, alien } = await aFullHouse(folder);
    const other = await aProcess(folder);
    const token = await links.create(ANN, Date.now());
    const uploads = [await links.begin(ANN, Date.now()), (await links.redeem(token, Date.now()))!];
    await other.forgetting.forget(ANN);
    for (const upload of uploads)
      await expect(imports.bring(upload, 'imdb', [liked(alien)], 1)).rejects.toThrow(Forgotten);
    expect([await opinions.count(ANN), await imports.last(ANN)]).toEqual([0, undefined]);
  });
});

describe('a history that is being read', () => {
  it('is brought also where its link ends, or another is given, meanwhile', async () => {
    const { links, imports, alien } = await aFullHouse(await aFolder());
    const token = await links.create(ANN, 0);
    const lastMoment = 15 * 60_000 - 1;
    const upload = (await links.redeem(token, lastMoment))!;
    await links.deleteEnded(lastMoment + 30_000);
    await links.create(ANN, lastMoment + 30_000);
    expect(await imports.bring(upload, 'trakt', [{ ...liked(alien), at: 2 }], 1)).toBeDefined();
  });
});
