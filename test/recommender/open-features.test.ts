import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { keepFeatures } from '../../src/recommender/feature-file.ts';
import type { FeatureTable } from '../../src/recommender/features.ts';
import { openFeatures } from '../../src/recommender/open-features.ts';
import { readFeatures } from '../../src/recommender/read-features.ts';
import { aCatalogue } from '../fixtures/catalogue.ts';
import { aRecord } from '../fixtures/records.ts';
import { wildRecord } from '../fixtures/wild-records.ts';

const FILMS = ['Alien', 'Aliens', 'Heat'].map((title, i) =>
  aRecord({
    title,
    ids: { imdb: `tt000000${i + 1}` },
    overview: `${title} has a story.`,
    year: 1979 + i,
    runtime: 117,
    votes: 10 + i,
    genres: i === 2 ? [] : ['horror', 'science-fiction'],
    directors: ['Ann Author', 'Bo Author'],
    keywords: ['sequel', 'space'],
  }),
);

async function aPlace(records: readonly MovieRecord[] = FILMS) {
  const { catalogue, close } = await aCatalogue(records);
  onTestFinished(close);
  const file = join(mkdtempSync(join(inject('scratch'), 'features-')), 'features.bin');
  const keep = async () =>
    keepFeatures(file, {
      table: await readFeatures(catalogue),
      catalogue: await catalogue.catalogueId(),
      revision: await catalogue.revision(),
    });
  return { catalogue, file, keep };
}

/** Everything that two tables tell, in words: their numbers of people and themes may differ. */
function told(table: FeatureTable) {
  return table
    .all()
    .toSorted((a, b) => a.number - b.number)
    .map((movie) => ({
      ...movie,
      directors: movie.directors.map((person) => table.people.name(person)),
      cast: movie.cast.map((person) => table.people.name(person)),
      keywords: movie.keywords.map((word) => [table.words.name(word), table.words.count(word)]),
      byNumber: table.byNumber(movie.number) === movie,
      sameYear: movie.year && table.yearCount(movie.year, movie.year),
    }));
}

describe('features that were kept', () => {
  it('are those of the catalogue, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wildRecord, { minLength: 1, maxLength: 12 }), async (records) => {
        const { catalogue, file, keep } = await aPlace(records);
        await keep();
        const reading = vi.spyOn(catalogue, 'described');
        const { features } = await openFeatures({ catalogue, file });
        expect(reading).not.toHaveBeenCalled();
        expect(told(features)).toEqual(told(await readFeatures(catalogue)));
      }),
      { numRuns: 100 },
    );
  });

  it('take in what the catalogue wrote since', async () => {
    const { catalogue, file, keep } = await aPlace();
    await keep();
    await catalogue.upsert([
      aRecord({ title: 'Solaris', ids: { imdb: 'tt0000009' }, overview: 'An ocean.', cast: ['New Face'] }),
      {
        ...FILMS[0]!,
        directors: ['Cy Author'],
        overview: 'A much longer story of a ship that is not alone.',
      },
    ]);
    const reading = vi.spyOn(catalogue, 'described');
    const { features } = await openFeatures({ catalogue, file });
    expect(reading).not.toHaveBeenCalled();
    expect(features.size).toBe(4);
    expect(told(features)).toEqual(told(await readFeatures(catalogue)));
  });

  it('keep no guess for a fact', async () => {
    const { catalogue, file } = await aPlace();
    const table = await readFeatures(catalogue);
    const heat = table.all().find(({ title }) => title === 'Heat')!;
    table.guess(new Map([[heat.id, ['crime']]]));
    await keepFeatures(file, {
      table,
      catalogue: await catalogue.catalogueId(),
      revision: await catalogue.revision(),
    });
    const { features } = await openFeatures({ catalogue, file });
    expect(features.get(heat.id)).toMatchObject({ genres: 0, genresGuessed: false });
  });

  it.each([
    ['of another catalogue', { catalogue: 1 }],
    ['of a later revision of it', { revision: 999 }],
  ])('are read from the catalogue again where they are %s', async (_, wrong) => {
    const { catalogue, file } = await aPlace();
    const right = { catalogue: await catalogue.catalogueId(), revision: await catalogue.revision() };
    const none = await readFeatures((await aCatalogue([])).catalogue);
    await keepFeatures(file, { table: none, ...right, ...wrong });
    expect((await openFeatures({ catalogue, file })).features.size).toBe(3);
  });

  it('are read from the catalogue again where the file is damaged or missing', async () => {
    const { catalogue, file } = await aPlace();
    expect((await openFeatures({ catalogue, file })).features.size).toBe(3);
    writeFileSync(file, 'something else');
    expect((await openFeatures({ catalogue, file })).features.size).toBe(3);
  });

  it('are kept where there are many, and not again while the file is good', async () => {
    const many = Array.from({ length: 5001 }, (_, i) =>
      aRecord({ title: `Film ${i}`, ids: { imdb: `tt${1_000_000 + i}` }, overview: 'A keeper.' }),
    );
    const { catalogue, file } = await aPlace(many);
    await (await openFeatures({ catalogue, file })).keep();
    const reading = vi.spyOn(catalogue, 'described');
    const { features } = await openFeatures({ catalogue, file });
    expect(features.size).toBe(5001);
    expect(reading).not.toHaveBeenCalled();
  });

  it('are not kept of a small catalogue, which is read as quickly', async () => {
    const { catalogue, file } = await aPlace();
    await (await openFeatures({ catalogue, file })).keep();
    expect(existsSync(file)).toBe(false);
  });
});
