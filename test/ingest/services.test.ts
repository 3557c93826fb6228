import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { RefusedCredential } from '../../src/errors.ts';
import type { ImportOptions } from '../../src/ingest/import.ts';
import { FakeTmdb } from '../fakes/tmdb.ts';
import { FakeTrakt, type TraktItem } from '../fakes/trakt.ts';
import { type Importing, openImporting } from './importing.ts';

let here: Importing;
let trakt: FakeTrakt;
let tmdb: FakeTmdb;
beforeEach(async () => {
  here = await openImporting();
  trakt = await new FakeTrakt().start();
  tmdb = await new FakeTmdb().start();
});
afterEach(async () => {
  await trakt.stop();
  await tmdb.stop();
  await here.close();
});

const config = (keys: { trakt?: string; tmdb?: string } = {}): ImportOptions['config'] => ({
  dataDir: here.folder,
  databaseFile: `${here.folder}/kindred.db`,
  trakt: { clientId: keys.trakt ?? trakt.clientId, apiUrl: trakt.url },
  tmdb: { apiKey: keys.tmdb ?? tmdb.apiKey, apiUrl: tmdb.url },
});

const run = (source: ImportOptions['source'], more: Partial<ImportOptions> = {}) =>
  here.run(source, {}, { config: config(), ...more });

function traktItem(number: number, facts: Record<string, unknown> = {}): TraktItem {
  return {
    title: `Film ${number}`,
    year: 2000,
    ids: { trakt: number, slug: `film-${number}`, imdb: null },
    ...facts,
  };
}

describe('trakt', () => {
  beforeEach(() => {
    trakt.movies = Array.from({ length: 230 }, (_, index) => traktItem(index + 1));
    trakt.shows = [
      traktItem(1, { title: 'Game of Thrones', first_aired: '2011-04-18T01:00:00.000Z', country: 'us' }),
    ];
  });

  it('reads movies and shows, all pages, whole', async () => {
    trakt.movies = [
      ...trakt.movies,
      {
        title: 'TRON: Legacy',
        year: 2010,
        ids: { trakt: 343, slug: 'tron-legacy-2010', imdb: 'tt1104001', tmdb: 20526 },
        tagline: 'The Game Has Changed.',
        overview: 'Sam Flynn investigates.',
        released: '2010-12-16',
        runtime: 125,
        rating: 8,
        votes: 111,
        language: 'en',
        genres: ['action', 'science-fiction'],
      },
    ];
    const { counts } = await run('trakt');
    expect(counts).toMatchObject({ read: 232, added: 232, skipped: 0 });
    expect(trakt.asked.map(({ path, query }) => `${path} ${query.get('page')}`)).toEqual([
      '/movies/popular 1',
      '/movies/popular 2',
      '/movies/popular 3',
      '/shows/popular 1',
    ]);
    expect(trakt.violations).toEqual([]);
    expect(await here.catalogue.byOutsideId('trakt-slug', 'tron-legacy-2010')).toMatchObject({
      id: 'tt1104001',
      tagline: 'The Game Has Changed.',
      genres: ['action', 'science-fiction'],
      votes: 111,
      source: 'trakt',
    });
    expect(await here.catalogue.byOutsideId('trakt', '1', 'show')).toMatchObject({
      id: 'trakts1',
      released: '2011-04-18',
      countries: ['US'],
    });
  });

  it('waits as long as a busy service says, and not longer', async () => {
    trakt.fail({ status: 429, body: {}, headers: { 'retry-after': '1' } }, { times: 1, path: /shows/u });
    const started = performance.now();
    expect((await run('trakt')).counts).toMatchObject({ read: 231, lost: 0 });
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  it('asks again where the service fails or breaks off in the middle of a page', async () => {
    trakt.fail('cut', { times: 1 });
    trakt.fail(
      { status: 502, body: 'bad gateway', headers: { 'retry-after': '0' } },
      { times: 1, path: /shows/u },
    );
    trakt.fail('html', { times: 1, path: /shows/u });
    expect((await run('trakt')).counts).toMatchObject({ read: 231, added: 231, lost: 0 });
  });

  it('goes on with the page at which it was stopped', async () => {
    const stop = new AbortController();
    const onProgress: ImportOptions['onProgress'] = ({ read }) => {
      if (read >= 200) stop.abort();
    };
    await expect(run('trakt', { signal: stop.signal, onProgress })).rejects.toThrow(
      'run the same command again',
    );
    trakt.asked.length = 0;
    expect(await run('trakt')).toMatchObject({ resumed: true });
    expect(trakt.asked[0]?.query.get('page')).not.toBe('1');
    expect(await here.catalogue.stats()).toMatchObject({ movies: 230, shows: 1 });
  });

  it('gives up in words where the service wants to be left alone for hours', async () => {
    trakt.fail({ status: 429, body: {}, headers: { 'retry-after': '7200' } });
    await expect(run('trakt')).rejects.toThrow(
      'Trakt is busy at /movies/popular. Run the same command again later.',
    );
    expect(trakt.count).toBe(1);
  });

  it('stops while it waits', async () => {
    const stop = new AbortController();
    trakt.fail({ status: 429, body: {}, headers: { 'retry-after': '300' } });
    const stopped = run('trakt', { signal: stop.signal });
    while (trakt.count === 0) await new Promise(setImmediate);
    stop.abort();
    await expect(stopped).rejects.toThrow('Stopped');
  });

  it('names the setting that is missing or refused, never the key', async () => {
    const missing = { ...config(), trakt: { apiUrl: trakt.url } };
    await expect(run('trakt', { config: missing })).rejects.toThrow(ConfigError);
    const refused = run('trakt', { config: config({ trakt: 'wrong-and-secret' }) });
    await expect(refused).rejects.toThrow(new RefusedCredential('TRAKT_CLIENT_ID'));
  });
});

describe('tmdb', () => {
  const year = new Date().getFullYear();
  beforeEach(() => {
    tmdb.movies = [
      ...Array.from({ length: 25 }, (_, index) => ({
        id: index + 1,
        title: `Film ${index + 1}`,
        release_date: `${year}-01-01`,
      })),
      {
        id: 27205,
        title: 'Inception',
        original_title: 'Inception',
        release_date: '2010-07-15',
        imdb_id: 'tt1375666',
        overview: 'Cobb, a skilled thief.',
        genres: [{ id: 28, name: 'Action' }],
        keywords: { keywords: [{ id: 1, name: 'dream' }] },
        credits: {
          cast: [{ name: 'Leonardo DiCaprio' }],
          crew: [{ job: 'Director', name: 'Christopher Nolan' }],
        },
        production_countries: [{ iso_3166_1: 'US' }],
        belongs_to_collection: null,
        vote_average: 8.4,
        vote_count: 38000,
        runtime: 148,
        poster_path: '/abc.jpg',
        adult: false,
      },
    ];
    tmdb.shows = [
      {
        id: 1399,
        name: 'Game of Thrones',
        first_air_date: '2011-04-17',
        episode_run_time: [60],
        genres: [{ name: 'Sci-Fi & Fantasy' }],
        keywords: { results: [{ name: 'dragon' }] },
        created_by: [{ name: 'David Benioff' }],
        external_ids: { imdb_id: 'tt0944947', tvdb_id: 121361 },
      },
    ];
  });

  it('reads movies and shows of all years with keywords and credits', async () => {
    const { counts } = await run('tmdb');
    expect(counts).toMatchObject({ read: 27, added: 27, skipped: 0 });
    expect(await here.catalogue.byOutsideId('tmdb', '27205', 'movie')).toMatchObject({
      id: 'tt1375666',
      year: 2010,
      keywords: ['dream'],
      directors: ['Christopher Nolan'],
      cast: ['Leonardo DiCaprio'],
      votes: 38000,
      poster: 'https://image.tmdb.org/t/p/w500/abc.jpg',
      source: 'tmdb',
    });
    expect(await here.catalogue.byOutsideId('tmdb', '1399', 'show')).toMatchObject({
      id: 'tt0944947',
      runtime: 60,
      genres: ['science-fiction', 'fantasy'],
      keywords: ['dragon'],
      directors: ['David Benioff'],
      ids: { tvdb: '121361' },
    });
  });

  it('asks again after 429, 500 and a broken connection, and leaves out what is gone', async () => {
    tmdb.fail({ status: 429, body: {}, headers: { 'retry-after': '0' } }, { times: 2, path: /movie\/7$/u });
    tmdb.fail({ status: 500, body: {}, headers: { 'retry-after': '0' } }, { times: 1, path: /tv\/1399/u });
    tmdb.fail('cut', { times: 1, path: /movie\/27205/u });
    tmdb.fail({ status: 404, body: {} }, { path: /movie\/9$/u });
    const { counts, problems } = await run('tmdb');
    expect(counts).toMatchObject({ added: 26, skipped: 1, lost: 0 });
    expect(problems).toEqual([`movies of ${year}, page 1: TMDB has nothing at /3/movie/9.`]);
  });

  it('sends a bearer token in the header, and never names a key', async () => {
    const { counts } = await run('tmdb', { config: config({ tmdb: tmdb.bearer }) });
    expect(counts.added).toBe(27);
    expect(tmdb.asked.every(({ query }) => !query.has('api_key'))).toBe(true);
    await expect(run('tmdb', { config: config({ tmdb: 'wrongsecret' }) })).rejects.toThrow(
      new RefusedCredential('TMDB_API_KEY'),
    );
  });
});
