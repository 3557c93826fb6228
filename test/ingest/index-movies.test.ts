import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type IndexOptions, indexMovies } from '../../src/ingest/index-movies.ts';
import { acquireLock, Locked } from '../../src/store/lock.ts';
import { themeEmbedder } from '../fixtures/theme-embedder.ts';
import { aMovieRecord, aWorld, imdb } from './index-setup.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

function index(world: World, options: Partial<IndexOptions> = {}) {
  const { catalogue, store, lockFile } = world;
  return indexMovies({ catalogue, store, lockFile, embedder: themeEmbedder(), ...options });
}

async function idsOf(world: World): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of (await world.store.current())!.ids()) ids.push(...page);
  return ids.toSorted();
}

describe('indexing the catalogue', () => {
  it('embeds described movies, leaves out thin ones and those that say nothing to the embedder', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'A war in space.' }),
      aMovieRecord(2, { keywords: ['heist'] }),
      aMovieRecord(3),
      aMovieRecord(4, { overview: 'A man and his bicycle.' }),
    ]);
    const counts = await index(world);
    expect(counts).toEqual({
      movies: 4,
      embedded: 2,
      updated: 0,
      unchanged: 0,
      thin: 1,
      unknown: 1,
      deleted: 0,
    });
    expect(await idsOf(world)).toEqual([imdb(1), imdb(2)]);
    const found = await (await world.store.current())!.query(Float32Array.of(0, 1, 0, 0), { topK: 1 });
    expect(found).toEqual([{ id: imdb(2), score: expect.closeTo(1, 4) }]);
  });

  it('does nothing where nothing changed', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { overview: 'A war.' }),
    ]);
    await index(world);
    const embedder = themeEmbedder();
    expect(await index(world, { embedder })).toMatchObject({
      embedded: 0,
      updated: 0,
      unchanged: 2,
      deleted: 0,
    });
    expect(embedder.embedded).toEqual([]);
  });

  it('embeds again only what changed in its text, and updates metadata alone elsewhere', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { overview: 'A war.' }),
      aMovieRecord(3, { overview: 'Space.' }),
    ]);
    await index(world);
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.', keywords: ['heist'] }),
      aMovieRecord(2, { overview: 'A war.', runtime: 95 }),
    ]);
    const embedder = themeEmbedder();
    expect(await index(world, { embedder })).toMatchObject({ embedded: 1, updated: 1, unchanged: 1 });
    expect(embedder.embedded).toHaveLength(1);
    const short = [{ field: 'runtime', atMost: 100 }] as const;
    const found = await (await world.store.current())!.query(Float32Array.of(0, 0, 0, 1), {
      topK: 5,
      filter: short,
    });
    expect(found.map(({ id }) => id)).toEqual([imdb(2)]);
  });

  it('takes away the vector of a movie that was merged into another one', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { title: 'Another Name', overview: 'A war.', ids: { tmdb: '27205' } }),
    ]);
    await index(world);
    expect(await idsOf(world)).toHaveLength(2);
    await world.catalogue.upsert([aMovieRecord(1, { ids: { imdb: imdb(1), tmdb: '27205' } })]);
    expect(await index(world)).toMatchObject({ deleted: 1 });
    expect(await idsOf(world)).toHaveLength(1);
  });

  it('counts what would be done, and does nothing, where it is only asked to look', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([aMovieRecord(1, { overview: 'Love.' }), aMovieRecord(2)]);
    expect(await index(world, { dryRun: true })).toMatchObject({ movies: 2, embedded: 1, thin: 1 });
    expect(await world.store.current()).toBeUndefined();
  });

  it('counts what would be deleted though as many would be new, and no text that says nothing to the embedder', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { overview: 'A war.', ids: { tmdb: '27205' } }),
    ]);
    await index(world);
    await world.catalogue.upsert([
      aMovieRecord(1, { ids: { imdb: imdb(1), tmdb: '27205' } }),
      aMovieRecord(3, { overview: 'Space.' }),
      aMovieRecord(4, { overview: 'A man and his bicycle.' }),
    ]);
    const embedder = {
      ...themeEmbedder(),
      knownShare: (text: string) => Number(/space|heist|love|war/iu.test(text)),
    };
    const asked: string[] = [];
    const onTexts = (texts: readonly string[]) => asked.push(...texts);
    const wanted = { embedded: 2, unknown: 1, deleted: 1 }; // the new one, and the one that took in another
    expect(await index(world, { embedder, dryRun: true, onTexts })).toMatchObject(wanted);
    expect(asked).toHaveLength(2);
    expect(await index(world, { embedder })).toMatchObject(wanted);
    const nothing = { embedded: 0, updated: 0, deleted: 0 };
    expect(await index(world, { embedder, dryRun: true })).toMatchObject(nothing);
  });

  it('tells after every batch how many movies it went through', async () => {
    const world = await aWorld();
    await world.catalogue.upsert(
      Array.from({ length: 7 }, (_, i) => aMovieRecord(i + 1, { overview: 'Love.' })),
    );
    const told: number[] = [];
    await index(world, { batchSize: 3, onProgress: (movies) => told.push(movies) });
    expect(told).toEqual([3, 3, 1]);
  });

  it('refuses to run twice at the same time', async () => {
    const world = await aWorld();
    const release = acquireLock(world.lockFile);
    await expect(index(world)).rejects.toThrow(Locked);
    release();
    await expect(index(world)).resolves.toBeDefined();
  });

  it('stops when it is told to, keeps what is done and can run again', async () => {
    const world = await aWorld();
    await world.catalogue.upsert(
      Array.from({ length: 9 }, (_, i) => aMovieRecord(i + 1, { overview: 'Love.' })),
    );
    const stop = new AbortController();
    const running = index(world, {
      batchSize: 3,
      signal: stop.signal,
      onProgress: (_, { embedded }) => embedded === 6 && stop.abort(new Error('Ctrl-C')),
    });
    await expect(running).rejects.toThrow('Ctrl-C');
    const embedder = themeEmbedder();
    expect(await index(world, { embedder })).toMatchObject({ unchanged: 6, embedded: 3 });
  });

  it('killed in the middle, goes on where it was and embeds at most one batch again', async () => {
    const world = await aWorld();
    const [movies, batchSize] = [1000, 50];
    await world.catalogue.upsert(
      Array.from({ length: movies }, (_, i) => aMovieRecord(i + 1, { overview: 'Love in space.' })),
    );
    const script = join(import.meta.dirname, 'index-process.ts');
    const child = spawn(process.execPath, [script, world.folder, String(batchSize)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    let begun = 0;
    for await (const chunk of child.stdout) {
      for (const line of String(chunk).trim().split('\n')) begun += Number(line);
      if (begun >= 4 * batchSize) child.kill('SIGKILL');
    }
    expect((await gone)[1]).toBe('SIGKILL');
    const embedder = themeEmbedder();
    const counts = await index(world, { embedder });
    expect(counts.unchanged).toBeGreaterThanOrEqual(begun - batchSize);
    expect(begun + embedder.embedded.length).toBeLessThanOrEqual(movies + batchSize);
    expect(await idsOf(world)).toHaveLength(movies);
  });
});

describe('indexing with another embedder', () => {
  it('builds beside the index in use, which goes on answering, and switches at the end', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { overview: 'A war.' }),
    ]);
    const [before, after] = [themeEmbedder('a'), themeEmbedder('b')];
    await index(world, { embedder: before });
    const inUse: (string | undefined)[] = [];
    const watched = {
      ...after,
      async embed(...args: Parameters<typeof after.embed>) {
        inUse.push((await (await world.store.current())?.info())?.embedder);
        return after.embed(...args);
      },
    };
    await index(world, { embedder: watched, batchSize: 1 });
    expect(inUse).toEqual([before.id, before.id]);
    expect(await (await world.store.current())!.info()).toMatchObject({ embedder: after.id, count: 2 });
    expect(await world.store.find(before.id)).toBeUndefined();
  });

  it('goes on with a new index that was left unfinished', async () => {
    const world = await aWorld();
    await world.catalogue.upsert(
      Array.from({ length: 4 }, (_, i) => aMovieRecord(i + 1, { overview: 'Love.' })),
    );
    await index(world, { embedder: themeEmbedder('a') });
    const stop = new AbortController();
    const unfinished = index(world, {
      embedder: themeEmbedder('b'),
      batchSize: 2,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(unfinished).rejects.toThrow();
    expect((await (await world.store.current())!.info()).embedder).toBe(themeEmbedder('a').id);
    expect(await index(world, { embedder: themeEmbedder('b') })).toMatchObject({ unchanged: 2, embedded: 2 });
    expect((await (await world.store.current())!.info()).embedder).toBe(themeEmbedder('b').id);
  });

  it('answers from the first batch on where there was no index before', async () => {
    const world = await aWorld();
    await world.catalogue.upsert([
      aMovieRecord(1, { overview: 'Love.' }),
      aMovieRecord(2, { overview: 'A war.' }),
    ]);
    const found: string[][] = [];
    let last = Promise.resolve();
    await index(world, {
      batchSize: 1,
      onProgress: () => {
        last = idsOf(world).then((ids) => void found.push(ids));
      },
    });
    await last;
    expect(found[0]).toContain(imdb(1));
  });
});
