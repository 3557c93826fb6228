import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { fillGaussian, seededRandom } from '../../../src/embedding/words/random.ts';
import { unit } from '../../../src/vectors/check-vector.ts';
import { EmbeddedIndex } from '../../../src/vectors/embedded/embedded-index.ts';
import { VectorFile } from '../../../src/vectors/embedded/vector-file.ts';
import type { Metadata } from '../../../src/vectors/filter.ts';
import type { VectorRecord } from '../../../src/vectors/vector-index.ts';

const MANY = 5200;
const DIMENSIONS = 6;
const random = seededRandom(3);

function aVector(): Float32Array {
  const vector = new Float64Array(DIMENSIONS);
  fillGaussian(vector, random);
  return unit(Float32Array.from(vector));
}

function aRecord(id: string, metadata: Metadata = {}): VectorRecord {
  return { id, values: aVector(), metadata, textHash: 'of a text' };
}

const RECORDS = Array.from({ length: MANY }, (_, i) =>
  aRecord(`tt${i}`, {
    kind: i % 3 === 0 ? 'show' : 'movie',
    ...(i % 2 === 0 && { year: 1900 + (i % 120) }),
    genres: i % 5 === 0 ? ['horror', 'drama'] : ['comedy'],
    adult: false,
  }),
);

/** An index of many vectors, of which some were deleted again, and its file. */
async function aFile(records = RECORDS) {
  const path = join(mkdtempSync(join(inject('scratch'), 'rows-')), 'vectors.db');
  const index = open(path, true);
  await index.upsert(records);
  await index.delete(['tt7', 'tt8']);
  return { path, index, kept: `${path}.rows` };
}

function open(path: string, make = false): EmbeddedIndex {
  const made = make ? { id: 'maker', dimensions: DIMENSIONS } : undefined;
  const index = new EmbeddedIndex(VectorFile.open(path, made));
  onTestFinished(() => index.close());
  return index;
}

/** What an index answers to many questions. */
async function told(index: EmbeddedIndex) {
  const filters = [
    [],
    [{ field: 'kind', is: 'show' }],
    [{ field: 'year', atLeast: 1990 }],
    [{ field: 'genres', is: 'horror' }],
  ] as const;
  const answers = RECORDS.slice(0, 5).flatMap(({ values }) =>
    filters.map((filter) => index.query(values, { topK: 5, filter })),
  );
  return { answers: await Promise.all(answers), count: (await index.info()).count };
}

/** Whether the vectors were read one by one. */
function watchReading() {
  const reading = vi.spyOn(VectorFile.prototype, 'all');
  onTestFinished(() => reading.mockRestore());
  return reading;
}

describe('vectors kept as they lie in memory', () => {
  it('answer as those of the file do, which is not read', async () => {
    const { path, index } = await aFile();
    await index.keep();
    const expected = await told(index);
    const reading = watchReading();
    const again = open(path);
    await again.load();
    expect(reading).not.toHaveBeenCalled();
    expect(await told(again)).toEqual(expected);
    expect(expected.count).toBe(MANY - 2);
  });

  it('go on from there: rows are added, changed, deleted and used again', async () => {
    const { path, index } = await aFile();
    await index.keep();
    const again = open(path);
    await again.load();
    await again.upsert([aRecord('new1'), aRecord('new2'), aRecord('new3'), aRecord('tt1')]);
    await again.delete(['tt2']);
    expect(await told(again)).toEqual(await told(open(path)));
    expect((await again.info()).count).toBe(MANY);
  });

  it('are read by nobody once anything was written to the file', async () => {
    const { path, index, kept } = await aFile();
    await index.keep();
    const before = readFileSync(kept);
    await index.updateMetadata([{ id: 'tt3', metadata: { year: 2024 } }]);
    const again = open(path);
    const reading = watchReading();
    const found = await again.query(aVector(), { topK: 5, filter: [{ field: 'year', atLeast: 2024 }] });
    expect(reading).toHaveBeenCalled();
    expect(found.map(({ id }) => id)).toEqual(['tt3']);
    await again.keep();
    expect(readFileSync(kept).equals(before)).toBe(false);
  });

  it('are read by nobody where another file was put in their place', async () => {
    const { index, kept } = await aFile();
    await index.keep();
    const other = await aFile(RECORDS.map((record) => ({ ...record, values: aVector() })));
    writeFileSync(other.kept, readFileSync(kept));
    const reading = watchReading();
    await open(other.path).load();
    expect(reading).toHaveBeenCalled();
  });

  it('are not kept where somebody writes meanwhile: they would be a mixture', async () => {
    const { path, index, kept } = await aFile();
    await index.load();
    const other = open(path);
    const keeping = index.keep();
    await nextTurn();
    await other.upsert([aRecord('new1')]);
    await keeping;
    expect(existsSync(kept)).toBe(false);
    await index.keep();
    expect(existsSync(kept)).toBe(true);
  });

  it('are not kept where there are few', async () => {
    const { index, kept } = await aFile(RECORDS.slice(0, 100));
    await index.keep();
    expect(existsSync(kept)).toBe(false);
  });
});
