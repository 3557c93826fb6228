import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTaste, saveTaste, UnreadableTaste } from '../../src/taste/file.ts';
import { PersonTaste } from '../../src/taste/fold-in.ts';
import { Taste } from '../../src/taste/model.ts';
import { trainTaste } from '../../src/taste/train.ts';
import { KINDS, worldOf } from './world.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-taste-'));
  file = join(folder, 'taste.bin');
});
afterEach(() => rm(folder, { recursive: true }));

const learn = async (people = 6) => ({
  learned: await trainTaste({
    ratings: worldOf(people),
    content: KINDS,
    settings: { factorRank: 2, affinityRank: 3, maxSweeps: 3 },
  }),
  trainedAt: 1_790_000_000_000,
  ownRatings: 12,
});

describe('the file of what was learned', () => {
  it('gives back what was written', async () => {
    const stored = await learn();
    await saveTaste(file, stored);
    const loaded = (await loadTaste(file))!;
    expect(loaded).toEqual(stored);
    const own = [{ movie: 'loud0', stars: 5 }];
    const [before, after] = [new Taste(stored.learned), new Taste(loaded.learned)].map((taste) =>
      new PersonTaste(taste, own).expect(taste.placeOf('loud2')),
    );
    expect(after).toEqual(before);
  });

  it('holds no name of a person', async () => {
    const ratings = [{ person: 'discord:4711', movie: 'tt1', stars: 4, at: 0 }];
    await saveTaste(file, { learned: await trainTaste({ ratings }), trainedAt: 0, ownRatings: 1 });
    expect((await readFile(file)).includes('4711')).toBe(false);
  });

  it('can be of no ratings at all', async () => {
    const stored = await learn(0);
    await saveTaste(file, stored);
    expect(await loadTaste(file)).toEqual(stored);
  });

  it('is missing until something was trained', async () => {
    expect(await loadTaste(file)).toBeUndefined();
  });

  it('is replaced as a whole and leaves nothing beside it', async () => {
    await saveTaste(file, await learn(2));
    await saveTaste(file, await learn(6));
    expect(await readdir(folder)).toEqual(['taste.bin']);
  });

  it.each([
    ['is foreign', (bytes: Buffer) => bytes.fill('x', 0, 8), /is not a taste file/u],
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), /damaged/u],
    ['is cut to almost nothing', (bytes: Buffer) => bytes.subarray(0, 5), /is not a taste file/u],
    [
      'has one wrong byte',
      (bytes: Buffer) => bytes.fill(bytes.at(-3)! ^ 1, bytes.length - 3, bytes.length - 2),
      /damaged/u,
    ],
    ['is of another version', (bytes: Buffer) => bytes.fill(9, 8, 9), /format version 9; .* version 1/u],
  ])('is refused by name where it %s', async (_, damage, message) => {
    await saveTaste(file, await learn(2));
    await writeFile(file, damage(await readFile(file)));
    const loading = loadTaste(file);
    await expect(loading).rejects.toThrow(UnreadableTaste);
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toThrow(file);
  });
});
