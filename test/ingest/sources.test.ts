import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLiteral } from '../../src/ingest/sources/literal.ts';
import { readTitle } from '../../src/ingest/sources/movielens.ts';
import { type Importing, openImporting } from './importing.ts';

let here: Importing;
beforeEach(async () => {
  here = await openImporting();
});
afterEach(() => here.close());

const movies = () => here.catalogue.movies(0, 100);

describe('wikipedia', () => {
  const set = JSON.stringify([
    {
      title: 'The Matrix',
      year: 1999,
      cast: ['Keanu Reeves'],
      genres: ['Science Fiction', 'Superhero'],
      href: 'The_Matrix',
      extract: 'The Matrix is a film.',
      thumbnail: 'https://upload.wikimedia.org/m.jpg',
    },
    { title: 'Laughing Gas', year: 1907, cast: [], genres: [], href: 'Laughing_Gas_(film)#1907_Film' },
    { title: 'Caught', year: 1900, cast: [], genres: [], href: null },
  ]);

  it('is read with article, summary and poster', async () => {
    await here.run('wikipedia', { file: await here.file('movies.json.gz', gzipSync(set)) });
    const [matrix, ...others] = await movies();
    expect(matrix).toMatchObject({
      title: 'The Matrix',
      year: 1999,
      genres: ['science-fiction', 'action'],
      overview: 'The Matrix is a film.',
      overviewSource: 'wikipedia',
      poster: 'https://upload.wikimedia.org/m.jpg',
      ids: { wikipedia: 'The_Matrix' },
    });
    expect(others.map(({ title, ids }) => [title, ids])).toEqual([
      ['Laughing Gas', {}],
      ['Caught', {}],
    ]);
    expect(
      (await here.run('wikipedia', { dir: here.folder, file: `${here.folder}/movies.json.gz` })).counts,
    ).toMatchObject({
      unchanged: 3,
    });
  });

  it('is read from an address too, and a connection that breaks counts as lost', async () => {
    let cut = false;
    const server = createServer((_request, response) => {
      if (!cut) return response.end(gzipSync(set));
      return response.write(set.slice(0, -30), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const file = `http://127.0.0.1:${(server.address() as AddressInfo).port}/movies.json`;
    expect((await here.run('wikipedia', { file })).counts).toMatchObject({ added: 3, lost: 0 });
    cut = true;
    expect((await here.run('wikipedia', { file })).counts).toMatchObject({ unchanged: 2, lost: 1 });
    await new Promise((resolve) => server.close(resolve));
    await expect(here.run('wikipedia', { file })).rejects.toThrow('cannot be reached');
  });
});

describe('tmdb-csv', () => {
  it("is read as Kaggle's metadata, with keywords and credits beside it", async () => {
    const file = await here.file(
      'movies_metadata.csv',
      [
        'adult,belongs_to_collection,genres,id,imdb_id,original_language,original_title,overview,poster_path,production_countries,release_date,runtime,tagline,title,vote_average,vote_count',
        `False,"{'id': 10194, 'name': 'Toy Story Collection'}","[{'id': 16, 'name': 'Animation'}, {'id': 1, 'name': ""Kids""}]",862,tt0114709,en,Toy Story,"Led by Woody, Andy's toys live.",/rhIRbceoE9lR4veEXuwCC2wARtG.jpg,"[{'iso_3166_1': 'US', 'name': 'United States of America'}]",1995-10-30,81.0,,Toy Story,7.7,5415`,
      ].join('\n'),
    );
    await here.file('keywords.csv', `id,keywords\n862,"[{'id': 931, 'name': 'jealousy'}]"\n9,"[]"\n`);
    await here.file(
      'credits.csv',
      `cast,crew,id\n"[{'name': 'Tom Hanks', 'profile_path': None}]","[{'job': 'Director', 'name': 'John Lasseter'}, {'job': 'Editor', 'name': 'E'}]",862\n`,
    );
    const { counts } = await here.run('tmdb-csv', { file });
    expect(counts).toMatchObject({ added: 1, changed: 2, absent: 1 });
    expect(await movies()).toMatchObject([
      {
        id: 'tt0114709',
        title: 'Toy Story',
        year: 1995,
        released: '1995-10-30',
        genres: ['animation', 'family'],
        keywords: ['jealousy'],
        directors: ['John Lasseter'],
        cast: ['Tom Hanks'],
        runtime: 81,
        countries: ['US'],
        franchise: 'Toy Story',
        rating: 7.7,
        votes: 5415,
        poster: 'https://image.tmdb.org/t/p/w500/rhIRbceoE9lR4veEXuwCC2wARtG.jpg',
        ids: { imdb: 'tt0114709', tmdb: '862' },
      },
    ]);
    expect((await here.run('tmdb-csv', { file })).counts).toMatchObject({ unchanged: 3, changed: 0 });
  });

  it('reads what Python prints as well as JSON', () => {
    expect(readLiteral(`[{'name': "It's", 'a': None, 'b': True, 'c': 'Amélie \\'01\\''}]`)).toEqual([
      { name: "It's", a: null, b: true, c: "Amélie '01'" },
    ]);
    expect(readLiteral('[{"name": "Drama"}]')).toEqual([{ name: 'Drama' }]);
    expect(readLiteral("[{'name': ")).toBeUndefined();
    expect(readLiteral('__import__("os")')).toBeUndefined();
  });
});

describe('plots', () => {
  it('gives a plot to the movie of the same title and year, and makes the others', async () => {
    await here.run('jsonl', { file: await here.file('a.jsonl', '{"title":"Jaws","year":1975}') });
    const plots = JSON.stringify([
      { title: 'Jaws', year: 1975, plot: 'A shark.' },
      { title: 'Unknown', plot: 'Somebody.' },
    ]);
    const { counts } = await here.run('plots', { file: await here.file('movieDataPlot.json', plots) });
    expect(counts).toMatchObject({ added: 1, changed: 1 });
    expect((await movies())[0]).toMatchObject({ overview: 'A shark.', overviewSource: 'plots' });
  });
});

describe('movielens', () => {
  it('reads titles with their articles, other titles and years', () => {
    expect(readTitle('City of Lost Children, The (Cité des enfants perdus, La) (1995)')).toEqual({
      title: 'The City of Lost Children',
      year: '1995',
      aka: ['La Cité des enfants perdus'],
    });
    expect(readTitle('Seven (a.k.a. Se7en) (1995)')).toEqual({
      title: 'Seven',
      year: '1995',
      aka: ['Se7en'],
    });
    expect(readTitle("Avventura, L' (a.k.a. Adventure, The) (1960)").title).toBe("L'Avventura");
    expect(readTitle('Babylon 5')).toEqual({ title: 'Babylon 5', aka: [] });
    expect(readTitle('Me, Myself & Irene (2000)').title).toBe('Me, Myself & Irene');
    expect(readTitle('(500) Days of Summer (2009)')).toEqual({
      title: '(500) Days of Summer',
      year: '2009',
      aka: [],
    });
  });

  it('brings outside ids, votes and ratings', async () => {
    const file = await here.file(
      'movies.csv',
      'movieId,title,genres\n1,Toy Story (1995),Adventure|Children\n2,"American President, The (1995)",(no genres listed)\n',
    );
    await here.file('links.csv', 'movieId,imdbId,tmdbId\n1,0114709,862\n2,0112346,\n');
    await here.file(
      'ratings.csv',
      'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n2,1,5.0,964982704\n2,9,3,1\n3,1,9,1\n',
    );
    const { counts, problems } = await here.run('movielens', { file });
    expect(counts).toMatchObject({ added: 2, changed: 1, ratings: 2, absent: 2, skipped: 1 });
    expect(problems).toEqual(['ratings.csv, line 5: is no rating']);
    expect(await movies()).toMatchObject([
      {
        id: 'tt0114709',
        title: 'Toy Story',
        genres: ['adventure', 'family'],
        votes: 2,
        rating: 9,
        ids: { movielens: '1' },
      },
      { id: 'tt0112346', title: 'The American President', genres: [] },
    ]);
    expect(await here.ratings.count('movielens')).toBe(2);
    expect((await here.run('movielens', { file })).counts).toMatchObject({
      unchanged: 3,
      changed: 0,
      ratings: 0,
    });
  });

  it('tells the lines of outside ids that cannot be read', async () => {
    const file = await here.file('movies.csv', 'movieId,title,genres\n1,Toy Story (1995),Comedy\n');
    await here.file('links.csv', 'movieId,imdbId,tmdbId\n2,0112346\n1,0114709,862\n3,"x,1\n');
    await here.file('ratings.csv', 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n');
    const { counts, problems } = await here.run('movielens', { file });
    expect(problems).toEqual([
      'links.csv, line 2: has 2 fields instead of 3',
      expect.stringMatching(/^links\.csv, line 4: broken quotes/u),
    ]);
    expect(counts).toMatchObject({ added: 1, skipped: 2, lost: 0 });
  });

  it('leaves out ratings whose numbers are beyond measure', async () => {
    const file = await here.file('movies.csv', 'movieId,title,genres\n1,Toy Story (1995),Comedy\n');
    await here.file('links.csv', 'movieId,imdbId,tmdbId\n1,none,x\n');
    const rows = ['1,1,4,99999999999999999999', '-1,1,4,5', ',1,4,5', '1,1,NaN,5', '1,1,4,5'];
    await here.file('ratings.csv', `userId,movieId,rating,timestamp\n${rows.join('\n')}\n`);
    const { counts } = await here.run('movielens', { file });
    expect(counts).toMatchObject({ added: 1, ratings: 1, skipped: 4 });
    expect((await movies())[0]).toMatchObject({ ids: { movielens: '1' }, votes: 1 });
  });

  it('counts outside ids that break off as lost', async () => {
    const file = await here.file('movies.csv', 'movieId,title,genres\n1,Toy Story (1995),Comedy\n');
    const links = gzipSync(`movieId,imdbId,tmdbId\n${'1,0114709,862\n'.repeat(50)}`);
    await here.file('links.csv', links.subarray(0, links.length - 4));
    await here.file('ratings.csv', 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n');
    const { counts, problems } = await here.run('movielens', { file });
    expect(problems).toEqual([expect.stringMatching(/^links\.csv, after \d+: the compressed file ends/u)]);
    expect(counts).toMatchObject({ added: 1, lost: 1 });
  });

  it('lets ratings follow a movie that is found to be another one', async () => {
    const file = await here.file('movies.csv', 'movieId,title,genres\n1,A (1995),Drama\n2,B (1996),Drama\n');
    await here.file('links.csv', 'movieId,imdbId,tmdbId\n1,0000001,\n2,,7\n');
    await here.file('ratings.csv', 'userId,movieId,rating,timestamp\n1,1,4,5\n1,2,3,6\n2,2,2,7\n');
    await here.run('movielens', { file });
    await here.run('jsonl', {
      file: await here.file('j.jsonl', '{"title":"A","ids":{"imdb":"tt0000001","tmdb":7}}'),
    });
    expect(await movies()).toHaveLength(1);
    expect(await here.ratings.count('movielens')).toBe(2);
  });
});

describe('akas', () => {
  it('adds other titles to movies that are there, and makes none', async () => {
    await here.run('jsonl', {
      file: await here.file('a.jsonl', '{"title":"The Godfather","ids":{"imdb":"tt0068646"}}'),
    });
    const tsv = [
      'titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle',
      'tt0068646\t1\tゴッドファーザー\tJP\tja\timdbDisplay\t\\N\t0',
      'tt0068646\t2\tThe "Godfather\tUS\t\\N\t\\N\t\\N\t0',
      'tt0068646\t3\tthe godfather\tUS\t\\N\t\\N\t\\N\t0',
      'tt0000002\t1\tLe clown\tFR\t\\N\t\\N\t\\N\t0',
      'broken',
    ].join('\n');
    const { counts, problems } = await here.run('akas', {
      file: await here.file('title.akas.tsv.gz', gzipSync(tsv)),
    });
    expect(counts).toMatchObject({ added: 0, changed: 1, absent: 1, skipped: 1 });
    expect(problems).toEqual(['line 6: has no titleId, ordering, title, region, language']);
    expect((await movies())[0]?.aka).toEqual([
      { title: 'ゴッドファーザー', language: 'ja' },
      { title: 'The "Godfather' },
    ]);
  });
});

describe('starter', () => {
  it('is the catalogue that ships with the project', async () => {
    const { counts } = await here.run('starter');
    expect(counts.skipped).toBe(0);
    expect(counts.added).toBeGreaterThan(1000);
  });
});
