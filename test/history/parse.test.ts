import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HistoryProblem, MAX_FILE, UnreadableHistory } from '../../src/history/entry.ts';
import { parseHistory } from '../../src/history/parse.ts';
import { readHistory } from '../../src/history/read.ts';
import {
  IMDB_RATINGS,
  LETTERBOXD_RATINGS,
  LETTERBOXD_WATCHED,
  LETTERBOXD_ZIP,
  TRAKT_ZIP,
} from '../fixtures/exports.ts';
import { zipOf } from '../fixtures/zip.ts';

const parse = (content: string | Uint8Array, name = 'export.csv') =>
  parseHistory(typeof content === 'string' ? Buffer.from(content) : content, name);

async function problemOf(work: Promise<unknown>): Promise<HistoryProblem | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableHistory) return error.problem;
    throw error;
  }
}

const ALIEN = { title: 'Alien', year: 1979, kind: 'movie', ids: {}, stars: 4.5, at: Date.UTC(2024, 0, 5) };

describe('an export', () => {
  it('of Letterboxd: ratings and what was watched', async () => {
    const ratings = await parse(LETTERBOXD_RATINGS, 'ratings.csv');
    expect(ratings).toMatchObject({ source: 'letterboxd', unread: 0 });
    expect(ratings.entries[0]).toEqual(ALIEN);
    const watched = await parse(LETTERBOXD_WATCHED, 'watched.csv');
    expect(watched.entries.map(({ title, stars }) => [title, stars])).toEqual([
      ['Alien', undefined],
      ['Toy Story', undefined],
      ['Crouching Nothing, Hidden Film', undefined],
    ]);
  });

  it('of Letterboxd as the whole archive, without what is deleted or yet to be seen', async () => {
    const { entries } = await parse(LETTERBOXD_ZIP, 'letterboxd-ann.zip');
    expect(entries.map(({ title }) => title).sort()).toEqual([
      'Alien',
      'Alien',
      'Crouching Nothing, Hidden Film',
      'Heat',
      'Toy Story',
    ]);
  });

  it('of IMDb: ten points are five stars, episodes are left out', async () => {
    const { source, entries } = await parse(IMDB_RATINGS);
    expect(source).toBe('imdb');
    expect(entries.map(({ ids, stars }) => [ids.imdb, stars])).toEqual([
      ['tt0000001', 4.5],
      ['tt7654321', 5],
    ]);
  });

  it('of Trakt: ratings and what was watched, without lists and episodes', async () => {
    const { source, entries } = await parse(TRAKT_ZIP, 'trakt.zip');
    expect(source).toBe('trakt');
    expect(entries).toEqual([
      {
        title: 'Alien',
        year: 1979,
        kind: 'movie',
        ids: { imdb: 'tt0000001', tmdb: '348', trakt: '1' },
        stars: 3.5,
        at: Date.UTC(2022, 0, 1),
      },
      { title: 'Apollo 13', year: 1995, kind: 'movie', ids: { trakt: '99' }, at: Date.UTC(2022, 1, 2) },
    ]);
  });

  const accented = LETTERBOXD_RATINGS.replace('Alien', 'Amélie – à Paris');
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${accented}`)],
    ['UTF-16, little end first, with a mark', Buffer.from(`\uFEFF${accented}`, 'utf16le')],
    ['UTF-16, big end first, with a mark', Buffer.from(`\uFEFF${accented}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(accented, 'utf16le')],
    ['semicolons', Buffer.from(accented.replaceAll(',', ';'))],
  ])('is read in %s', async (_, bytes) => {
    expect((await parse(bytes)).entries[0]).toMatchObject({
      title: 'Amélie – à Paris',
      year: 1979,
      stars: 4.5,
    });
  });

  it('is read in Latin-1', async () => {
    const bytes = Buffer.from(LETTERBOXD_RATINGS.replace('Alien', 'Amélie'), 'latin1');
    expect((await parse(bytes)).entries[0]?.title).toBe('Amélie');
  });

  it('counts the rows that cannot be read and takes the others', async () => {
    const { entries, unread } = await parse(
      `${LETTERBOXD_RATINGS}2024-01-01,Bad,1999,x,9\n2024-01-01,,1999,x,3\n`,
    );
    expect([entries.length, unread]).toEqual([2, 2]);
  });
});

describe('a file that is not taken', () => {
  const watchlist = LETTERBOXD_WATCHED;
  it.each<[string, () => Promise<unknown>, HistoryProblem]>([
    ['words', () => parse('hello, world\n1,2\n'), 'noExport'],
    ['nothing', () => parse(''), 'noExport'],
    ['a picture', () => parse(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])), 'noExport'],
    ['JSON of something else', () => parse('[{"a":1}]'), 'noExport'],
    ['broken JSON', () => parse('[{"movie":'), 'noExport'],
    ['an archive of something else', () => parse(zipOf({ 'a.txt': 'x', 'b.json': '{}' })), 'noExport'],
    ['an export without a film', () => parse(LETTERBOXD_RATINGS.split('\n')[0]!), 'empty'],
    ['a watchlist of Letterboxd', () => parse(watchlist, 'watchlist.csv'), 'watchlist'],
    ['a watchlist of IMDb', () => parse('Position,Const,Title\n1,tt1,A\n'), 'watchlist'],
    ['half an archive', () => parse(LETTERBOXD_ZIP.subarray(0, 400)), 'damaged'],
    ['a bomb', () => parse(zipOf({ 'ratings.csv': Buffer.alloc(80_000_000) })), 'bomb'],
    [
      'a bomb that lies about its size',
      () => parse(zipOf({ 'ratings.csv': Buffer.alloc(80_000_000) }, 1000)),
      'damaged',
    ],
    [
      'a bomb of many files',
      () =>
        parse(zipOf(Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`${i}.json`, '']))), 'bomb'),
      'bomb',
    ],
    ['more than is taken', () => readHistory(new Uint8Array(MAX_FILE + 1), 'x.csv'), 'tooLarge'],
  ])('%s', async (_, work, problem) => {
    expect(await problemOf(work())).toBe(problem);
  });

  it('whatever its bytes are, it ends in entries or in a problem with a name', async () => {
    const wild = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({ unit: 'binary', maxLength: 200 })
        .map((text) => Buffer.from(`Const,Your Rating,Title\n${text}`)),
      fc.tuple(fc.nat(LETTERBOXD_ZIP.length - 1), fc.nat(255)).map(([at, byte]) => {
        const broken = Buffer.from(LETTERBOXD_ZIP);
        broken[at] = byte;
        return broken;
      }),
      fc.json().map((json) => Buffer.from(`[{"movie":{"ids":{},"title":"x"},"rating":${json}}]`)),
    );
    await fc.assert(
      fc.asyncProperty(wild, async (bytes) => {
        await problemOf(parse(bytes));
      }),
      { numRuns: 300 },
    );
  });
});

it('a long history is read in a thread of its own, and can be given up', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `2024-01-01,Film ${at},2000,x,3`).join('\n');
  const bytes = Buffer.from(`Date,Name,Year,Letterboxd URI,Rating\n${rows}\n`);
  expect((await readHistory(bytes, 'ratings.csv')).entries).toHaveLength(20_000);
  await expect(readHistory(bytes, 'ratings.csv', AbortSignal.abort(new Error('gone')))).rejects.toThrow(
    'gone',
  );
});
