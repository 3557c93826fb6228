import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { saveTaste } from '../../src/taste/file.ts';
import { followTaste } from '../../src/taste/follow-file.ts';
import { trainTaste } from '../../src/taste/train.ts';
import { aLog } from '../vectors/pinecone/setup.ts';
import { KINDS, worldOf } from './world.ts';

const SETTINGS = { factorRank: 2, affinityRank: 3, maxSweeps: 2 };

async function aFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-follow-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'taste.bin');
}

async function learned(people: number) {
  return trainTaste({ ratings: worldOf(people), content: KINDS, settings: SETTINGS });
}

async function following(file: string, merged = new Map<string, string>()) {
  const { log, lines } = aLog();
  const taste = await followTaste({ file, merged: async () => merged, log });
  onTestFinished(() => taste.stop());
  return { taste, lines, merged };
}

const save = async (file: string, people: number) =>
  saveTaste(file, { learned: await learned(people), trainedAt: people, ownRatings: 0 });

it('takes up a file when there is one, the next one, and that it is gone', async () => {
  const file = await aFile();
  const { taste } = await following(file);
  expect(taste.current()).toBeUndefined();
  await save(file, 4);
  await taste.catchUp();
  expect(taste.origin()?.trainedAt).toBe(4);
  const before = taste.current();
  await taste.catchUp();
  expect(taste.current()).toBe(before);
  await save(file, 6);
  await taste.catchUp();
  expect(taste.origin()?.trainedAt).toBe(6);
  await rm(file);
  await taste.catchUp();
  expect(taste.current()).toBeUndefined();
});

it('goes without a damaged file, says so once, and takes up a whole one', async () => {
  const file = await aFile();
  await writeFile(file, 'KINDTAST but nothing more');
  const { taste, lines } = await following(file);
  await taste.catchUp();
  expect(taste.current()).toBeUndefined();
  expect(lines.filter((line) => JSON.stringify(line).includes('cannot be read'))).toHaveLength(1);
  await save(file, 4);
  await taste.catchUp();
  expect(taste.current()).toBeDefined();
});

it('follows movies that are found to be others', async () => {
  const file = await aFile();
  await save(file, 6);
  const { taste, merged } = await following(file);
  expect(taste.current()!.placeOf('elsewhere').raters).toBe(0);
  const { raters } = taste.current()!.placeOf('loud0');
  merged.set('loud0', 'elsewhere');
  await taste.moved();
  expect(taste.current()!.placeOf('elsewhere').raters).toBe(raters);
  expect(taste.current()!.placeOf('loud0').raters).toBe(0);
});
