import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { Statements } from '../../src/catalogue/sql/statements.ts';
import { catalogueContract } from '../contracts/catalogue.ts';

catalogueContract('SQLite', async () => {
  const database = await openDatabase(':memory:');
  return { catalogue: new SqlCatalogue(database), close: () => database.close() };
});

it('begins the log anew itself after a checkpoint, so that no bot waits for the disk', async () => {
  const file = join(mkdtempSync(join(inject('scratch'), 'log-')), 'kindred.db');
  const { sqlite, close } = await openDatabase(file);
  onTestFinished(close);
  // Another one in every log.
  const salt = () => readFileSync(`${file}-wal`).toString('hex', 16, 24);
  const before = salt();
  new Statements(sqlite).checkpoint();
  expect(salt()).not.toBe(before);
});
