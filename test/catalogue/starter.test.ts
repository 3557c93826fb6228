import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { UpsertOutcome } from '../../src/catalogue/catalogue.ts';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { loadStarter, readStarter, starterHash } from '../../src/catalogue/starter.ts';
import { SHIPPED } from '../../src/paths.ts';

/** Takes every record and remembers how many came at a time. */
function recordingCatalogue() {
  const batches: (readonly MovieRecord[])[] = [];
  const upsert = async (records: readonly MovieRecord[]): Promise<UpsertOutcome[]> => {
    batches.push(records);
    return records.map((record) => ({
      outcome: record.kind === 'show' ? 'changed' : 'added',
      id: record.title,
    }));
  };
  return { batches, upsert };
}

/** A copy of its folder that a test may change. */
async function aCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-starter-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(SHIPPED.starter, folder, { recursive: true });
  return folder;
}

describe('the starter catalogue', () => {
  it('is read one decade after the other, and the vocabulary is no decade', async () => {
    const names = (await readStarter(SHIPPED.starter)).map((file) => file.name);
    expect(names).toEqual(
      [192, 193, 194, 195, 196, 197, 198, 199, 200, 201, 202].map((decade) => `${decade}0s.json`),
    );
  });

  it('is loaded in batches, as our own words, and its outcomes are counted', async () => {
    const catalogue = recordingCatalogue();
    const counts = await loadStarter(catalogue, SHIPPED.starter);
    const records = catalogue.batches.flat();
    const shows = records.filter((record) => record.kind === 'show').length;
    expect(counts).toEqual({ added: records.length - shows, changed: shows, unchanged: 0, merged: 0 });
    expect(Math.max(...catalogue.batches.map((batch) => batch.length))).toBe(200);
    expect(new Set(records.map((record) => record.source))).toEqual(new Set(['starter']));
  });

  it('holds no two films that are one, and changes nothing when it is loaded again', async () => {
    const database = await openDatabase(':memory:');
    const catalogue = new SqlCatalogue(database);
    const { added } = await loadStarter(catalogue, SHIPPED.starter);
    const again = await loadStarter(catalogue, SHIPPED.starter);
    await database.close();
    expect(again).toEqual({ added: 0, changed: 0, unchanged: added, merged: 0 });
  });

  it('keeps its hash until a film changes', async () => {
    const folder = await aCopy();
    const before = await starterHash(folder);
    expect(before).toBe(await starterHash(SHIPPED.starter));
    expect(Number.isSafeInteger(before)).toBe(true);
    await writeFile(join(folder, 'vocabulary.json'), '{}');
    expect(await starterHash(folder)).toBe(before);
    const file = join(folder, '1990s.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('1990', '1991'));
    expect(await starterHash(folder)).not.toBe(before);
  });

  it('names the file that cannot be read', async () => {
    const folder = await aCopy();
    await writeFile(join(folder, '2020s.json'), '[{"title": }]');
    await expect(readStarter(folder)).rejects.toThrow(/2020s\.json is no JSON/u);
    await writeFile(join(folder, '2020s.json'), '{}');
    await expect(readStarter(folder)).rejects.toThrow(/2020s\.json holds no JSON array/u);
  });
});
