import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportProgress, ImportStopped } from '../../src/ingest/import.ts';
import { aCatalogue } from '../fixtures/catalogue.ts';
import { aRecord } from '../fixtures/records.ts';
import { type Importing, openImporting } from './importing.ts';

let here: Importing;
beforeEach(async () => {
  here = await openImporting();
});
afterEach(() => here.close());

const films = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ title: `Film ${index + 1}`, votes: index + 1 }),
  ).join('\n');

/** Imports a third of a file of 60,000 films. */
async function stoppedOnTheWay() {
  const file = await here.file('films.jsonl', films(60_000));
  const stop = new AbortController();
  const onProgress = ({ read }: ImportProgress) => {
    if (read > 20_000) stop.abort();
  };
  const stopped = await here
    .run('jsonl', { file }, { signal: stop.signal, onProgress })
    .catch((error) => error);
  return { file, stopped };
}

describe('an import', () => {
  it('changes nothing the second time', async () => {
    const file = await here.file('films.jsonl', films(1000));
    expect((await here.run('jsonl', { file })).counts).toMatchObject({ added: 1000 });
    const revision = await here.catalogue.revision();
    expect((await here.run('jsonl', { file })).counts).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 1000,
    });
    expect(await here.catalogue.revision()).toBe(revision);
  });

  it('works out how well known movies are at its end', async () => {
    await here.run('jsonl', { file: await here.file('films.jsonl', films(4)) });
    expect((await here.catalogue.movies(0, 10)).map(({ popularity }) => popularity)).toEqual([
      0.25, 0.5, 0.75, 1,
    ]);
  });

  it('works that out too where an earlier run ended before it came to it', async () => {
    const file = await here.file('films.jsonl', films(4));
    const stop = new AbortController();
    const onProgress = ({ read }: ImportProgress) => read === 4 && stop.abort();
    const stopped = here.run('jsonl', { file }, { signal: stop.signal, onProgress });
    await expect(stopped).rejects.toThrow(ImportStopped);
    expect((await here.catalogue.movies(0, 10)).map(({ popularity }) => popularity)).toEqual(
      Array(4).fill(undefined),
    );
    const { counts, ranked } = await here.run('jsonl', { file });
    expect([counts.added + counts.changed, ranked]).toEqual([0, 4]);
    const revision = await here.catalogue.revision();
    expect(await here.run('jsonl', { file })).toMatchObject({ ranked: 0 });
    expect(await here.catalogue.revision()).toBe(revision);
  });

  it('ends in words where it is stopped before it has begun to read', async () => {
    const file = await here.file('films.jsonl', films(4));
    await expect(here.run('jsonl', { file }, { signal: AbortSignal.abort() })).rejects.toThrow(ImportStopped);
  });

  it('reads no more than it is asked for', async () => {
    const file = await here.file('films.jsonl', films(3000));
    expect((await here.run('jsonl', { file, limit: 7 })).counts).toMatchObject({ read: 7, added: 7 });
  });

  it('explains what became of each record', async () => {
    const file = await here.file(
      'films.jsonl',
      '{"title":"A","year":2000,"ids":{"imdb":"tt0000001"}}\n{"title":"A","year":2000}',
    );
    const told: string[] = [];
    await here.run(
      'jsonl',
      { file },
      {
        onOutcome: (at, { title }, { outcome, id, because }) =>
          told.push(`${at} ${title} ${outcome} ${id}: ${because}`),
      },
    );
    expect(told).toEqual([
      '1 A added tt0000001: nothing like it was there',
      '2 A unchanged tt0000001: same title and year',
    ]);
  });

  it('tells how far it is', async () => {
    const seen: ImportProgress[] = [];
    const file = await here.file('films.jsonl', films(100));
    await here.run('jsonl', { file }, { onProgress: (progress) => seen.push({ ...progress }) });
    expect(seen.at(-1)).toMatchObject({ read: 100, share: 1 });
    await here.run('jsonl', { file, limit: 50 }, { onProgress: (progress) => seen.push({ ...progress }) });
    expect(seen.at(-1)).toMatchObject({ read: 50, share: 1 });
  });

  it.skipIf(process.platform === 'win32')('tells no share of a pipe, whose length nobody knows', async () => {
    const file = join(here.folder, 'pipe');
    execFileSync('/usr/bin/env', ['mkfifo', file]);
    const writing = writeFile(file, films(100));
    const seen: ImportProgress[] = [];
    await here.run('jsonl', { file }, { onProgress: (progress) => seen.push({ ...progress }) });
    await writing;
    expect(seen.at(-1)).toMatchObject({ read: 100 });
    expect(seen.at(-1)).not.toHaveProperty('share');
  });

  it('stopped by its signal keeps what it read and goes on from there', async () => {
    const { file, stopped } = await stoppedOnTheWay();
    expect(stopped).toBeInstanceOf(ImportStopped);
    expect(stopped.message).toContain('run the same command again');
    const { counts, resumed } = await here.run('jsonl', { file });
    expect(resumed).toBe(true);
    expect(counts.read).toBeLessThan(50_000);
    expect(await here.catalogue.stats()).toMatchObject({ movies: 60_000 });
    expect((await here.run('jsonl', { file, limit: 1 })).resumed).toBe(false);
  });

  it('begins anew where the database was deleted and made again', async () => {
    const { file } = await stoppedOnTheWay();
    const { catalogue, close } = await aCatalogue([]);
    for (let i = 0; (await catalogue.revision()) < (await here.catalogue.revision()); i++)
      await catalogue.upsert([aRecord({ title: `Other ${i}` })]);
    const again = await here.run('jsonl', { file }, { catalogue });
    await close();
    expect(again).toMatchObject({ resumed: false, counts: { read: 60_000 } });
  });

  it('begins anew where the file has changed since', async () => {
    const { file } = await stoppedOnTheWay();
    await here.file('films.jsonl', films(10));
    expect(await here.run('jsonl', { file })).toMatchObject({ resumed: false, counts: { read: 10 } });
  });
});
