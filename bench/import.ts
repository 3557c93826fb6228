/**
 * How fast a real catalogue comes in: 301,412 titles from `../shared/data`, into a new database and once more into the
 * same one, with the transactions that others would have to wait for.
 *
 *   node bench/import.ts
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../src/catalogue/sql/sql-catalogue.ts';
import { Statements } from '../src/catalogue/sql/statements.ts';
import { readConfig } from '../src/config.ts';
import { exportCatalogue } from '../src/ingest/export.ts';
import { type ImportReport, importMovies } from '../src/ingest/import.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
  /** What it was before, or what the next best does, measured on the same machine at the same time where that is said. */
  readonly baseline?: string;
}

const LARGE = fileURLToPath(new URL('../../shared/data/catalogue-large.jsonl.gz', import.meta.url));

/** Keeps time of every write transaction: as long, others who want to write have to wait. */
class TimedStatements extends Statements {
  readonly times: number[] = [];

  override transaction<T>(write: () => T): T {
    const started = performance.now();
    try {
      return super.transaction(write);
    } finally {
      this.times.push(performance.now() - started);
    }
  }
}

/** Empty where the data is not there. */
export async function benchImport(file = LARGE): Promise<BenchRow[]> {
  if (!(await stat(file).catch(() => undefined))) return [];
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  const database = await openDatabase(join(folder, 'kindred.db'));
  try {
    const statements = new TimedStatements(database.sqlite);
    const catalogue = new SqlCatalogue(database, statements);
    const config = readConfig({ DATA_DIR: folder });
    let memory = 0;
    const run = () =>
      importMovies({
        source: 'jsonl',
        options: { file },
        catalogue,
        config,
        onProgress: () => {
          memory = Math.max(memory, process.memoryUsage.rss());
        },
      });
    const first = await timed(run);
    const again = await timed(run);
    const times = statements.times.toSorted((a, b) => a - b);
    const described = await timed(() => walkDescribed(catalogue));
    const exported = await timed(() => lengthOf(exportCatalogue({ catalogue })));
    return [
      {
        what: 'import into a new catalogue, popularity included',
        measured: `${rate(first)} titles/s`,
        aim: '≥ 20,000 titles/s',
        baseline: '3,150 titles/s, the first version on a busy machine',
      },
      {
        what: 'processor time a title, first import',
        measured: `${Math.round((1e6 * first.cpuSeconds) / first.result.counts.read)} µs`,
        baseline: '2.2 times as much in the first version, both run side by side',
      },
      { what: 'the same file again', measured: `${rate(again)} titles/s` },
      {
        what: 'what that changes',
        measured: `${again.result.counts.added + again.result.counts.changed} movies`,
        aim: '0',
        baseline: '1,499',
      },
      {
        what: 'transaction, median / 99th percentile / longest',
        measured: [0.5, 0.99, 1].map((share) => `${quantile(times, share).toFixed(0)} ms`).join(' / '),
        aim: '< 50 ms',
        baseline: 'longest 313 ms',
      },
      { what: 'memory', measured: `${(memory / 1e6).toFixed(0)} MB`, aim: '< 400 MB', baseline: '290 MB' },
      {
        what: `walk over ${described.result} described movies`,
        measured: `${described.seconds.toFixed(2)} s`,
        aim: '< 0.6 s',
      },
      { what: 'export', measured: `${(exported.result / exported.seconds).toFixed(0)} titles/s` },
    ];
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}

interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
  /** Of all threads: tells more than the time on a machine that others use too. */
  readonly cpuSeconds: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function rate({ result, seconds }: Timed<ImportReport>): string {
  return Math.round(result.counts.read / seconds).toLocaleString('en');
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
