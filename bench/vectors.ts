/**
 * Indexing the large catalogue with the built-in embedder, then asking the embedded index, beside a scan of every
 * vector.
 *
 *   node bench/vectors.ts [--rows 300000 --dimensions 256]
 *
 * With `--rows`, so many made-up vectors in place of the catalogue's.
 */
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { MovieRecord } from '../src/catalogue/movie.ts';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../src/catalogue/sql/sql-catalogue.ts';
import { openBuiltInEmbedder } from '../src/embedding/built-in.ts';
import { fillGaussian, seededRandom } from '../src/embedding/words/random.ts';
import { addScaled, dot, normalise } from '../src/embedding/words/vector.ts';
import { indexMovies } from '../src/ingest/index-movies.ts';
import { BadRecord, readRecord } from '../src/ingest/record.ts';
import { SHIPPED } from '../src/paths.ts';
import { EmbeddedStore } from '../src/vectors/embedded/embedded-store.ts';
import { VectorFile } from '../src/vectors/embedded/vector-file.ts';
import { type Filter, type Metadata, passes } from '../src/vectors/filter.ts';
import type { VectorIndex } from '../src/vectors/vector-index.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
  /** The plain way, in the same run. */
  readonly baseline?: string;
}

/** All vectors again, to be scanned one after the other. */
interface Truth {
  readonly ids: string[];
  readonly vectors: Float32Array[];
  readonly metadata: Metadata[];
}

const DATA = '../shared/data/catalogue-large.jsonl.gz';
const QUERIES = 500;
const SHARES = [1, 0.3, 0.01, 0.0001];

/** Indexes the large catalogue and asks its index; no rows, and a word why, where the catalogue is not there. */
export async function benchVectors(): Promise<BenchRow[]> {
  if (!existsSync(DATA)) {
    console.error(`bench/vectors.ts is skipped: ${DATA} is not there`);
    return [];
  }
  return inFolder(async (folder) => [...(await benchIndexing(folder)), ...(await benchAnswers(folder))]);
}

async function benchMadeUp(rows: number, dimensions: number): Promise<BenchRow[]> {
  return inFolder(async (folder) => {
    await writeMadeUp(folder, rows, dimensions);
    return benchAnswers(folder);
  });
}

async function benchIndexing(folder: string): Promise<BenchRow[]> {
  const database = await openDatabase(join(folder, 'kindred.db'));
  const catalogue = new SqlCatalogue(database);
  for await (const records of readRecords()) await catalogue.upsert(records);
  await catalogue.refreshPopularity();
  const store = await EmbeddedStore.open({ folder });
  const builtIn = await openBuiltInEmbedder(SHIPPED.words);
  let embedding = 0;
  const embedder: typeof builtIn = {
    id: builtIn.id,
    dimensions: builtIn.dimensions,
    async embed(texts, options) {
      const start = performance.now();
      const vectors = await builtIn.embed(texts, options);
      embedding += performance.now() - start;
      return vectors;
    },
  };
  const run = () => indexMovies({ catalogue, embedder, store, lockFile: join(folder, 'index.lock') });
  const [whole, counts] = await timed(run);
  const [again] = await timed(run);
  await store.close();
  await database.close();
  const rate = Math.round((counts.embedded / embedding) * 1000);
  return [
    { what: 'embedding, titles a second', measured: rate.toLocaleString('en'), aim: '≥ 10,000' },
    {
      what: `index ${counts.movies.toLocaleString('en')} titles (${counts.embedded.toLocaleString('en')} embedded)`,
      measured: `${(whole / 1000).toFixed(1)} s`,
      aim: '< 240 s',
    },
    { what: 'index again, nothing changed', measured: `${(again / 1000).toFixed(1)} s`, aim: '–' },
  ];
}

async function benchAnswers(folder: string): Promise<BenchRow[]> {
  const before = memory();
  const [opening, store] = await timed(() => EmbeddedStore.open({ folder, serve: true }));
  const used = memory() - before;
  const index = (await store.current())!;
  const { count, dimensions, embedder } = await index.info();
  const rows: BenchRow[] = [
    {
      what: `open ${count.toLocaleString('en')} × ${dimensions} (${embedder})`,
      measured: ms(opening),
      aim: '< 1000 ms',
    },
    { what: 'memory of the open index', measured: `${Math.round(used / 2 ** 20)} MB`, aim: 'small' },
  ];
  // The codes are made from the first query on, while the truth is read.
  await index.query(new Float32Array(dimensions).fill(1), { topK: 1 });
  const truth = await readTruth(folder);
  const answers: BenchRow[] = [];
  for (const share of SHARES) answers.push(await benchQueries(index, truth, share, 10));
  answers.push(await benchQueries(index, truth, 1, 300));
  await store.close();
  return [...rows, ...answers];
}

async function benchQueries(
  index: VectorIndex,
  truth: Truth,
  share: number,
  topK: number,
): Promise<BenchRow> {
  const filter = filterPassing(share, truth.metadata);
  const passing = truth.metadata.flatMap((metadata, row) => (passes(metadata, filter) ? [row] : []));
  const seeds = Array.from({ length: QUERIES }, (_, i) => (i * 7919) % truth.ids.length);
  const ask = (seed: number) =>
    index.query(truth.vectors[seed]!, { topK, filter, exclude: [truth.ids[seed]!] });
  for (const seed of seeds.slice(0, 100)) await ask(seed);
  const held = monitorEventLoopDelay({ resolution: 1 });
  held.enable();
  const times: number[] = [];
  for (const seed of seeds) {
    const [time] = await timed(() => ask(seed));
    times.push(time);
    await pause(1);
  }
  held.disable();
  const scans: number[] = [];
  let [found, wanted] = [0, 0];
  for (const seed of seeds.filter((_, i) => i % 5 === 0)) {
    const [scan, cosines] = await timed(async () => scanAll(truth, seed, passing));
    scans.push(scan);
    const nearest = cosines.toSorted().toReversed().slice(0, topK);
    wanted += nearest.length;
    found += (await ask(seed)).filter(({ score }) => score >= nearest.at(-1)! - SAME).length;
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
  return {
    what: `the ${topK} nearest, ${share * 100} % pass (${passing.length.toLocaleString('en')})`,
    measured:
      `mean ${ms(mean)}, p99 ${ms(p99)}, recall ${(found / wanted).toFixed(4)}, ` +
      `event loop held ${ms(held.max / 1e6)} at most`,
    aim: 'mean < 2 ms, p99 < 10 ms, recall ≥ 0.98, held < 20 ms',
    baseline: `scan: mean ${ms(scans.reduce((sum, time) => sum + time, 0) / scans.length)}`,
  };
}

/** Cosines nearer than this count as a tie: what rounding to 16 bits may turn round. */
const SAME = 5e-5;

function scanAll(truth: Truth, seed: number, passing: readonly number[]): Float64Array {
  const query = truth.vectors[seed]!;
  return Float64Array.from(
    passing.filter((row) => row !== seed),
    (row) => dot(query, truth.vectors[row]!),
  );
}

/** A filter as people use them that lets through so large a share: the most voted for. */
function filterPassing(share: number, metadata: readonly Metadata[]): Filter {
  if (share === 1) return [];
  const votes = metadata.map((each) => each.votes ?? 0).toSorted((a, b) => b - a);
  return [
    { field: 'adult', is: false },
    { field: 'votes', atLeast: votes[Math.ceil(share * votes.length) - 1]! },
  ];
}

async function readTruth(folder: string): Promise<Truth> {
  const truth: Truth = { ids: [], vectors: [], metadata: [] };
  const store = await EmbeddedStore.open({ folder });
  const { embedder } = await (await store.current())!.info();
  await store.close();
  const file = VectorFile.open(join(folder, EmbeddedStore.fileName(embedder)));
  for await (const rows of file.all())
    for (const row of rows) {
      truth.ids.push(row.id);
      truth.vectors.push(row.values!);
      truth.metadata.push(row.metadata);
    }
  file.close();
  return truth;
}

async function* readRecords(): AsyncGenerator<MovieRecord[]> {
  let batch: MovieRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(DATA).pipe(createGunzip()) })) {
    try {
      batch.push(readRecord(JSON.parse(line), 'jsonl').record);
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
    }
    if (batch.length < 500) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** Points around common centres, with the first dimensions saying more than the last, as real embeddings lie. */
async function writeMadeUp(folder: string, count: number, dimensions: number): Promise<void> {
  const random = seededRandom(5);
  const scattered = () =>
    fillGaussian(new Float64Array(dimensions), random).map((value, i) => value / Math.sqrt(8 + i));
  const centres = Array.from({ length: 1000 }, scattered);
  const store = await EmbeddedStore.open({ folder });
  const embedder = { id: `made-up-${dimensions}-a-t1`, dimensions };
  const index = await store.create(embedder);
  for (let from = 0; from < count; from += 5000)
    await index.upsert(
      Array.from({ length: Math.min(5000, count - from) }, (_, i) => {
        const values = Float32Array.from(scattered());
        addScaled(values, centres[Math.floor(random() * centres.length)]!, 1);
        normalise(values);
        const metadata = {
          kind: 'movie',
          adult: false,
          votes: Math.floor(random() * 1e6),
          year: 1950 + (i % 70),
        };
        return { id: `tt${from + i}`, values, metadata, textHash: '' };
      }),
    );
  await store.activate(embedder.id);
  await store.close();
}

async function inFolder(bench: (folder: string) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  try {
    return await bench(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed<T>(act: () => Promise<T>): Promise<[milliseconds: number, T]> {
  const start = performance.now();
  const result = await act();
  return [performance.now() - start, result];
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const ms = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rows: { type: 'string' }, dimensions: { type: 'string', default: '256' } },
  });
  const rows = values.rows ? benchMadeUp(Number(values.rows), Number(values.dimensions)) : benchVectors();
  for (const { what, measured, aim, baseline } of await rows)
    console.log(`${what}\n    ${measured}\n    aim: ${aim}${baseline ? `; ${baseline}` : ''}`);
}
