import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';
import { opinionsContract } from '../contracts/opinions.ts';
import { aRecord } from '../fixtures/records.ts';

opinionsContract('SQLite', async () => {
  const database = await openDatabase(':memory:');
  return {
    opinions: sqlOpinions(database.db),
    catalogue: new SqlCatalogue(database),
    close: () => database.close(),
  };
});

const SCRIPT = join(import.meta.dirname, 'rating-process.ts');
const MOVIES = 50;

/** A catalogue of 50 movies on disk. */
async function aFile() {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-opinions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'kindred.db');
  const database = await openDatabase(file);
  await new SqlCatalogue(database).upsert(
    Array.from({ length: MOVIES }, (_, at) =>
      aRecord({ title: `Film ${at}`, ids: { imdb: `tt000000${at}` } }),
    ),
  );
  await database.close();
  return file;
}

async function reopened(file: string) {
  const database = await openDatabase(file);
  onTestFinished(() => database.close());
  return sqlOpinions(database.db);
}

describe('opinions in a file', () => {
  it('loses none of two processes at once; of one movie the last one counts', async () => {
    const file = await aFile();
    const run = (from: number, stars: number) =>
      promisify(execFile)(process.execPath, [SCRIPT, file, 'once', String(from), String(stars)]);
    // Both rate the movies 20 to 30.
    await Promise.all([run(1, 1), run(20, 5)]);
    const opinions = await reopened(file);
    const all = await opinions.of('a:1');
    expect(all.map(({ movie }) => movie).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 49 }, (_, at) => at + 1),
    );
    for (const { movie, stars } of all) expect(movie < 20 ? [1] : movie > 30 ? [5] : [1, 5]).toContain(stars);
    await run(20, 2);
    expect((await opinions.on('a:1', 25))?.stars).toBe(2);
  });

  it('has every rating that was answered, after a kill at any moment', async () => {
    const file = await aFile();
    const rating = spawn(process.execPath, [SCRIPT, file, 'for ever', '1', '4'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void rating.kill('SIGKILL'));
    let told = 0;
    for await (const line of createInterface({ input: rating.stdout })) {
      told = Number(line);
      if (told === 40) rating.kill('SIGKILL');
    }
    if (rating.exitCode === null && rating.signalCode === null) await once(rating, 'exit');
    const opinions = await reopened(file);
    const last = (await opinions.of('a:1')).reduce((max, { at }) => Math.max(max, at), 0);
    expect(told).toBeGreaterThanOrEqual(40);
    expect(last).toBeGreaterThanOrEqual(told);
  });
});
