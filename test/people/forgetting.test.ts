import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlPreferences } from '../../src/catalogue/sql/views.ts';
import { sqlNights } from '../../src/people/sql-nights.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';

const ANN = 'telegram:777000777';

/** Whether these bytes stand in any file of the folder: the database, or its log of changes. */
async function isReadable(text: string, folder: string): Promise<boolean> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return files.some((bytes) => bytes.includes(text));
}

it('leaves nothing of a person in the database files once they are forgotten', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-forgetting-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { db, sqlite, close } = await openDatabase(join(folder, 'kindred.db'));
  onTestFinished(close);
  await sqlPreferences(db).setLanguage(ANN, 'fr');
  const nights = sqlNights(db);
  const night = { language: 'fr', adult: false, wish: { filters: {} }, hours: 1, began: 1 } as const;
  await nights.begin({ ...night, chat: ANN, shared: true, starter: ANN }, [
    { owner: ANN, named: false, filters: {} },
  ]);
  sqlite.exec('pragma wal_checkpoint(truncate)');
  await nights.begin({ ...night, chat: 'telegram:-1', shared: false, starter: ANN }, []);
  expect(await isReadable(ANN, folder)).toBe(true);
  await nights.forget(ANN);
  await sqlOpinions(db).forget(ANN);
  expect(await isReadable(ANN, folder)).toBe(false);
});
