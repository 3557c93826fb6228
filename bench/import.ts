/**
 * How fast a real catalogue comes in: 301,412 titles from `../shared/data`, by the command that people run, into a new
 * database and once more into the same one; and how long a bot's writes wait meanwhile.
 *
 *   node bench/import.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../src/catalogue/sql/sql-catalogue.ts';
import { exportCatalogue } from '../src/ingest/export.ts';
import { writing } from '../src/store/kysely.ts';
import { commandOf, environment, peakMegabytes, processorSeconds } from './program/program.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
  /** What it was before, or what the next best does, measured on the same machine at the same time where that is said. */
  readonly baseline?: string;
}

const LARGE = fileURLToPath(new URL('../../shared/data/catalogue-large.jsonl.gz', import.meta.url));

/** Milliseconds between two looks at a process. */
const LOOK_EVERY = 50;

/** Milliseconds between two writes of the bot beside it, on average. */
const WRITE_EVERY = 30;

/** Empty where the data is not there. */
export async function benchImport(file = LARGE): Promise<BenchRow[]> {
  if (!(await stat(file).catch(() => undefined))) return [];
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  const databaseFile = join(folder, 'kindred.db');
  try {
    const first = await runImport(folder, file);
    const again = await runImport(folder, file);
    await using opened = new AsyncDisposableStack();
    const catalogue = new SqlCatalogue(
      opened.adopt(await openDatabase(databaseFile), (each) => each.close()),
    );
    const described = await timed(() => walkDescribed(catalogue));
    const exported = await timed(() => lengthOf(exportCatalogue({ catalogue })));
    const beside = await besideAnImport(file);
    return [
      {
        what: 'import into a new catalogue, from the start of the command to its end',
        measured: `${rate(first)} titles/s`,
        aim: '≥ 20,000 titles/s',
        baseline: '3,150 titles/s, the first version on a busy machine',
      },
      {
        what: 'processor time a title, first import',
        measured: `${Math.round((1e6 * first.cpuSeconds) / first.read)} µs`,
        baseline: '2.2 times as much in the first version, both run side by side',
      },
      { what: 'the same file again', measured: `${rate(again)} titles/s` },
      { what: 'what that changes', measured: `${again.changed} movies`, aim: '0', baseline: '1,499' },
      {
        what: 'most memory held by the first import',
        measured: `${first.megabytes.toFixed(0)} MB`,
        aim: '< 400 MB',
        baseline: '376–438 MB with V8 left to itself',
      },
      {
        what: "a bot's write beside an import waits, median / 99th percentile / longest",
        measured: [0.5, 0.99, 1].map((share) => `${quantile(beside.waits, share).toFixed(0)} ms`).join(' / '),
        aim: '< 50 ms',
        baseline: "19 / 1,333 / 1,333 ms with SQLite's own waiting",
      },
      {
        what: "a bot's event loop beside an import, held at most",
        measured: `${beside.held.toFixed(0)} ms`,
        aim: '< 20 ms',
        baseline: '1,333 ms, the same',
      },
      {
        what: `walk over ${described.result} described movies`,
        measured: `${described.seconds.toFixed(2)} s`,
        aim: '< 0.6 s',
      },
      { what: 'export', measured: `${(exported.result / exported.seconds).toFixed(0)} titles/s` },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface ImportRun {
  readonly seconds: number;
  /** Of all threads: tells more than the time on a machine that others use too. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly read: number;
  /** Added ones, too. */
  readonly changed: number;
}

/** The command in a process of its own. */
async function runImport(folder: string, file: string): Promise<ImportRun> {
  const [command, ...args] = commandOf('import', ['jsonl', '--file', file]);
  const began = performance.now();
  const child = spawn(command, args, {
    env: environment({ DATA_DIR: folder }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let [megabytes, cpuSeconds] = [0, 0];
  const looking = setInterval(() => {
    megabytes = peakMegabytes(child.pid!) || megabytes;
    cpuSeconds = processorSeconds(child.pid!) || cpuSeconds;
  }, LOOK_EVERY);
  const [code] = await once(child, 'close');
  clearInterval(looking);
  if (code !== 0) throw new Error(`the import ended with ${code}: ${said}`);
  const count = (what: string) => Number(new RegExp(`(\\d+) ${what}`, 'u').exec(said)?.[1]);
  return {
    seconds: (performance.now() - began) / 1000,
    cpuSeconds,
    megabytes,
    read: count('read'),
    changed: count('added,') + count('changed,'),
  };
}

/** Sorted milliseconds that writes waited for an import in another process, and how long the event loop was held. */
async function besideAnImport(file: string): Promise<{ waits: number[]; held: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(folder, { recursive: true }));
  const { db } = opened.adopt(await openDatabase(join(folder, 'kindred.db')), (each) => each.close());
  let isOver = false;
  const running = runImport(folder, file).finally(() => {
    isOver = true;
  });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const waits: number[] = [];
  while (!isOver) {
    const began = performance.now();
    await writing(db, (connection) =>
      connection
        .insertInto('view')
        .values({ hash: `${waits.length}`, body: 'what a button stands for' })
        .execute(),
    );
    waits.push(performance.now() - began);
    await sleep(2 * WRITE_EVERY * Math.random());
  }
  await running;
  return { waits: waits.sort((a, b) => a - b), held: loop.max / 1e6 };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

function rate({ read, seconds }: ImportRun): string {
  return Math.round(read / seconds).toLocaleString('en');
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function walkDescribed(catalogue: SqlCatalogue): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const page = await catalogue.described(after, 1000);
    const last = page.at(-1);
    if (!last) return count;
    after = last.number;
    count += page.length;
  }
}

async function lengthOf(items: AsyncIterable<unknown>): Promise<number> {
  let length = 0;
  for await (const _ of items) length++;
  return length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchImport());
