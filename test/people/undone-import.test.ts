import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { sqlImports } from '../../src/people/sql-imports.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';
import { bringingTo } from '../fixtures/imports.ts';
import { aRecord } from '../fixtures/records.ts';

const ANN = 'discord:1';
const FILMS = 4;

/** Of films, by their place. Stars are given or, where they are 0, taken back. */
type Event =
  | { readonly film: number; readonly stars: number }
  | { readonly film: number; readonly becomes: number };

interface Story {
  readonly before: readonly Event[];
  readonly brought: readonly { readonly film: number; readonly stars: number; readonly at: number }[];
  readonly since: readonly Event[];
}

const film = fc.nat({ max: FILMS - 1 });
const said = fc.record({ film, stars: fc.nat({ max: 5 }) });
const event = fc.oneof(said, fc.record({ film, becomes: film }));
const story: fc.Arbitrary<Story> = fc.record({
  before: fc.array(event, { maxLength: 6 }),
  brought: fc.uniqueArray(
    fc.record({ film, stars: fc.integer({ min: 1, max: 5 }), at: fc.nat({ max: 9 }) }),
    {
      selector: (each) => each.film,
      minLength: 1,
    },
  ),
  since: fc.array(event, { maxLength: 8 }),
});

const aFilm = (place: number) => aRecord({ title: `Film ${place}`, ids: { [`list${place}`]: '1' } });

/** What is left of a story, where its import was brought and taken back, or never brought. */
async function leftOf({ before, brought, since }: Story, { isBrought }: { isBrought: boolean }) {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(':memory:'), (each) => each.close());
  const catalogue = new SqlCatalogue(database);
  await catalogue.upsert(Array.from({ length: FILMS }, (_, place) => aFilm(place)));
  const numbers = (await catalogue.movies(0, FILMS)).map(({ number }) => number);
  const opinions = sqlOpinions(database.db);
  const rated = (place: number, stars: number, at: number) => ({
    movie: numbers[place]!,
    stars,
    seen: true,
    dismissed: false,
    at,
  });
  // Ratings of an export are of any time before it is brought, and no two of one.
  let clock = 0;
  const take = async (happening: Event) => {
    clock += 100;
    if ('becomes' in happening) {
      const ids = { ...aFilm(happening.film).ids, ...aFilm(happening.becomes).ids };
      await catalogue.upsert([{ ...aFilm(happening.film), ids }]);
    } else if (happening.stars === 0) await opinions.remove(ANN, numbers[happening.film]!);
    else await opinions.put(ANN, rated(happening.film, happening.stars, clock));
  };
  for (const each of before) await take(each);
  const entries = brought.map((each) => rated(each.film, each.stars, each.at * 70 + each.film + 1));
  const id = isBrought ? await bringingTo(database.db)(ANN, 'imdb', entries, clock) : undefined;
  clock += 1000;
  for (const each of since) await take(each);
  if (id !== undefined) await sqlImports(database.db).takeBack(ANN, id);
  return await opinions.of(ANN);
}

it('an import that was taken back might as well never have been brought, whatever was said and found since', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      expect(await leftOf(told, { isBrought: true })).toEqual(await leftOf(told, { isBrought: false }));
    }),
    { numRuns: 100 },
  );
});
