import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlRatings } from '../../src/catalogue/sql/ratings.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';
import { acquireLock, Locked } from '../../src/store/lock.ts';
import { followTaste } from '../../src/taste/follow-file.ts';
import { keepTasteFresh } from '../../src/taste/keep-fresh.ts';
import { TooFewRatings, trainFiles } from '../../src/taste/train-files.ts';
import { aRecord } from '../fixtures/records.ts';
import { gave } from '../recommender/personal/opinions.ts';
import { aLog } from '../vectors/pinecone/setup.ts';
import { FILMS, worldOf } from './world.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A database with the films of the world, rated by so many people of an imported set. */
async function aDatabase(people: number) {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-train-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = {
    database: join(folder, 'kindred.db'),
    taste: join(folder, 'taste.bin'),
    lock: join(folder, 'taste.lock'),
  };
  const database = await openDatabase(files.database);
  onTestFinished(() => database.close());
  const catalogue = new SqlCatalogue(database);
  const taken = await catalogue.upsert(
    FILMS.map((title, i) => aRecord({ title, ids: { imdb: `tt000${1000 + i}` } })),
  );
  const movies = await catalogue.get(taken.map(({ id }) => id));
  const numbers = taken.map(({ id }) => movies.get(id)!.number);
  const ratings = worldOf(people).map(({ person, movie, stars, at }) => ({
    ...{ person: Number(person.slice(1)), movie: numbers[FILMS.indexOf(movie)]! },
    ...{ stars, at },
  }));
  await sqlRatings(database).put('movielens', ratings);
  const { db } = database;
  return { files, catalogue, numbers, opinions: sqlOpinions(db), forgetting: sqlForgetting(db) };
}

it('learns from imported ratings and from those given here, the same bytes each time', async () => {
  const { files, numbers, opinions } = await aDatabase(40);
  await opinions.put('discord:4711', gave(numbers[0]!, 5));
  await opinions.put('discord:4711', { ...gave(numbers[1]!, 5), dismissed: true });
  const options = { now: () => 17 };
  const report = await trainFiles(files, options);
  expect(report).toMatchObject({ own: 2, people: 41, movies: 30 });
  const bytes = await readFile(files.taste);
  expect(bytes.includes('4711')).toBe(false);
  await trainFiles(files, options);
  expect(await readFile(files.taste)).toEqual(bytes);
});

it('says so where there are too few ratings, and keeps nothing of what was learned before', async () => {
  const { files } = await aDatabase(5);
  await writeFile(files.taste, 'of somebody who was forgotten');
  const rejected = trainFiles(files);
  await expect(rejected).rejects.toThrow(TooFewRatings);
  await expect(rejected).rejects.toThrow(/ratings of 5 people; taste is learned from 500 of 10 or more/u);
  expect(existsSync(files.taste)).toBe(false);
});

it('is done by one at a time, and leaves the file alone where it is given up', async () => {
  const { files } = await aDatabase(40);
  await trainFiles(files);
  const before = await readFile(files.taste);
  const release = acquireLock(files.lock);
  await expect(trainFiles(files)).rejects.toThrow(Locked);
  release();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(trainFiles(files, { signal })).rejects.toThrow('enough');
  expect(await readFile(files.taste)).toEqual(before);
});

it('forgets whoever was forgotten, by itself, before the file is seven days old', async () => {
  const { files, catalogue, numbers, opinions, forgetting } = await aDatabase(40);
  await opinions.putAll(
    'telegram:9',
    numbers.slice(0, 5).map((number) => gave(number, 5)),
  );
  let now = Date.now();
  await trainFiles(files, { now: () => now });
  const { log, lines } = aLog();
  const taste = await followTaste({ file: files.taste, merged: () => catalogue.merged(), log });
  onTestFinished(() => taste.stop());
  const fresh = keepTasteFresh({ files, taste, opinions, log, now: () => now });
  onTestFinished(() => fresh.stop());
  expect(taste.origin()?.ownRatings).toBe(5);
  await forgetting.forget('telegram:9');
  now += 6 * DAY;
  await fresh.check();
  expect(taste.origin()?.ownRatings).toBe(5);
  now += 0.9 * DAY;
  await fresh.check();
  expect(taste.origin()?.ownRatings).toBe(0);
  expect(lines.map(({ msg }) => msg)).toContain('taste was learned anew');
  expect(JSON.stringify(lines)).not.toContain('telegram');
});

it('is not done where nobody rates here, and not before there is enough to learn from', async () => {
  const { files, catalogue, numbers, opinions } = await aDatabase(5);
  const { log, lines } = aLog();
  const taste = await followTaste({ file: files.taste, merged: () => catalogue.merged(), log });
  const fresh = keepTasteFresh({ files, taste, opinions, log });
  onTestFinished(() => fresh.stop());
  await fresh.check();
  expect(lines).toEqual([]);
  await opinions.put('discord:1', gave(numbers[0]!, 4));
  await fresh.check();
  expect(lines.map(({ msg }) => msg)).toEqual(['taste was not learned anew']);
  expect(taste.current()).toBeUndefined();
});
