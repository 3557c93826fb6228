import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OWN_SOURCE } from '../../src/catalogue/merge.ts';
import { exportCatalogue } from '../../src/ingest/export.ts';
import { readRecord } from '../../src/ingest/record.ts';
import { aCatalogue } from '../fixtures/catalogue.ts';
import { aRecord } from '../fixtures/records.ts';
import { wildRecord } from '../fixtures/wild-records.ts';

async function linesOf(options: Parameters<typeof exportCatalogue>[0]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportCatalogue(options)) lines.push(line);
  return lines;
}

describe('the export', () => {
  it('is the documented format, without what is empty', async () => {
    const { catalogue, close } = await aCatalogue([
      aRecord({
        title: 'Inception',
        year: 2010,
        genres: ['action', 'science-fiction'],
        aka: [{ title: 'Origen' }, { title: 'インセプション', language: 'ja' }],
        ids: { imdb: 'tt1375666', tmdb: '27205' },
        votes: 5,
        rating: 8.8,
        overview: 'A thief.',
      }),
    ]);
    const [line, ...others] = await linesOf({ catalogue });
    expect(others).toEqual([]);
    expect(JSON.parse(line!)).toEqual({
      id: 'tt1375666',
      title: 'Inception',
      year: 2010,
      kind: 'movie',
      aka: ['Origen', { title: 'インセプション', language: 'ja' }],
      overview: 'A thief.',
      genres: ['Action', 'Science Fiction'],
      rating: 8.8,
      votes: 5,
      ids: { imdb: 'tt1375666', tmdb: '27205' },
      source: 'test',
      distinct: true,
    });
    await close();
  });

  it('has the vectors of the movies that have one, where asked', async () => {
    const { catalogue, close } = await aCatalogue([aRecord({ title: 'A' }), aRecord({ title: 'B' })]);
    const [first] = await catalogue.movies(0, 1);
    const vectors = { fetch: async () => new Map([[first!.id, Float32Array.of(0.5, 1)]]) };
    const lines = await linesOf({ catalogue, vectors });
    expect(lines.map((line) => JSON.parse(line).vector)).toEqual([[0.5, 1], undefined]);
    await close();
  });

  it('imported into an empty catalogue gives the same one, ids included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wildRecord, { minLength: 1, maxLength: 12 }), async (records) => {
        const old = await aCatalogue([]);
        for (const record of records) await old.catalogue.upsert([record]);
        await old.catalogue.refreshPopularity();
        const lines = await linesOf(old);
        const copy = await aCatalogue([]);
        await copy.catalogue.upsert(lines.map((line) => readRecord(JSON.parse(line), 'jsonl').record));
        await copy.catalogue.refreshPopularity();
        expect(await linesOf(copy)).toEqual(lines);
        const formerIds = lines.flatMap((line): string[] => JSON.parse(line).formerIds ?? []);
        const moved = await copy.catalogue.get(formerIds);
        const before = await old.catalogue.get(formerIds);
        for (const id of formerIds) expect(moved.get(id)?.id).toBe(before.get(id)?.id);
        await old.close();
        await copy.close();
      }),
    );
  });

  it('keeps whose text it is', async () => {
    const { catalogue, close } = await aCatalogue([
      aRecord({ ids: { imdb: 'tt0000001' }, overview: 'Theirs, and longer.', source: 'wikipedia' }),
      aRecord({ ids: { imdb: 'tt0000001' }, source: OWN_SOURCE }),
    ]);
    const [line] = await linesOf({ catalogue });
    expect(JSON.parse(line!)).toMatchObject({ source: OWN_SOURCE, overviewSource: 'wikipedia' });
    await close();
  });
});
