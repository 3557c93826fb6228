import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TitleRow } from '../../src/catalogue/catalogue.ts';
import { openTitles } from '../../src/titles/open.ts';
import { TITLES } from '../fixtures/titles.ts';
import { changes, FakeCatalogue, told } from './helpers.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kindred-titles-'));
  file = join(directory, 'deeper', 'titles.index');
});
afterEach(() => rm(directory, { recursive: true }));

const NEW: TitleRow = {
  number: 500,
  id: 'tt9999999',
  kind: 'movie',
  year: 2026,
  adult: false,
  titles: ['Quixotic Zebra'],
};

describe('opening titles', () => {
  it('builds the index, keeps it in one file, and reads it at the next start', async () => {
    const fake = new FakeCatalogue();
    await (await openTitles({ catalogue: fake.catalogue, file })).close();
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    expect(fake.reads).toBe(1);
    expect(titles.size).toBe(TITLES.length);
    expect(await readdir(join(directory, 'deeper'))).toEqual(['titles.index']);
    expect(told(await titles.resolve('inception'))).toBe('match Inception 2010');
  });

  it('packs many rows in a worker, with the same result', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => ({
      ...NEW,
      number: 1000 + index,
      id: `h${index}`,
      titles: [`Filler ${index}x`],
    }));
    const titles = await openTitles({ catalogue: new FakeCatalogue([...TITLES, ...many]).catalogue, file });
    expect(titles.size).toBe(TITLES.length + 2500);
    expect(told(await titles.resolve('harry potter 3'))).toBe(
      'match Harry Potter and the Prisoner of Azkaban 2004',
    );
  });

  it.each([
    ['a cut-off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['a damaged', (bytes: Buffer) => bytes.fill(7, bytes.length - 2000, bytes.length - 1000)],
    [
      'an older',
      (bytes: Buffer) =>
        Buffer.from(bytes.toString('latin1').replace(/"format":\d+/u, '"format":0'), 'latin1'),
    ],
    ['another', () => Buffer.from('something else')],
    ['an empty', () => Buffer.alloc(0)],
  ])('builds anew over %s file', async (_name, spoil) => {
    const fake = new FakeCatalogue();
    await (await openTitles({ catalogue: fake.catalogue, file })).close();
    await writeFile(file, spoil(await readFile(file)));
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    expect(fake.reads).toBe(2);
    expect(told(await titles.resolve('inception'))).toBe('match Inception 2010');
  });

  it('builds anew where the file is of another database', async () => {
    await (await openTitles({ catalogue: new FakeCatalogue().catalogue, file })).close();
    const other = new FakeCatalogue([{ ...NEW, number: 1 }]);
    const titles = await openTitles({ catalogue: other.catalogue, file });
    expect(other.reads).toBe(1);
    expect(told(await titles.resolve('quixotic zebra'))).toBe('match Quixotic Zebra 2026');
  });

  it('takes in what was written since the file', async () => {
    const fake = new FakeCatalogue();
    await (await openTitles({ catalogue: fake.catalogue, file })).close();
    fake.write(NEW);
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    expect(fake.reads).toBe(1);
    expect(titles.revision).toBe(2);
    expect(told(await titles.resolve('quixotic zebra'))).toBe('match Quixotic Zebra 2026');
  });
});

describe('following the catalogue', () => {
  it('finds a new title at once, by slips, completion and year', async () => {
    const titles = await openTitles({ catalogue: new FakeCatalogue().catalogue, file });
    await titles.apply(changes({ revision: 2, titles: [NEW] }));
    expect(titles.size).toBe(TITLES.length + 1);
    expect(told(await titles.resolve('quixotik zebra'))).toBe('match Quixotic Zebra 2026');
    expect(told(await titles.resolve('quixotic zebra 2026'))).toBe('match Quixotic Zebra 2026');
    expect((await titles.complete('quix', 3)).map((each) => each.number)).toEqual([500]);
  });

  it('shows a changed title under its new name only', async () => {
    const titles = await openTitles({ catalogue: new FakeCatalogue().catalogue, file });
    const inception = TITLES[0]!;
    await titles.apply(changes({ revision: 2, titles: [{ ...inception, titles: ['Vorpal Dreams'] }] }));
    await titles.apply(changes({ revision: 3, titles: [{ ...inception, titles: ['Vorpal Nightmares'] }] }));
    expect(told(await titles.resolve('vorpal nightmares'))).toBe('match Vorpal Nightmares 2010');
    expect(told(await titles.resolve('inception'))).toBe('match Inception 2014');
    expect((await titles.complete('vorpal d', 3)).map((each) => each.title)).not.toContain('Vorpal Dreams');
    expect(titles.size).toBe(TITLES.length);
  });

  it('forgets what is gone', async () => {
    const titles = await openTitles({ catalogue: new FakeCatalogue().catalogue, file });
    await titles.apply(changes({ revision: 2, titles: [NEW] }));
    await titles.apply(changes({ revision: 3, gone: [TITLES[0]!, NEW] }));
    expect(told(await titles.resolve('inception'))).toBe('match Inception 2014');
    expect((await titles.resolve('quixotic zebra')).outcome).toBe('none');
    expect(titles.size).toBe(TITLES.length - 1);
  });

  it('packs anew after many changes, and loses none that come meanwhile', async () => {
    const fake = new FakeCatalogue();
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    const rows = Array.from({ length: 5200 }, (_, index) => ({
      ...NEW,
      number: 1000 + index,
      id: `h${index}`,
      titles: [`Filler ${index}x`],
    }));
    for (const row of rows) fake.write(row);
    await titles.apply(changes({ revision: fake.revision, titles: rows }));
    fake.write(NEW);
    await titles.apply(changes({ revision: fake.revision, titles: [NEW] }));
    await titles.save();
    expect(fake.reads).toBe(2);
    expect(titles.size).toBe(TITLES.length + 5201);
    expect(told(await titles.resolve('quixotic zebra'))).toBe('match Quixotic Zebra 2026');
    expect(told(await titles.resolve('filler 77x'))).toBe('match Filler 77x 2026');
    await titles.close();
  });

  it('loses nothing where more comes while everything is packed anew than is laid over it', async () => {
    const fake = new FakeCatalogue();
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    const write = async (from: number, count: number) => {
      const rows = Array.from({ length: count }, (_, index) => ({
        ...NEW,
        number: from + index,
        id: `h${from + index}`,
        titles: [`Filler ${from + index}x`],
      }));
      for (const row of rows) fake.write(row);
      await titles.apply(changes({ revision: fake.revision, titles: rows }));
    };
    await write(1000, 5200);
    while (fake.reads < 2) await setImmediate();
    await write(10_000, 7000);
    await titles.save();
    expect(titles.size).toBe(TITLES.length + 12_200);
    expect(told(await titles.resolve('filler 16999x'))).toBe('match Filler 16999x 2026');
    await titles.close();
  });

  it('takes in that thousands of movies are a little more popular without packing anything anew', async () => {
    const before = Array.from({ length: 5200 }, (_, index) => ({
      ...NEW,
      number: 1000 + index,
      id: `h${index}`,
      titles: [`Filler ${index}x`, `FILLER ${index}x`, `Obturateur ${index}x`],
      popularity: 0.5,
    }));
    const [first, second] = [
      { ...NEW, number: 600, id: 'h-a', titles: ['Quixotic Zebra Abroad'], popularity: 0.52 },
      { ...NEW, number: 601, id: 'h-b', titles: ['Quixotic Zebra at Home'], popularity: 0.5 },
    ];
    const fake = new FakeCatalogue([...TITLES, ...before, first, second]);
    const titles = await openTitles({ catalogue: fake.catalogue, file });
    const best = async () => (await titles.complete('quixotic zebra', 1))[0]!.number;
    expect(await best()).toBe(600);
    const after = [...before.map((row) => ({ ...row, popularity: 0.53 })), { ...second, popularity: 0.55 }];
    for (const row of after) fake.write(row);
    await titles.apply(changes({ revision: fake.revision, titles: after }));
    expect(await best()).toBe(601);
    expect(titles.size).toBe(TITLES.length + 5202);
    await titles.apply(changes({ revision: fake.revision, titles: [{ ...first, popularity: 0.9999 }] }));
    expect(await best()).toBe(600);
    await titles.close();
    expect(fake.reads).toBe(1);
  });

  it('resolves references through the catalogue', async () => {
    const titles = await openTitles({ catalogue: new FakeCatalogue().catalogue, file });
    expect(told(await titles.resolve('kindred:1'))).toBe('match Inception 2010');
    expect(told(await titles.resolve('tt0000001'))).toBe('match Inception 2010');
  });
});
