/**
 * How near Kindred comes to what Pinecone's and Gemini's latency allow, and whether memory stays flat.
 *
 *   node bench/pinecone.ts [--movies 10000] [--queries 100000] [--dimensions 768] [--latency 30]
 *
 * Both services are fakes in a process of their own, with that many milliseconds added to each answer. What is measured
 * stands beside three bounds: the time that the requests would take if nothing but latency took any (for each batch of
 * movies one look at what is stored, one embedding, one upsert, with as many batches at the same time as the job
 * allows); the time and the processor time of the very same requests through bare `fetch` and `JSON`, in a process of
 * their own; and what Pinecone lets into a namespace in a second. The fakes need a processor, too: their share is told.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { mapAtOnce } from '../src/at-once.ts';
import type { Catalogue } from '../src/catalogue/catalogue.ts';
import { GeminiEmbedder } from '../src/embedding/gemini.ts';
import { FAR_AWAY, indexMovies } from '../src/ingest/index-movies.ts';
import { PineconeStore } from '../src/vectors/pinecone/pinecone-store.ts';
import { GEMINI_KEY } from '../test/fakes/gemini.ts';
import { PINECONE_KEY } from '../test/fakes/pinecone.ts';
import type { BareTimes, BareWork } from './pinecone/bare.ts';
import { films } from './pinecone/films.ts';

const { values } = parseArgs({
  options: {
    movies: { type: 'string', default: '10000' },
    queries: { type: 'string', default: '100000' },
    dimensions: { type: 'string', default: '768' },
    latency: { type: 'string', default: '30' },
  },
});
const movies = Number(values.movies);
const queries = Number(values.queries);
const dimensions = Number(values.dimensions);
const latency = Number(values.latency);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const log = pino({ enabled: false });
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const fakes = fork(new URL('./pinecone/fakes.ts', import.meta.url), [String(dimensions)]);
const [urls] = (await once(fakes, 'message')) as [{ pinecone: string; gemini: string }];

/** What the fakes had to do since the last time. */
interface Work {
  readonly pinecone: number;
  readonly gemini: number;
  /** The most requests to Gemini that were under way at the same time. */
  readonly atOnce: number;
  /** The same of Pinecone. */
  readonly pineconeAtOnce: number;
  /** Milliseconds of processor time. */
  readonly processor: number;
  /** Bytes of memory. */
  readonly resident: number;
  /** Bytes that Pinecone was sent. */
  readonly bytes: number;
}

/** Upserts of a second to a namespace, by Pinecone's published limits. */
const PINECONE_BYTES = 50e6;

async function workOfFakes(nextLatency = latency): Promise<Work> {
  fakes.send({ latency: nextLatency });
  return (await once(fakes, 'message'))[0];
}

function openStore(serve: boolean): Promise<PineconeStore> {
  const config = { apiKey: PINECONE_KEY, index: 'bench', namespace: '', cloud: 'aws', region: 'r' } as const;
  return PineconeStore.open({ config: { ...config, controllerUrl: urls.pinecone }, log, serve });
}

const catalogue = {
  movies: async (after: number, limit: number) => films(after + 1, Math.min(limit, movies - after)),
} as unknown as Catalogue;

const MODEL = 'gemini-embedding-001';

/** Indexes so many movies through bare `fetch` and `JSON`, as many at the same time as the job does. */
async function bare(namespace: string, count: number): Promise<BareTimes> {
  const work: BareWork = {
    gemini: `${urls.gemini}/v1beta/models/${MODEL}`,
    pinecone: `${urls.pinecone}/data/bench`,
    namespace,
    headers: { 'content-type': 'application/json', 'x-goog-api-key': GEMINI_KEY, 'api-key': PINECONE_KEY },
    dimensions,
    movies: count,
    ...FAR_AWAY,
  };
  const child = fork(new URL('./pinecone/bare.ts', import.meta.url), [JSON.stringify(work)]);
  const gone = once(child, 'exit');
  const [times] = (await Promise.race([once(child, 'message'), gone])) as [BareTimes | number];
  await gone;
  if (typeof times === 'number') throw new Error(`the bare client ended with ${times}`);
  return times;
}

async function indexing(store: PineconeStore): Promise<Row[]> {
  const embedder = new GeminiEmbedder(
    { apiKey: GEMINI_KEY, model: MODEL, dimensions, apiUrl: urls.gemini },
    { log },
  );
  await store.create(embedder);
  await store.activate(embedder.id);
  // The fakes' code is then compiled for both.
  await bare('warm', Math.min(movies, 2_000));
  await workOfFakes();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await indexMovies({ catalogue, embedder, store, lockFile: join(folder, 'lock'), ...FAR_AWAY });
  const elapsed = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  const sent = await workOfFakes();
  const memory = process.memoryUsage.rss();
  const others = await bare('bare', movies);
  const sentBare = await workOfFakes();
  const rounds = Math.ceil(movies / FAR_AWAY.batchSize / FAR_AWAY.atOnce);
  const bound = rounds * 3 * latency;
  const ahead = (rounds * 2 + 1) * latency;
  const times = (part: number, of: number) => `${(part / of).toFixed(2)} ×`;
  return [
    [`index ${movies.toLocaleString('en')} movies × ${dimensions}`, `${Math.round(elapsed)} ms`],
    [
      '  of bare fetch and JSON, the same requests',
      `${Math.round(others.elapsed)} ms (${times(elapsed, others.elapsed)})`,
    ],
    [
      `  bound by latency: ${rounds} rounds × 3 requests × ${latency} ms`,
      `${bound} ms (${times(elapsed, bound)}; bare ${times(others.elapsed, bound)})`,
    ],
    ['    where the next batches are looked up meanwhile', `${ahead} ms (${times(elapsed, ahead)})`],
    [
      '  bound by Pinecone: 50 MB/s to a namespace',
      `${Math.round((sent.bytes / PINECONE_BYTES) * 1000)} ms for ${Math.round(sent.bytes / 1e6)} MB ` +
        `(${times(elapsed, (sent.bytes / PINECONE_BYTES) * 1000)})`,
    ],
    ['  processor time', `${Math.round((user + system) / 1000)} ms`],
    ['    of bare fetch and JSON', `${Math.round(others.processor)} ms`],
    [
      '    of the fakes, in their own process',
      `${Math.round(sent.processor)} ms (${Math.round(sentBare.processor)} ms for the bare requests)`,
    ],
    [
      '  resident',
      `${Math.round(memory / 2 ** 20)} MB (the fakes, which keep all vectors: ${Math.round(sent.resident / 2 ** 20)} MB)`,
    ],
    [
      '  requests',
      `${sent.gemini} Gemini (${sent.atOnce} at once), ${sent.pinecone} Pinecone; ` +
        `bare ${sentBare.gemini} and ${sentBare.pinecone}`,
    ],
  ];
}

async function similar(store: PineconeStore): Promise<Row[]> {
  await workOfFakes();
  const times: number[] = [];
  for (let i = 1; i <= 40; i++) {
    const started = performance.now();
    await answer(store, `tt${i}`);
    times.push(performance.now() - started);
  }
  const sent = await workOfFakes();
  const p50 = times.sort((a, b) => a - b)[20];
  return [
    ['/similar: fetch and query', `p50 ${p50?.toFixed(0)} ms`],
    ['  requests to an answer', `${sent.pinecone / 40} Pinecone, ${sent.gemini / 40} Gemini`],
  ];
}

async function answer(store: PineconeStore, id: string): Promise<void> {
  const index = await store.current();
  const vector = (await index?.fetch([id]))?.get(id);
  if (!index || !vector) throw new Error(`${id} is not indexed`);
  await index.query(vector, { topK: 10, exclude: [id] });
}

/** Who asks at the same time while memory is looked at. */
const ASKING = 16;

/** A small index of its own: here the program is measured and not the fake's search. */
async function memory(): Promise<Row[]> {
  const writer = await openStore(false);
  const small = { id: 'small-8-t1', dimensions: 8 };
  const made = await writer.create(small);
  const metadata = { kind: 'movie', adult: false };
  const vector = () => Float32Array.from({ length: 8 }, () => Math.random() - 0.5);
  await made.upsert(
    Array.from({ length: 50 }, (_, i) => ({ id: `tt${i}`, values: vector(), metadata, textHash: '' })),
  );
  // Long enough that those who ask together wait together.
  await workOfFakes(1);
  const serving = new AbortController();
  const rows: Row[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    await mapAtOnce(Array.from({ length: queries / 10 }), ASKING, () =>
      made.query(vector(), { topK: 10, signal: serving.signal }),
    );
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    if (tenth === 1 || tenth === 5 || tenth === 10)
      rows.push([
        `memory after ${((queries / 10) * tenth).toLocaleString('en')} queries`,
        `heap ${(heapUsed / 2 ** 20).toFixed(1)} MB, resident ${(rss / 2 ** 20).toFixed(0)} MB`,
      ]);
  }
  const sent = await workOfFakes();
  const waiting = process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  rows.push([
    '  requests under way',
    `${sent.pineconeAtOnce} at most, where ${ASKING} ask at the same time; ${waiting} timers left at the end`,
  ]);
  await writer.close();
  return rows;
}

type Row = readonly [what: string, result: string];

try {
  const job = await openStore(false);
  const rows = await indexing(job);
  await job.close();
  const bot = await openStore(true);
  rows.push(...(await similar(bot)));
  await bot.close();
  rows.push(...(await memory()));
  for (const [what, result] of rows) process.stdout.write(`${what.padEnd(48)} ${result}\n`);
} finally {
  fakes.kill();
  rmSync(folder, { recursive: true });
}
