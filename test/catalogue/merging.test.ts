import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { aCatalogue } from '../fixtures/catalogue.ts';
import { wildRecord } from '../fixtures/wild-records.ts';

const records = fc.array(wildRecord, { minLength: 1, maxLength: 12 });

/** A new catalogue that took the records in, so many at a time. */
async function catalogueOf(all: readonly MovieRecord[], batch: number) {
  const { catalogue, close } = await aCatalogue([]);
  for (let start = 0; start < all.length; start += batch)
    await catalogue.upsert(all.slice(start, start + batch));
  return { catalogue, close };
}

/** All that a catalogue can tell, without revisions. */
async function contents(catalogue: Catalogue) {
  const movies = await catalogue.movies(0, 1000);
  return { movies, records: await catalogue.records(0, 1000) };
}

describe('whatever comes in', () => {
  it('makes the same movies in any batch size', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 5 }), async (all, batch) => {
        const whole = await catalogueOf(all, all.length);
        const parts = await catalogueOf(all, batch);
        expect(await contents(parts.catalogue)).toEqual(await contents(whole.catalogue));
        await whole.close();
        await parts.close();
      }),
    );
  });

  it('changes nothing when what one source said comes again', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 5 }), async (all, batch) => {
        const ofOneSource = all.map((record) => ({ ...record, source: 'a' }));
        const { catalogue, close } = await catalogueOf(ofOneSource, batch);
        const before = { ...(await contents(catalogue)), revision: await catalogue.revision() };
        const outcomes = await catalogue.upsert(ofOneSource);
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(all.map(() => 'unchanged'));
        expect({ ...(await contents(catalogue)), revision: await catalogue.revision() }).toEqual(before);
        await close();
      }),
    );
  });

  it('leads every outside id and every id ever given to a living movie', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (all) => {
        const { catalogue, close } = await aCatalogue([]);
        const given = new Set<string>();
        for (const record of all) for (const { id } of await catalogue.upsert([record])) given.add(id);
        const living = new Set((await catalogue.movies(0, 1000)).map(({ id }) => id));
        const found = await catalogue.get([...given]);
        for (const id of given) expect(living.has(found.get(id)?.id ?? '')).toBe(true);
        for (const { ids, kind } of all)
          for (const [source, value] of Object.entries(ids))
            expect(living.has((await catalogue.byOutsideId(source, value, kind))?.id ?? '')).toBe(true);
        await close();
      }),
    );
  });
});
