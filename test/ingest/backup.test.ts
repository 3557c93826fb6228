import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { Obstacle } from '../../src/errors.ts';
import { backupDatabase, FileExists } from '../../src/ingest/backup.ts';
import { keepFeatures } from '../../src/recommender/feature-file.ts';
import { openFeatures } from '../../src/recommender/open-features.ts';
import { readFeatures } from '../../src/recommender/read-features.ts';
import { openPlotSearch } from '../../src/search/open.ts';
import { openTitles } from '../../src/titles/open.ts';
import { aRecord } from '../fixtures/records.ts';
import { openImporting } from './importing.ts';

it('a backup is a whole catalogue, taken while others write, and replaces nothing', async () => {
  const here = await openImporting();
  const films = (from: number) =>
    Array.from({ length: 2000 }, (_, index) => aRecord({ title: `Film ${from + index}` }));
  await here.catalogue.upsert(films(0));
  const to = join(here.folder, 'copy.db');
  const copying = backupDatabase(join(here.folder, 'kindred.db'), to);
  await here.catalogue.upsert(films(2000));
  await copying;
  const copy = await openDatabase(to);
  const { movies } = await new SqlCatalogue(copy).stats();
  expect([2000, 4000]).toContain(movies);
  await copy.close();
  const taken = join(here.folder, 'taken.db');
  await writeFile(taken, 'mine');
  await expect(backupDatabase(join(here.folder, 'kindred.db'), taken)).rejects.toThrow('is there already');
  await here.close();
});

it('a backup comes to its end while others write without a pause', async () => {
  const here = await openImporting();
  const overview = 'x'.repeat(4000);
  await here.catalogue.upsert(
    Array.from({ length: 3000 }, (_, index) => aRecord({ title: `Film ${index}`, overview })),
  );
  let copied = false;
  const copying = backupDatabase(join(here.folder, 'kindred.db'), join(here.folder, 'copy.db')).then(() => {
    copied = true;
  });
  for (let written = 0; written < 3000 && !copied; written++) {
    await here.catalogue.upsert([aRecord({ title: `Late film ${written}` })]);
    await setImmediate();
  }
  expect(copied).toBe(true);
  await copying;
  await here.close();
});

it('of two backups of one name at once one is whole and the other one is refused', async () => {
  const here = await openImporting();
  await here.catalogue.upsert(
    Array.from({ length: 2000 }, (_, index) => aRecord({ title: `Film ${index}` })),
  );
  const to = join(here.folder, 'copy.db');
  const copy = () => backupDatabase(join(here.folder, 'kindred.db'), to);
  const [one, other] = await Promise.allSettled([copy(), copy()]);
  expect([one, other].map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = [one, other].find((each) => each.status === 'rejected');
  expect(refused?.reason).toBeInstanceOf(FileExists);
  const copied = await openDatabase(to);
  const catalogue = new SqlCatalogue(copied);
  expect((await catalogue.stats()).movies).toBe(2000);
  expect(await catalogue.catalogueId()).not.toBe(await here.catalogue.catalogueId());
  await Promise.all([copied.close(), here.close()]);
});

it('a backup waits for another process that has the database alone for a moment', async () => {
  const here = await openImporting();
  const [database, to] = [join(here.folder, 'other.db'), join(here.folder, 'copy.db')];
  await backupDatabase(join(here.folder, 'kindred.db'), database);
  const alone = new Worker(
    `const { DatabaseSync } = require('node:sqlite');
     const { parentPort, workerData } = require('node:worker_threads');
     const database = new DatabaseSync(workerData);
     database.exec('pragma locking_mode = exclusive; begin exclusive; update meta set value = value; commit');
     parentPort.once('message', () => setTimeout(() => database.close(), 50));
     parentPort.postMessage('taken');`,
    { eval: true, workerData: database },
  );
  await once(alone, 'message');
  alone.postMessage('let go');
  await backupDatabase(database, to);
  const copy = await openDatabase(to);
  await Promise.all([copy.close(), here.close()]);
});

it('a backup takes away what one of its name left that was killed, long ago', async () => {
  const here = await openImporting();
  for (const name of ['copy.db.left.tmp', 'copy.db.left.tmp-journal', 'copy.db.young.tmp'])
    await here.file(name, 'half');
  await utimes(join(here.folder, 'copy.db.left.tmp'), 0, 0);
  await backupDatabase(join(here.folder, 'kindred.db'), join(here.folder, 'copy.db'));
  expect((await readdir(here.folder)).filter((name) => name.startsWith('copy.db')).sort()).toEqual([
    'copy.db',
    'copy.db.young.tmp',
  ]);
  await here.close();
});

it('a backup says in a sentence which file it cannot read or write', async () => {
  const here = await openImporting();
  const database = join(here.folder, 'kindred.db');
  const [missing, foreign] = [
    join(here.folder, 'missing.db'),
    await here.file('foreign.db', 'x'.repeat(5000)),
  ];
  const [to, nowhere] = [join(here.folder, 'to.db'), join(here.folder, 'no-folder', 'to.db')];
  const refusal = (from: string, target: string) =>
    backupDatabase(from, target).catch((error: unknown) => error as Error);
  for (const [from, target, named] of [
    [missing, to, missing],
    [foreign, to, foreign],
    [database, nowhere, nowhere],
  ] as const) {
    const error = await refusal(from, target);
    expect(error).toBeInstanceOf(Obstacle);
    expect(error?.message).toContain(`${named} `);
  }
  await here.close();
});

it('what was made from a lost catalogue is not taken for that of its backup', async () => {
  const here = await openImporting();
  const file = (name: string) => join(here.folder, name);
  const film = (title: string) => aRecord({ title, overview: `Somebody tells of ${title}.` });
  const [titles, features, plots] = [file('titles.idx'), file('features.bin'), file('plots.db')];
  await here.catalogue.upsert([film('Metropolis')]);
  await backupDatabase(file('kindred.db'), file('copy.db'));
  // Now the one goes on and is lost, and the other one goes on as far.
  await here.catalogue.upsert([film('Nosferatu')]);
  await (await openTitles({ catalogue: here.catalogue, file: titles })).close();
  await keepFeatures(features, {
    table: await readFeatures(here.catalogue),
    catalogue: await here.catalogue.catalogueId(),
    revision: await here.catalogue.revision(),
  });
  const lost = openPlotSearch({ catalogue: file('kindred.db'), index: plots });
  await lost.refresh();
  await lost.close();
  const copy = await openDatabase(file('copy.db'));
  const catalogue = new SqlCatalogue(copy);
  for (const title of ['Persona', 'Stalker', 'Playtime']) await catalogue.upsert([film(title)]);

  const found = await openTitles({ catalogue, file: titles });
  expect((await found.resolve('nosferatu')).outcome).toBe('none');
  expect((await found.resolve('persona')).outcome).toBe('match');
  const table = (await openFeatures({ catalogue, file: features })).features;
  expect(table.all().map(({ title }) => title)).toEqual(['Metropolis', 'Persona', 'Stalker', 'Playtime']);
  const search = openPlotSearch({ catalogue: file('copy.db'), index: plots });
  const told = async (text: string) =>
    (await search.search(text, { limit: 5, filter: [] })).map(({ id }) => id);
  expect(await told('nosferatu')).toEqual([]);
  expect(await told('persona')).toEqual([table.all()[1]?.id]);
  await Promise.all([search.close(), found.close(), copy.close(), here.close()]);
});
