import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Movie } from '../../src/catalogue/movie.ts';
import { genresAreStale, indexGenres } from '../../src/ingest/index-genres.ts';
import type { TrainedGenres } from '../../src/recommender/genre-file.ts';
import { genresInUse } from '../../src/recommender/genres-in-use.ts';
import { acquireLock, Locked } from '../../src/store/lock.ts';
import { aMovie } from '../fixtures/movies.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindred-genres-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = { file: join(folder, 'genres.json'), lockFile: join(folder, 'index.lock') };

const WORDS = { horror: 'demon curse scream graveyard', romance: 'wedding kiss bride heartbreak' } as const;

/** As many movies of two genres as are needed to learn from, one of no known genre, and a thin one. */
function movies(): Movie[] {
  const known = Array.from({ length: 320 }, (_, at) => {
    const genre = at % 2 ? 'horror' : 'romance';
    const overview = `${WORDS[genre]} ${at % 3 ? 'town' : 'night'}`;
    return aMovie({ id: `tt${at}`, number: at + 1, genres: [genre], overview });
  });
  const unknown = aMovie({ id: 'unknown', number: 1000, overview: 'A bride, a wedding and a kiss.' });
  return [...known, unknown, aMovie({ id: 'thin', number: 1001, title: 'Demon Curse' })];
}

function catalogueOf(all: readonly Movie[], revision = 1): Catalogue {
  const page = async (after: number, limit: number) =>
    all.filter(({ number }) => number > after).slice(0, limit);
  return { movies: page, revision: async () => revision } as unknown as Catalogue;
}

it('learns genres with the index, guesses those of movies that have none, and whoever answers takes them in', async () => {
  const taken: TrainedGenres[] = [];
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const genres = genresInUse(files.file, (trained) => taken.push(trained));
  expect(await genres()).toBeUndefined();

  const measure = await indexGenres({ catalogue: catalogueOf(movies()), ...files });
  expect(measure!.f1).toBeGreaterThan(0.95);
  vi.advanceTimersByTime(5000);
  const model = await genres();
  expect(model?.predict('a demon and a curse')[0]?.genre).toBe('horror');
  expect(taken.map(({ guesses }) => [...guesses])).toEqual([[['unknown', ['romance']]]]);

  // Not read again while it stays as it is; a damaged one changes nothing.
  vi.advanceTimersByTime(5000);
  await genres();
  writeFileSync(files.file, '{');
  utimesSync(files.file, 1, 1);
  vi.advanceTimersByTime(5000);
  expect(await genres()).toBe(model);
  expect(taken).toHaveLength(1);
});

it('knows whether it learned from the catalogue as it is, also after a run that was killed before it learned', async () => {
  const own = { ...files, file: join(folder, 'stale.json') };
  const stale = (revision: number) => genresAreStale({ catalogue: catalogueOf(movies(), revision), ...own });
  expect(await stale(1)).toBe(true);
  await indexGenres({ catalogue: catalogueOf(movies(), 1), ...own });
  expect([await stale(1), await stale(2)]).toEqual([false, true]);
});

it('learns nothing from a few movies, and stays away while another process indexes', async () => {
  const few = { catalogue: catalogueOf(movies().slice(0, 20)), ...files };
  expect(await indexGenres(few)).toBeUndefined();
  const release = acquireLock(files.lockFile);
  await expect(indexGenres(few)).rejects.toThrow(Locked);
  release();
});
