import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { aRecord } from '../fixtures/records.ts';

export interface CatalogueUnderTest {
  /** Empty. */
  readonly catalogue: Catalogue;
  readonly close: () => Promise<void>;
}

/**
 * What every {@link Catalogue} promises; call it once per implementation.
 *
 * @param open Called anew for each test.
 */
export function catalogueContract(name: string, open: () => Promise<CatalogueUnderTest>): void {
  describe(`${name}, as a catalogue`, () => {
    let under: CatalogueUnderTest;
    let catalogue: Catalogue;
    beforeEach(async () => {
      under = await open();
      catalogue = under.catalogue;
    });
    afterEach(() => under.close());

    const take = async (...records: Partial<MovieRecord>[]) => catalogue.upsert(records.map(aRecord));
    const all = () => catalogue.movies(0, 1000);
    const outcomes = async (...records: Partial<MovieRecord>[]) =>
      (await take(...records)).map(({ outcome }) => outcome);

    describe('ids', () => {
      it('names a movie after the strongest outside id known when it is first seen', async () => {
        const taken = await take(
          { title: 'A', ids: { imdb: 'tt1375666', tmdb: '27205' } },
          { title: 'B', ids: { tmdb: '155', trakt: '16' } },
          { title: 'C', ids: { tmdb: '1399' }, kind: 'show' },
          { title: 'D', ids: { trakt: '16662' } },
          { title: 'E', ids: { trakt: '1390' }, kind: 'show' },
        );
        expect(taken.map(({ id }) => id)).toEqual([
          'tt1375666',
          'tmdbm155',
          'tmdbs1399',
          'traktm16662',
          'trakts1390',
        ]);
        const [hashed] = await take({ title: 'F', year: 2001 });
        expect(hashed?.id).toMatch(/^h[0-9a-f]{16}$/u);
      });

      it('finds a movie by its id, its number and its outside ids, movies and shows apart', async () => {
        await take(
          { title: 'Film', ids: { tmdb: '7' } },
          { title: 'Series', ids: { tmdb: '7' }, kind: 'show' },
        );
        expect((await catalogue.byOutsideId('tmdb', '7', 'show'))?.title).toBe('Series');
        expect((await catalogue.byOutsideId('tmdb', '7'))?.title).toBe('Film');
        const film = (await catalogue.get(['tmdbm7'])).get('tmdbm7');
        expect(film?.ids).toEqual({ tmdb: '7' });
        expect((await catalogue.byNumber([film!.number])).get(film!.number)?.id).toBe('tmdbm7');
        expect(await catalogue.byOutsideId('tmdb', '8')).toBeUndefined();
        expect(await catalogue.get(['tt0000009'])).toEqual(new Map());
      });

      it('finds many movies by outside ids of one source', async () => {
        await take(
          { title: 'A', ids: { imdb: 'tt0000001' } },
          { title: 'B', ids: { imdb: 'tt0000002' }, kind: 'show' },
        );
        const found = await catalogue.byOutsideIds('imdb', ['tt0000002', 'tt0000001', 'tt0000003']);
        expect([...found].map(([value, { title }]) => [value, title]).sort()).toEqual([
          ['tt0000001', 'A'],
          ['tt0000002', 'B'],
        ]);
      });

      it('keeps outside ids of sources it does not know', async () => {
        await take({ ids: { anidb: '23' } });
        expect((await catalogue.byOutsideId('anidb', '23'))?.ids).toEqual({ anidb: '23' });
      });

      it('gives a record the id it comes with, where that is free', async () => {
        const [first, second] = await take(
          { title: 'A', id: 'tt0000005' },
          { title: 'B', id: 'tmdbm9', ids: { imdb: 'tt0000006' } },
        );
        expect([first?.id, second?.id]).toEqual(['tt0000005', 'tmdbm9']);
      });
    });

    describe('an id that a record comes with', () => {
      it('leads a show to no movie of the same id, nor a movie to a show', async () => {
        const told = [
          { title: 'A', id: 'tt0000005', kind: 'show' as const },
          { title: 'B', id: 'tt0000005', ids: { tmdb: '7' } },
          { title: 'C', id: 'tt0000005', ids: { wikipedia: 'C' } },
        ];
        expect(await outcomes(...told)).toEqual(['added', 'added', 'added']);
        expect((await catalogue.byOutsideId('tmdb', '7'))?.title).toBe('B');
        const before = await catalogue.records(0, 10);
        expect(await outcomes(...told)).toEqual(['unchanged', 'unchanged', 'unchanged']);
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('is all that a record with an article is found again by, and nothing is noted the second time', async () => {
        const told = { title: 'A', id: 'tt0000005', ids: { wikipedia: 'A' } };
        await take(told);
        const before = await catalogue.records(0, 10);
        expect(await outcomes(told)).toEqual(['unchanged']);
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('says less than an article does, the second time too', async () => {
        const told = [
          { title: 'Alone', year: 2002 },
          { title: 'Alone', ids: { wikipedia: 'Alone_(film)' } },
          { title: 'Alone', ids: { imdb: 'tt0000001', wikipedia: 'Solaris' } },
          { title: 'Alone', year: 2002, ids: { wikipedia: 'Alone_(film)' }, id: 'tt0000001' },
        ];
        expect(await outcomes(...told)).toEqual(['added', 'added', 'added', 'changed']);
        expect(new Set(await outcomes(...told))).toEqual(new Set(['unchanged']));
      });
    });

    describe('one movie is one movie', () => {
      it('takes records that share an outside id for one, whatever their titles', async () => {
        await take({ title: 'Nine 1/2 Weeks', ids: { tmdb: '10068' } });
        const [taken] = await take({ title: '9½ Weeks', ids: { imdb: 'tt0091635', tmdb: '10068' } });
        expect(taken).toMatchObject({
          outcome: 'changed',
          id: 'tmdbm10068',
          because: 'has the same id: tmdb 10068',
        });
        expect((await catalogue.get(['tmdbm10068'])).get('tmdbm10068')).toMatchObject({
          title: 'Nine 1/2 Weeks',
          aka: [{ title: '9½ Weeks' }],
          ids: { imdb: 'tt0091635', tmdb: '10068' },
        });
      });

      it('takes the same exact title and kind in the same year for one', async () => {
        await take({ title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
        expect(await outcomes({ title: ' heat', year: 1995, ids: { tmdb: '949' } })).toEqual(['changed']);
        expect(await outcomes({ title: 'ＨＥＡＴ', year: 1995 })).toEqual(['unchanged']);
        expect(await outcomes({ title: 'Heat', year: 1995, kind: 'show' })).toEqual(['added']);
        expect(await outcomes({ title: 'Heat!', year: 1995 })).toEqual(['added']);
        expect(await outcomes({ title: 'Heat', year: 1986 })).toEqual(['added']);
        expect(await outcomes({ title: 'Heat' })).toEqual(['added']);
      });

      it('takes a year of difference for one movie only with a shared director or two of the cast', async () => {
        await take({
          title: 'Splice',
          year: 2009,
          directors: ['Vincenzo Natali'],
          cast: ['Adrien Brody', 'Sarah Polley'],
        });
        expect(await outcomes({ title: 'Splice', year: 2010, cast: ['Sarah Polley'] })).toEqual(['added']);
        expect(
          await outcomes({ title: 'Splice', year: 2008, cast: ['sarah polley', 'ADRIEN BRODY'] }),
        ).toEqual(['unchanged']);
        const [taken] = await take({
          title: 'Splice',
          year: 2008,
          directors: ['Vincenzo Natali'],
          ids: { tmdb: '3' },
        });
        expect(taken?.because).toBe('same title and director, one year apart');
      });

      it('keeps two films apart that share title and year where a source numbers them differently', async () => {
        const [, second] = await take(
          { title: 'Alone', year: 2020, ids: { imdb: 'tt7711170' } },
          { title: 'Alone', year: 2020, ids: { imdb: 'tt10620868' } },
        );
        expect(second).toMatchObject({
          outcome: 'added',
          because: 'tt7711170 has the same title, but another imdb id',
        });
        expect(await outcomes({ title: 'Alone', year: 2020, ids: { imdb: 'tt10620868' } })).toEqual([
          'unchanged',
        ]);
      });

      it('leaves a record apart that fits two movies, says so, and finds it again', async () => {
        await take(
          { title: 'Alone', year: 2020, ids: { imdb: 'tt7711170' } },
          { title: 'Alone', year: 2020, ids: { imdb: 'tt10620868' } },
        );
        const [third] = await take({ title: 'Alone', year: 2020 });
        expect(third).toMatchObject({
          outcome: 'added',
          because: 'it fits tt7711170 and tt10620868, so it stays apart',
        });
        expect(await outcomes({ title: 'Alone', year: 2020 })).toEqual(['unchanged']);
        expect(await all()).toHaveLength(3);
      });

      it('keeps a film and its remake apart that share an article', async () => {
        const ids = { wikipedia: 'Miracle_on_34th_Street' };
        const records = [
          { title: 'Miracle on 34th Street', year: 1947, ids: { ...ids, imdb: 'tt0039628' } },
          { title: 'Miracle on 34th Street', year: 1994, ids: { ...ids, imdb: 'tt0110527' } },
          { title: 'Crossed Trails', year: 1924, ids: { wikipedia: 'Crossed_Trails' } },
          { title: 'Crossed Trails', year: 1948, ids: { wikipedia: 'Crossed_Trails' } },
        ];
        expect(await outcomes(...records)).toEqual(['added', 'added', 'added', 'added']);
        expect(await outcomes(...records)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
        expect((await catalogue.byOutsideId('wikipedia', 'Crossed_Trails'))?.year).toBe(1924);
      });

      it('does not take a film and its remake for one because a record names one of them and their article', async () => {
        const article = { wikipedia: 'Solaris' };
        const told = [
          { title: 'Alone', year: 2000, ids: { imdb: 'tt0000002' } },
          { title: 'Alone', year: 2020, ids: article },
          { title: 'Alone', year: 2002, ids: article, cast: ['B'] },
          { title: 'Alone', ids: { imdb: 'tt0000002', ...article } },
        ];
        const taken = await take(...told);
        expect(taken.map(({ outcome }) => outcome)).toEqual(['added', 'added', 'added', 'unchanged']);
        expect(taken[2]?.because).toBe(`${taken[1]?.id} has the same article, but another year or number`);
        const before = await catalogue.records(0, 10);
        expect(new Set(await outcomes(...told))).toEqual(new Set(['unchanged']));
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('leaves apart what was told from the movie of its article, whatever that movie turns out to be', async () => {
        const article = { wikipedia: 'Solaris' };
        const told = [
          { title: 'Alone', year: 2000, ids: { imdb: 'tt0000001' } },
          { title: 'Alone', year: 2020, ids: { ...article, tmdb: '2' } },
          { title: 'Alone', year: 2002, ids: article, cast: ['B'] },
          { title: 'Solaris', year: 2002, ids: { ...article, trakt: '3' } },
          { title: 'Alone', ids: { imdb: 'tt0000001', tmdb: '2' } },
        ];
        expect(await outcomes(...told)).toEqual(['added', 'added', 'added', 'added', 'merged']);
        const before = await catalogue.records(0, 10);
        expect(new Set(await outcomes(...told))).toEqual(new Set(['unchanged']));
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('keeps namesakes of one year apart that have articles of their own, whoever an article is told to be', async () => {
        const told = [
          { title: 'Alone', year: 2000, ids: { imdb: 'tt0000001' } },
          { title: 'Alone', year: 2020, ids: { wikipedia: 'Alone_(film)' } },
          { title: 'Alone', year: 2020, ids: { wikipedia: 'Solaris' }, cast: ['B'] },
          { title: 'Solaris', year: 2020, ids: { wikipedia: 'Solaris', tmdb: '2' } },
          { title: 'Alone', ids: { imdb: 'tt0000001', tmdb: '2' } },
        ];
        expect(await outcomes(...told)).toEqual(['added', 'added', 'added', 'changed', 'merged']);
        const before = await catalogue.records(0, 10);
        expect(new Set(await outcomes(...told))).toEqual(new Set(['unchanged']));
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('finds a record without ids again after others have come that it would fit as well', async () => {
        const thin = { title: 'Echo', year: 2001, cast: ['A', 'B'] };
        await take({ title: 'Echo', year: 2000, cast: ['A', 'B'] }, thin);
        await take({ title: 'Echo', year: 2001, ids: { imdb: 'tt0000077' }, directors: ['C'] });
        const before = await all();
        expect(await outcomes(thin)).toEqual(['unchanged']);
        expect(await all()).toEqual(before);
      });
    });

    describe('a record that shows two movies to be one', () => {
      const first = {
        title: 'Seven',
        year: 1995,
        ids: { imdb: 'tt0114369' },
        overview: 'Short.',
        source: 'a',
        votes: 10,
      };
      const second = {
        title: 'Se7en',
        year: 1996,
        ids: { tmdb: '807' },
        overview: 'Longer than the other.',
        source: 'b',
        votes: 20,
        rating: 8,
      };
      const both = { title: 'Seven', year: 1995, ids: { imdb: 'tt0114369', tmdb: '807' }, source: 'c' };

      it('keeps the older id and leads every other id there', async () => {
        const [old, young] = await take(first, second);
        const number = (await catalogue.get([young!.id])).get(young!.id)!.number;
        const [merged] = await take(both);
        expect(merged).toMatchObject({ outcome: 'merged', id: old!.id, absorbed: [young!.id] });
        const movie = (await catalogue.get([young!.id])).get(young!.id);
        expect(movie).toMatchObject({
          id: 'tt0114369',
          title: 'Seven',
          year: 1995,
          aka: [{ title: 'Se7en' }],
          overview: 'Longer than the other.',
          overviewSource: 'b',
          ids: { imdb: 'tt0114369', tmdb: '807' },
          votes: 20,
          rating: 8,
        });
        expect((await catalogue.byNumber([number])).get(number)?.id).toBe('tt0114369');
        expect((await catalogue.byOutsideId('tmdb', '807'))?.id).toBe('tt0114369');
        expect(await all()).toHaveLength(1);
      });

      it('tells those who follow which number is gone', async () => {
        await take(first, second);
        const { revision } = await catalogue.stats();
        await take(both);
        const changes = await catalogue.changesSince(revision, 100);
        expect(changes.gone.map(({ id }) => id)).toEqual(['tmdbm807']);
        expect([...(await catalogue.merged()).keys()]).toEqual(['tmdbm807']);
        expect(changes.titles.map(({ id, titles }) => [id, titles])).toEqual([
          ['tt0114369', ['Seven', 'Se7en']],
        ]);
        expect(changes.described.map(({ id }) => id)).toEqual(['tt0114369']);
      });

      it('leads on along a chain of merges', async () => {
        await take(
          { title: 'A', ids: { a: '1' } },
          { title: 'B', ids: { b: '1' } },
          { title: 'C', ids: { c: '1' } },
        );
        const ids = (await all()).map(({ id }) => id);
        await take({ title: 'C', ids: { b: '1', c: '1' } });
        await take({ title: 'A', ids: { a: '1', b: '1' } });
        const found = await catalogue.get(ids);
        expect(new Set([...found.values()].map(({ id }) => id))).toEqual(new Set([ids[0]]));
        expect((await catalogue.byOutsideId('c', '1'))?.id).toBe(ids[0]);
      });

      it('comes to the same in one batch', async () => {
        await take(first, second, both);
        expect((await all()).map(({ id, aka, ids }) => ({ id, aka, ids }))).toEqual([
          { id: 'tt0114369', aka: [{ title: 'Se7en' }], ids: { imdb: 'tt0114369', tmdb: '807' } },
        ]);
        expect((await catalogue.byOutsideId('tmdb', '807'))?.id).toBe('tt0114369');
      });
    });

    describe('what is kept', () => {
      it('fills in what is missing, unites lists, and keeps the longer text with its source', async () => {
        await take({
          title: 'A',
          ids: { imdb: 'tt0000001' },
          genres: ['drama'],
          overview: 'A film.',
          source: 'one',
        });
        await take({
          title: 'A',
          ids: { imdb: 'tt0000001' },
          genres: ['crime'],
          keywords: ['heist'],
          overview: 'A film about thieves.',
          runtime: 90,
          poster: 'https://example.org/a.jpg',
          source: 'two',
        });
        await take({
          title: 'A',
          ids: { imdb: 'tt0000001' },
          overview: 'Thieves.',
          runtime: 91,
          source: 'three',
        });
        expect((await all())[0]).toMatchObject({
          genres: ['drama', 'crime'],
          keywords: ['heist'],
          overview: 'A film about thieves.',
          overviewSource: 'two',
          runtime: 90,
          poster: 'https://example.org/a.jpg',
          posterSource: 'two',
        });
      });

      it('gives our own source the last word', async () => {
        const ids = { imdb: 'tt0000001' };
        await take({
          title: 'Leon',
          ids,
          genres: ['drama'],
          overview: 'A much longer text of theirs.',
          source: 'theirs',
        });
        await take({ title: 'Léon', ids, genres: ['crime'], overview: 'Ours.', source: 'starter' });
        await take({
          title: 'Leon',
          ids,
          genres: ['drama'],
          overview: 'A much longer text of theirs.',
          source: 'theirs',
        });
        expect((await all())[0]).toMatchObject({ title: 'Léon', genres: ['crime'], overview: 'Ours.' });
      });

      it('finds a movie under the title that a better source gave it', async () => {
        await take({ title: 'Leon', year: 1994, ids: { imdb: 'tt0110413' } });
        const [, second] = await take(
          { title: 'The Professional', year: 1994, ids: { imdb: 'tt0110413' }, source: 'starter' },
          { title: 'The Professional', year: 1994, runtime: 110 },
        );
        expect(second).toMatchObject({ outcome: 'changed', id: 'tt0110413' });
      });

      it('finds again what only an article and a cast told, and then changes nothing', async () => {
        const solaris = { title: 'Solaris', cast: ['A', 'B'] };
        const told = [
          { ...solaris, year: 2000 },
          { ...solaris, year: 2001, ids: { wikipedia: 'Solaris_(film)' } },
        ];
        await take(...told);
        const before = await catalogue.records(0, 10);
        expect(await outcomes(...told)).toEqual(['unchanged', 'unchanged']);
        expect(await catalogue.records(0, 10)).toEqual(before);
      });

      it('keeps the language of a title that becomes another title when its movie is merged', async () => {
        const told = [
          { title: 'First', ids: { imdb: 'tt0000001' } },
          { title: 'Alone', ids: { tmdb: '2' }, aka: [{ title: 'Alone', language: 'en' }] },
          { title: 'First', ids: { imdb: 'tt0000001', tmdb: '2' } },
        ];
        await take(...told);
        expect((await all())[0]).toMatchObject({ title: 'First', aka: [{ title: 'Alone', language: 'en' }] });
        expect(new Set(await outcomes(...told))).toEqual(new Set(['unchanged']));
      });

      it('counts votes of each source once and shows those of the one with the most', async () => {
        const ids = { imdb: 'tt0000001' };
        await take({ ids, votes: 100, rating: 7, source: 'a' }, { ids, votes: 5, rating: 9, source: 'b' });
        expect((await all())[0]).toMatchObject({ votes: 100, rating: 7 });
        expect(await outcomes({ ids, votes: 90, rating: 6, source: 'a' })).toEqual(['unchanged']);
        expect(await outcomes({ ids, votes: 120, rating: 6, source: 'a' })).toEqual(['changed']);
        expect((await all())[0]).toMatchObject({ votes: 120, rating: 6 });
      });

      it('shows the same rating whichever of two sources with as many votes came first', async () => {
        const ids = { imdb: 'tt0000001' };
        const first = { ids, votes: 1, rating: 9, source: 'a' };
        await take({ ids, votes: 1, rating: 8, source: 'b' }, first);
        expect((await all())[0]).toMatchObject({ votes: 1, rating: 9, ratingSource: 'a' });
      });

      it('ranks a movie by its percentile within each source, not by bare votes', async () => {
        await take(
          { title: 'A', votes: 1_000_000, source: 'big' },
          { title: 'B', votes: 2_000_000, source: 'big' },
          { title: 'C', votes: 10, source: 'small' },
          { title: 'D', popularity: 0.3 },
          { title: 'E' },
        );
        expect(await catalogue.refreshPopularity()).toBe(3);
        const popularity = (await all()).map((movie) => movie.popularity);
        expect(popularity).toEqual([0.5, 1, 1, 0.3, undefined]);
        expect(await catalogue.refreshPopularity()).toBe(0);
      });
    });

    describe('walking', () => {
      it('gives movies in the order of their numbers, in pages', async () => {
        await take(...['A', 'B', 'C'].map((title) => ({ title })));
        const [first, ...rest] = await all();
        expect((await catalogue.movies(0, 1)).map(({ title }) => title)).toEqual(['A']);
        expect(await catalogue.movies(first!.number, 10)).toEqual(rest);
      });

      it('gives described movies only, without their texts', async () => {
        await take(
          { title: 'Thin' },
          { title: 'Told', overview: 'Something.' },
          { title: 'Tagged', keywords: ['heist'], runtime: 90, language: 'en', countries: ['GB'], votes: 7 },
        );
        const [told, tagged] = await catalogue.described(0, 10);
        expect(Object.keys(told!).sort()).toEqual(
          [
            'adult',
            'cast',
            'countries',
            'directors',
            'genres',
            'id',
            'keywords',
            'kind',
            'number',
            'title',
          ].sort(),
        );
        expect(tagged).toMatchObject({
          ...{ title: 'Tagged', keywords: ['heist'] },
          ...{ runtime: 90, language: 'en', countries: ['GB'], votes: 7 },
        });
        expect(await catalogue.described(told!.number, 10)).toEqual([tagged]);
      });

      it('gives every title, the main one first', async () => {
        await take({
          title: 'Spirited Away',
          original: '千と千尋の神隠し',
          aka: [{ title: 'Chihiro' }, { title: 'spirited away' }],
        });
        const pages = [];
        for await (const page of catalogue.titles()) pages.push(...page);
        expect(pages.map(({ titles }) => titles)).toEqual([['Spirited Away', '千と千尋の神隠し', 'Chihiro']]);
      });

      it('tells what changed since a revision, a few at a time, and nothing twice', async () => {
        for (const title of ['A', 'B', 'C', 'D']) await take({ title });
        const seen: string[] = [];
        for (let revision = 0; ; ) {
          const changes = await catalogue.changesSince(revision, 2);
          if (changes.revision === revision) break;
          revision = changes.revision;
          seen.push(...changes.titles.map(({ titles }) => titles[0]!));
        }
        expect(seen).toEqual(['A', 'B', 'C', 'D']);
      });

      it('tells of no more than 200 at a time where that is asked, however many were written at once', async () => {
        const films = (votes: number) =>
          Array.from({ length: 1000 }, (_, index) =>
            aRecord({ title: `Film ${index}`, votes: votes + index }),
          );
        await catalogue.upsert(films(1));
        await catalogue.refreshPopularity();
        const told: number[] = [];
        for (let revision = 0; ; ) {
          const changes = await catalogue.changesSince(revision, 200);
          if (changes.revision === revision) break;
          revision = changes.revision;
          expect(changes.titles.length).toBeLessThanOrEqual(200);
          told.push(...changes.titles.map(({ number }) => number));
        }
        expect(new Set(told).size).toBe((await catalogue.stats()).movies);
        expect(told).toHaveLength(new Set(told).size);
      });

      it('keeps its revision when nothing changed', async () => {
        await take({ title: 'A', year: 2000 });
        const before = await catalogue.revision();
        await take({ title: 'A', year: 2000 });
        await catalogue.refreshPopularity();
        expect(await catalogue.revision()).toBe(before);
      });

      it('has a number of its own that stays', async () => {
        const before = await catalogue.catalogueId();
        await take({ title: 'A', year: 2000 });
        expect(await catalogue.catalogueId()).toBe(before);
      });

      it('counts what there is', async () => {
        await take(
          { title: 'A', aka: [{ title: 'A1' }], overview: 'Told.' },
          { title: 'B', original: 'B0', kind: 'show' },
        );
        expect(await catalogue.stats()).toMatchObject({ movies: 1, shows: 1, titles: 4, described: 1 });
      });
    });

    it('stops when the signal fires', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      await expect(catalogue.movies(0, 1, { signal })).rejects.toThrow('enough');
      await expect(catalogue.upsert([aRecord()], { signal })).rejects.toThrow('enough');
      await expect(catalogue.described(0, 1, { signal })).rejects.toThrow('enough');
    });

    it('takes in nothing of a batch that fails', async () => {
      const broken = { ...aRecord({ title: 'B' }), title: '' };
      await expect(catalogue.upsert([aRecord({ title: 'A' }), broken])).rejects.toThrow();
      expect(await all()).toEqual([]);
    });
  });
}
