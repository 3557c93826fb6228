import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { GeminiEmbedder } from '../../src/embedding/gemini.ts';
import { estimateIndexing } from '../../src/ingest/estimate.ts';
import { FAR_AWAY, indexMovies } from '../../src/ingest/index-movies.ts';
import { EmbeddedStore } from '../../src/vectors/embedded/embedded-store.ts';
import { openSpareStore } from '../../src/vectors/open.ts';
import { embedderOf, type VectorStore } from '../../src/vectors/vector-store.ts';
import { FakeGemini, GEMINI_KEY } from '../fakes/gemini.ts';
import type { FakePinecone } from '../fakes/pinecone.ts';
import { aCatalogue } from '../fixtures/catalogue.ts';
import { themeEmbedder } from '../fixtures/theme-embedder.ts';
import { aPinecone, configFor, openStore } from './pinecone/setup.ts';

const THEMES = ['space', 'heist', 'love', 'war'];

const films = (count: number): MovieRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `tt${1_000_000 + i}`,
    title: `Film ${i}`,
    year: 1950 + (i % 70),
    kind: 'movie',
    overview: `A story of ${THEMES[i % 4]}, told in ${i} ways.`,
    aka: [],
    genres: [],
    keywords: [],
    directors: [],
    cast: [],
    countries: [],
    adult: false,
    ids: { imdb: `tt${1_000_000 + i}` },
    source: 'test',
  }));

async function aHouse(count = 300) {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-moving-'));
  const { catalogue, close } = await aCatalogue(films(count));
  const pinecone = await aPinecone();
  const fakeGemini = await FakeGemini.start();
  onTestFinished(async () => {
    await fakeGemini.stop();
    await close();
    await rm(folder, { recursive: true });
  });
  const embedded = async () => {
    const store = await EmbeddedStore.open({ folder: join(folder, 'vectors'), serve: true, followEvery: 20 });
    onTestFinished(() => store.close());
    return store;
  };
  const gemini = new GeminiEmbedder(
    { apiKey: GEMINI_KEY, model: 'gemini-embedding-001', dimensions: 128, apiUrl: fakeGemini.url },
    { log: pino({ enabled: false }) },
  );
  const job = { catalogue, lockFile: join(folder, 'index.lock'), ...FAR_AWAY };
  return { folder, catalogue, pinecone, fakeGemini, gemini, embedded, builtIn: themeEmbedder(), job };
}

/** A bot in the middle of its day: asks without a break until it is told to stop. Rejects once an answer is missing. */
function askAllDay(store: VectorStore, embedders: readonly Embedder[]) {
  let over = false;
  const used = new Set<string>();
  const day = async () => {
    for (let asked = 0; !over || asked === 0; asked++) {
      const index = await store.current();
      if (!index) throw new Error('there was no index');
      used.add((await embedderOf(index, embedders)).id);
      const vector = (await index.fetch(['tt1000000'])).get('tt1000000');
      if (!vector) throw new Error('the movie was not indexed');
      const found = await index.query(vector, { topK: 5, exclude: ['tt1000000'] });
      if (found.length < 5) throw new Error(`only ${found.length} were found`);
      await new Promise(setImmediate);
    }
  };
  const asking = day();
  asking.catch(() => {});
  const end = async () => {
    over = true;
    await asking;
    return [...used];
  };
  return end;
}

describe('moving house', () => {
  it('goes from the embedded index to Pinecone and back while the bot answers', async () => {
    const house = await aHouse();
    const { builtIn, pinecone, job } = house;
    const old = await house.embedded();
    await indexMovies({ ...job, store: old, embedder: builtIn });
    const endOfFirstDay = askAllDay(old, [builtIn]);
    await indexMovies({ ...job, store: await openStore(pinecone), embedder: builtIn });
    await endOfFirstDay();

    const moved = await openStore(pinecone, { serve: true });
    const endOfSecondDay = askAllDay(moved, [builtIn]);
    await indexMovies({ ...job, store: old, embedder: builtIn });
    await endOfSecondDay();
    expect((await (await moved.current())?.info())?.count).toBe(300);
    expect((await (await old.current())?.info())?.count).toBe(300);
    expect(builtIn.embedded).toHaveLength(600);
  });

  it('goes from the built-in embedder to Gemini in Pinecone while the bot answers, without a gap', async () => {
    const { gemini, builtIn, pinecone, job } = await aHouse();
    const indexing = await openStore(pinecone, { grace: 100 });
    await indexMovies({ ...job, store: indexing, embedder: builtIn });
    const bot = await openStore(pinecone, { serve: true });
    const endOfDay = askAllDay(bot, [gemini, builtIn]);
    const counts = await indexMovies({ ...job, store: indexing, embedder: gemini });
    expect(counts.embedded).toBe(300);
    expect(await endOfDay()).toEqual([builtIn.id, gemini.id]);
    expect(pinecone.vectors('kindred').size).toBe(0);
    expect(pinecone.vectors('kindred-128').size).toBe(300);
  });

  it('keeps the embedded vectors as a spare, where there are any', async () => {
    const { folder, pinecone, embedded, builtIn, job } = await aHouse(20);
    const places = {
      embedded: { folder: join(folder, 'vectors') },
      pinecone: { config: configFor(pinecone), log: pino({ enabled: false }) },
    };
    expect(await openSpareStore(places)).toBeUndefined();
    await indexMovies({ ...job, store: await embedded(), embedder: builtIn });
    const spare = await openSpareStore(places);
    expect((await (await spare?.current())?.info())?.count).toBe(20);
    await spare?.close();
  });
});

describe('indexing into Pinecone', () => {
  it('embeds nothing twice when it is run again, and goes on after a kill', async () => {
    const { gemini, fakeGemini, pinecone, job } = await aHouse();
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('killed'));
    const small = { ...job, batchSize: 50, atOnce: 2, embedder: gemini };
    const store = await openStore(pinecone);
    await expect(indexMovies({ ...small, store, signal: stop.signal, onProgress })).rejects.toThrow('killed');
    expect(fakeGemini.texts).toBeLessThan(300);
    await indexMovies({ ...small, store });
    expect(fakeGemini.texts).toBeLessThanOrEqual(300 + 2 * 50);
    const again = await indexMovies({ ...small, store });
    expect(again).toMatchObject({ embedded: 0, unchanged: 300 });
  });

  it('looks the next batches up while it embeds, and begins no more of them than may be done again after a kill', async () => {
    const { builtIn, pinecone, job } = await aHouse();
    const lookedUp = () =>
      pinecone.asked.reduce(
        (sum, { path, query }) => sum + (/fetch$/u.test(path) ? query.getAll('ids').length : 0),
        0,
      );
    let [begun, unstored] = [0, 0];
    const embedder: Embedder = {
      ...builtIn,
      async embed(texts, options) {
        begun += texts.length;
        unstored = Math.max(unstored, begun - pinecone.vectors('kindred').size);
        while (lookedUp() < 150) await new Promise(setImmediate);
        return builtIn.embed(texts, options);
      },
    };
    await indexMovies({ ...job, batchSize: 50, atOnce: 2, store: await openStore(pinecone), embedder });
    expect(begun).toBe(300);
    expect(unstored).toBe(2 * 50);
  });

  it('waits until Pinecone counts what was written', async () => {
    const { builtIn, pinecone, job } = await aHouse(50);
    pinecone.readsUntilSeen = 2;
    const counts = await indexMovies({ ...job, store: await openStore(pinecone), embedder: builtIn });
    expect(counts.embedded).toBe(50);
    expect(pinecone.vectors('kindred').size).toBe(50);
  });

  it('writes changed metadata without embedding anything', async () => {
    const { gemini, fakeGemini, catalogue, pinecone, job } = await aHouse();
    const store = await openStore(pinecone);
    await indexMovies({ ...job, store, embedder: gemini });
    const texts = fakeGemini.texts;
    await catalogue.upsert(films(10).map((film) => ({ ...film, runtime: 99 })));
    const counts = await indexMovies({ ...job, store, embedder: gemini });
    expect(counts).toMatchObject({ embedded: 0, updated: 10, unchanged: 290 });
    expect(fakeGemini.texts).toBe(texts);
    expect(pinecone.vectors('kindred').get('tt1000000')?.metadata.runtime).toBe(99);
  });

  it('keeps the vectors in use where Gemini gives nothing but zeros', async () => {
    const { gemini, fakeGemini, builtIn, pinecone, job } = await aHouse(20);
    const store = await openStore(pinecone);
    await indexMovies({ ...job, store, embedder: builtIn });
    const zeros = Array.from({ length: 20 }, () => ({ values: new Array<number>(128).fill(0) }));
    fakeGemini.fail({ status: 200, body: { embeddings: zeros } }, { times: 1 });
    const refused = indexMovies({ ...job, store, embedder: gemini });
    await expect(refused).rejects.toThrow('gave no vector for 20 texts');
    expect((await (await store.current())?.info())?.embedder).toBe(builtIn.id);
    expect(pinecone.vectors('kindred').size).toBe(20);
    await indexMovies({ ...job, store, embedder: gemini });
    expect((await (await store.current())?.info())?.embedder).toBe(gemini.id);
  });

  it('is estimated beforehand, and costs what was estimated', async () => {
    const { gemini, fakeGemini, pinecone, job } = await aHouse();
    const store = await openStore(pinecone);
    const estimate = await estimateIndexing({ ...job, store, embedder: gemini });
    expect(estimate).toMatchObject({ texts: 300, geminiRequests: 3 });
    expect(estimate.tokens).toBeGreaterThan(300 * 5);
    expect(fakeGemini.count).toBe(0);
    expect(pinecone.indexes.size).toBe(0);
    pinecone.asked.length = 0;
    await indexMovies({ ...job, store, embedder: gemini });
    expect(fakeGemini.count).toBe(estimate.geminiRequests);
    expect(workIn(pinecone)).toBe(estimate.pineconeRequests);
  });

  it('is estimated beforehand where only some changed and others are to be taken away', async () => {
    const { gemini, catalogue, pinecone, job } = await aHouse();
    const store = await openStore(pinecone);
    const work = { ...job, store, embedder: gemini };
    await indexMovies(work);
    await catalogue.upsert(films(150).map((film) => ({ ...film, runtime: 99 })));
    const stored = pinecone.vectors('kindred');
    const other = stored.get('tt1000000')!;
    for (const id of ['tt1000000x', 'tt1000100x', 'tt1000200x', 'tt1000299x'])
      stored.set(id, { ...other, id });
    const estimate = await estimateIndexing(work);
    expect(estimate.counts).toMatchObject({ embedded: 0, updated: 150, deleted: 4 });
    pinecone.asked.length = 0;
    await indexMovies(work);
    expect(workIn(pinecone)).toBe(estimate.pineconeRequests);
  });
});

/** Requests that read and write movies' vectors. */
function workIn(fake: FakePinecone): number {
  return fake.asked.filter(({ path, body }) => {
    const { namespace } = (body ?? {}) as { namespace?: string };
    return /vectors\/(?:fetch|upsert|list|delete)$/u.test(path) && namespace !== 'kindred-index';
  }).length;
}
