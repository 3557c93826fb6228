import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Importing, openImporting } from './importing.ts';

let here: Importing;
beforeEach(async () => {
  here = await openImporting();
});
afterEach(() => here.close());

const films = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ title: `Film ${index + from}`, year: 2000, votes: index + from }),
  );

const jsonl = async (content: string | Uint8Array, name = 'films.jsonl') =>
  here.run('jsonl', { file: await here.file(name, content) });

describe('a file with bad lines', () => {
  it('is imported without them, each named with its line and reason', async () => {
    const lines = [
      '{"title":"Good"}',
      '{"title":"Cut',
      '[]',
      '{"year":2000}',
      '{"title":"Later","year":20100}',
      '{"title":"Backwards","runtime":-5}',
      '',
      '{"title":"   "}',
      '{"title":"Rated","rating":11}',
      '{"title":"Also good","year":"1999"}',
    ];
    const { counts, problems } = await jsonl(lines.join('\n'));
    expect(counts).toMatchObject({ read: 9, added: 2, skipped: 7, lost: 0 });
    expect(problems).toEqual([
      expect.stringMatching(/^line 2: is no JSON: /u),
      'line 3: is no JSON object',
      'line 4: has no title',
      'line 5: year must be a number from 1870 to 2100',
      'line 6: runtime must be a number from 0 to 60000',
      'line 8: has no title',
      'line 9: rating must be a number from 0 to 10',
    ]);
    expect(await here.titles()).toEqual(['Good', 'Also good']);
  });

  it('may hold a line of 5 MB, a title of 4,000 characters and one of nothing but signs', async () => {
    const endless = JSON.stringify({ title: 'Endless', overview: 'x'.repeat(5_000_000) });
    const long = JSON.stringify({ title: 'Long '.repeat(800) });
    const { counts, problems } = await jsonl([endless, long, '{"title":"?!…"}', '{"title":"$"}'].join('\n'));
    expect(counts).toMatchObject({ added: 3, skipped: 1, lost: 0 });
    expect(problems).toEqual(['line 1: the line is longer than 1 MB']);
    const titles = await here.titles();
    expect(titles.slice(1)).toEqual(['?!…', '$']);
    expect(titles[0]).toHaveLength(1000);
    expect(titles[0]?.endsWith('…')).toBe(true);
  });

  it('may name the same id twice: the later record is another word on the same movie', async () => {
    const { counts } = await jsonl('{"id":"tt0000001","title":"A"}\n{"id":"tt0000001","title":"B"}');
    expect(counts).toMatchObject({ added: 1, changed: 1, skipped: 0 });
  });

  it('may hold ids that are none: they make no movie of two', async () => {
    const ids = [{ imdb: 'N/A' }, { imdb: 'tt0000000' }, { tmdb: 'null' }, { tmdb: -1 }, { trakt: 0 }];
    const lines = ids.flatMap((each, index) => [
      JSON.stringify({ title: `One ${index}`, ids: { ...each, [`h${index}`]: 'N' } }),
      JSON.stringify({ title: `Two ${index}`, ids: each }),
    ]);
    expect((await jsonl(lines.join('\n'))).counts).toMatchObject({ added: 10, skipped: 0 });
    expect((await here.catalogue.movies(0, 1))[0]?.ids).toEqual({ h0: 'N' });
  });

  it('may hold an id so deep in lists that nobody could go after it: it is none', async () => {
    const deep = `${'['.repeat(20_000)}"tt0000001"${']'.repeat(20_000)}`;
    const { counts } = await jsonl(`{"title":"A","ids":{"imdb":${deep}}}\n{"title":"B"}`);
    expect(counts).toMatchObject({ added: 2, skipped: 0, lost: 0 });
  });

  it('may begin with a byte order mark and end its lines in the Windows way', async () => {
    const { counts } = await jsonl('\uFEFF{"title":"A"}\r\n{"title":"B"}\r\n');
    expect(counts).toMatchObject({ added: 2, skipped: 0 });
  });

  it('counts genres it does not know, which become keywords', async () => {
    const { unknownGenres } = await jsonl(
      '{"title":"A","genres":["Drama","Silent"]}\n{"title":"B","genres":["silent"]}',
    );
    expect([...unknownGenres]).toEqual([['silent', 2]]);
    expect((await here.catalogue.movies(0, 1))[0]).toMatchObject({ genres: ['drama'], keywords: ['silent'] });
  });
});

describe('a file that is not what it should be', () => {
  it('is unpacked by what is in it, not by its name', async () => {
    expect((await jsonl(gzipSync(films(3).join('\n')))).counts.added).toBe(3);
    expect((await jsonl(films(3, 10).join('\n'), 'plain.jsonl.gz')).counts.added).toBe(3);
  });

  it('is imported as far as it goes where the gzip ends too early, and counts as lost', async () => {
    const packed = gzipSync(films(20_000).join('\n'));
    const { counts, problems, ranked } = await jsonl(packed.subarray(0, packed.length * 0.6), 'cut.jsonl.gz');
    expect(counts.added).toBeGreaterThan(10_000);
    expect(counts.lost).toBe(1);
    expect(ranked).toBe(counts.added);
    expect(problems.at(-1)).toMatch(/^cut\.jsonl\.gz, after \d+: the compressed file ends too early$/u);
  });

  it('brings nothing where the gzip is damaged: what it holds may be wrong and look right', async () => {
    const packed = gzipSync(films(20_000).join('\n'));
    packed[packed.length >> 1]! ^= 1;
    const { counts, problems } = await jsonl(packed);
    expect(counts).toMatchObject({ read: 0, lost: 1 });
    expect(problems).toEqual([
      expect.stringMatching(/^films.jsonl, after 0: the compressed file is damaged/u),
    ]);
  });

  it('may be gzip of several members', async () => {
    const packed = Buffer.concat([gzipSync(`${films(2).join('\n')}\n`), gzipSync(films(2, 5).join('\n'))]);
    expect((await jsonl(packed, 'two.gz')).counts).toMatchObject({ added: 4, lost: 0 });
  });

  it('is said to be empty, and an import of nothing is no success', async () => {
    const { counts, problems } = await jsonl('');
    expect(counts).toMatchObject({ read: 0, added: 0, skipped: 0, lost: 1 });
    expect(problems).toEqual(['films.jsonl: there is nothing in it']);
  });

  it('is not said to be empty where it breaks before its first item', async () => {
    const { counts, problems } = await here.run('plots', { file: await here.file('p.json', '{"no": 1}') });
    expect(counts).toMatchObject({ added: 0, lost: 1 });
    expect(problems).toEqual([expect.stringMatching(/^p\.json, after 0: is no JSON array/u)]);
  });

  it('is refused by name where it is a folder or is not there', async () => {
    await expect(here.run('jsonl', { file: here.folder })).rejects.toThrow(`${here.folder} is a folder`);
    await expect(here.run('jsonl', { file: '/no/such.jsonl' })).rejects.toThrow(
      'There is no file /no/such.jsonl.',
    );
    await expect(here.run('jsonl')).rejects.toThrow('--file');
  });

  it('is refused where its columns are those of another kind', async () => {
    const file = await here.file('movies.csv', 'a,b\n1,2\n');
    await expect(here.run('tmdb-csv', { file })).rejects.toThrow('no column "id"');
    await expect(here.run('akas', { file })).rejects.toThrow('another kind of file');
  });

  it('may be UTF-16, as Windows writes it', async () => {
    const text = Buffer.from(`\uFEFF${films(4000).join('\r\n')}\r\n{"title":"Amélie"}`, 'utf16le');
    expect((await jsonl(text)).counts).toMatchObject({ added: 4001, skipped: 0 });
    expect((await here.titles()).at(-1)).toBe('Amélie');
    expect((await jsonl(text.swap16())).counts).toMatchObject({ unchanged: 4001, skipped: 0 });
  });

  it('is read up to where its JSON breaks', async () => {
    const items = films(500).map((line) => line.replace('"title"', '"plot":"A plot.","title"'));
    const { counts, problems } = await here.run('plots', {
      file: await here.file('p.json', `[${items.join(',')}, {"ti`),
    });
    expect(counts).toMatchObject({ added: 500, lost: 1 });
    expect(problems).toEqual([expect.stringMatching(/^p\.json, after 500: is no JSON array/u)]);
  });
});

describe('a CSV with broken quotes', () => {
  it('loses the broken row and not the rest', async () => {
    const csv = [
      'id,title,release_date,overview',
      '1,Good,2000-01-01,"Two\nlines, and a ""quote"""',
      '2,"Broken,2001-01-01,Never closed',
      '3,Fine,2002-01-01,Plain',
      '4,Five " inches,2003-01-01,Stray',
      '5,Short,2004-01-01',
      '6,"Last, but not least",2005-01-01,Told',
      '7,Späth,20100-01-01,Year',
    ].join('\n');
    const { counts, problems } = await here.run('tmdb-csv', {
      file: await here.file('movies_metadata.csv', csv),
    });
    expect(await here.titles()).toEqual(['Good', 'Fine', 'Last, but not least']);
    expect(problems).toEqual([
      expect.stringMatching(/^line 4: broken quotes/u),
      expect.stringMatching(/^line 6: broken quotes/u),
      'line 7: has 3 fields instead of 4',
      'line 9: year must be a number from 1870 to 2100',
    ]);
    expect(counts).toMatchObject({ added: 3, skipped: 4 });
  });
});

describe('a full disk', () => {
  it('keeps what was stored, says so, and counts as lost', async () => {
    const file = await here.file('films.jsonl', films(20_000).join('\n'));
    here.database.sqlite.exec('pragma max_page_count = 400');
    const { counts, problems, ranked } = await here.run('jsonl', { file });
    expect([counts.lost, ranked]).toEqual([1, 0]);
    expect(problems.at(-1)).toMatch(/full: nothing more is written/u);
    expect(await here.titles()).toHaveLength(counts.added);
    here.database.sqlite.exec('pragma max_page_count = 100000');
    expect((await here.run('jsonl', { file })).counts.lost).toBe(0);
    expect(await here.catalogue.stats()).toMatchObject({ movies: 20_000 });
  });
});
