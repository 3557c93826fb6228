import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Opinion, OpinionStore } from '../../src/people/opinions.ts';
import { aRecord } from '../fixtures/records.ts';

export interface OpinionsUnderTest {
  readonly opinions: OpinionStore;
  readonly catalogue: Catalogue;
  readonly close: () => Promise<void>;
}

const ANN = 'discord:1';
const BOB = 'telegram:1';

/**
 * What every {@link OpinionStore} promises; call it once per implementation.
 *
 * @param open Called anew for each test; both stores are empty.
 */
export function opinionsContract(name: string, open: () => Promise<OpinionsUnderTest>): void {
  describe(`${name}, as a store of opinions`, () => {
    let under: OpinionsUnderTest;
    let opinions: OpinionStore;
    let alien: number;
    let heat: number;
    beforeEach(async () => {
      under = await open();
      opinions = under.opinions;
      await under.catalogue.upsert([
        aRecord({ title: 'Alien', year: 1979, ids: { imdb: 'tt0000001' } }),
        aRecord({ title: 'Heat', year: 1995, ids: { imdb: 'tt0000002' } }),
      ]);
      const numbers = (await under.catalogue.movies(0, 10)).map(({ number }) => number);
      [alien, heat] = numbers as [number, number];
    });
    afterEach(() => under.close());

    const rated = (movie: number, stars: number, at = 1): Opinion => ({
      movie,
      stars,
      seen: true,
      dismissed: false,
      at,
    });
    const allStars = async () => {
      const all = [];
      for await (const star of opinions.stars()) all.push(star);
      return all;
    };

    it('keeps what each account said, newest first, apart from every other account', async () => {
      await opinions.put(ANN, rated(alien, 4.5, 1));
      await opinions.put(ANN, { movie: heat, seen: true, dismissed: false, at: 2 });
      await opinions.put(BOB, rated(alien, 0.5, 3));
      expect(await opinions.of(ANN)).toEqual([
        { movie: heat, seen: true, dismissed: false, at: 2 },
        rated(alien, 4.5, 1),
      ]);
      expect(await opinions.on(BOB, alien)).toEqual(rated(alien, 0.5, 3));
      expect(await opinions.on(BOB, heat)).toBeUndefined();
      expect([await opinions.count(ANN), await opinions.count(BOB)]).toEqual([2, 1]);
    });

    it('answers with what stood before, so that it can be put back', async () => {
      expect(await opinions.put(ANN, rated(alien, 2))).toBeUndefined();
      expect(await opinions.put(ANN, rated(alien, 5, 2))).toEqual(rated(alien, 2));
      expect(await opinions.remove(ANN, alien)).toEqual(rated(alien, 5, 2));
      expect(await opinions.remove(ANN, alien)).toBeUndefined();
      expect(await opinions.of(ANN)).toEqual([]);
    });

    it('refuses stars that nobody can give, and keeps what was there', async () => {
      await opinions.put(ANN, rated(alien, 3));
      for (const stars of [0, 0.4, 3.3, 5.5])
        await expect(opinions.put(ANN, rated(alien, stars))).rejects.toThrow();
      await expect(opinions.putAll(ANN, [rated(heat, 4), rated(alien, 9)])).rejects.toThrow();
      expect(await opinions.of(ANN)).toEqual([rated(alien, 3)]);
    });

    it('adds a history to what stands: the later rating counts, and nothing is taken back', async () => {
      await opinions.put(ANN, rated(alien, 3, 10));
      await opinions.put(ANN, { movie: heat, seen: false, dismissed: true, at: 10 });
      await opinions.putAll(ANN, [
        rated(alien, 5, 5),
        { movie: alien, seen: true, dismissed: false, at: 20 },
        rated(heat, 4, 5),
      ]);
      expect(await opinions.on(ANN, alien)).toEqual(rated(alien, 3, 20));
      expect(await opinions.on(ANN, heat)).toEqual({
        movie: heat,
        stars: 4,
        seen: true,
        dismissed: true,
        at: 10,
      });
      await opinions.putAll(ANN, [rated(alien, 1, 30)]);
      expect(await opinions.on(ANN, alien)).toEqual(rated(alien, 1, 30));
    });

    it('leads opinions over to the movie that theirs is found to be; of two the newer counts', async () => {
      await opinions.put(ANN, rated(alien, 5, 1));
      await opinions.put(ANN, rated(heat, 1, 2));
      await opinions.put(BOB, rated(heat, 2, 1));
      await under.catalogue.upsert([
        aRecord({ title: 'Alien', year: 1979, ids: { imdb: 'tt0000001', tmdb: '9' } }),
      ]);
      await under.catalogue.upsert([
        aRecord({ title: 'Heat', year: 1995, ids: { imdb: 'tt0000002', trakt: '8' } }),
      ]);
      await under.catalogue.upsert([aRecord({ title: 'Alien', year: 1979, ids: { tmdb: '9', trakt: '8' } })]);
      const [living, ...others] = await under.catalogue.movies(0, 10);
      expect(others).toEqual([]);
      expect(await opinions.of(ANN)).toEqual([rated(living!.number, 1, 2)]);
      expect(await opinions.of(BOB)).toEqual([rated(living!.number, 2, 1)]);
      // A button from before the merge still means the same film.
      for (const number of [alien, heat]) {
        await opinions.put(BOB, rated(number, 4, 3));
        expect(await opinions.on(BOB, number)).toEqual(rated(living!.number, 4, 3));
        await opinions.putAll(BOB, [rated(number, 4.5, 4)]);
        expect(await opinions.remove(BOB, number)).toEqual(rated(living!.number, 4.5, 4));
      }
    });

    it('tells every star for training, and nobody by name', async () => {
      await opinions.put(BOB, { movie: alien, seen: true, dismissed: false, at: 1 });
      await opinions.putAll('a:1', [rated(alien, 5), rated(heat, 4)]);
      await opinions.put('c:1', rated(heat, 0.5));
      expect(await allStars()).toEqual([
        { person: 0, movie: alien, stars: 5 },
        { person: 0, movie: heat, stars: 4 },
        { person: 1, movie: heat, stars: 0.5 },
      ]);
    });
  });
}
