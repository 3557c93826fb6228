/**
 * The REST API and the page under load, with the program as it runs and one core for it.
 *
 *   node bench/web.ts [--database FILE]
 *
 * Without a database that was indexed before, one is made from the large catalogue first, which takes minutes; where
 * that is not there either, the starter catalogue is asked.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import type { Movie } from '../src/catalogue/movie.ts';
import { prepare, processorSeconds, sample, serve } from './program/program.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
}

const SECONDS = 10;
const CONNECTIONS = 10;
/** Questions asked over and over before anything is counted. */
const WARM = 200;

type Asked = Pick<Movie, 'id' | 'title'>;

/** Measures the program over an indexed database, in a process of its own. */
export async function benchWeb(database: string): Promise<BenchRow[]> {
  const { known, thin } = await sample(database);
  // Behind a proxy every request may come from another client, so that the limits for one are not what is measured.
  const { child, address } = await serve(database, { TRUST_PROXY: 'on' }, { oneCore: true });
  // Whole answers are kept for seconds: lists of five lengths are enough different questions to measure the rest.
  const similarTo = ({ id }: Asked) =>
    [10, 9, 8, 7, 6].map((limit) => `/api/v1/similar?id=${id}&limit=${limit}`);
  // Key by key, as people do; many films begin alike, and their first letters come again.
  const typed = ({ title }: Asked) =>
    Array.from(
      { length: Math.max(1, Math.min(title.length, 12) - 2) },
      (_, index) => `/api/v1/titles?q=${encodeURIComponent(title.slice(0, 3 + index))}`,
    );
  const rows: BenchRow[] = [];
  const row = (what: string, measured: string, aim = '') => rows.push({ what, measured, aim });
  const loaded = async (paths: readonly string[]) => {
    await load(address, paths.slice(0, WARM), { amount: WARM }); // until it is compiled
    const before = processorSeconds(child.pid!);
    const result = await load(address, paths);
    return told(result, processorSeconds(child.pid!) - before);
  };
  try {
    row('GET /similar', await loaded(byColumn(known.map(similarTo))), '≥ 300/s, p99 ≤ 100 ms');
    if (thin.length > 0)
      row('GET /similar, of little-known films', await loaded(byColumn(thin.map(similarTo))));
    row('GET /titles while typing', await loaded(known.flatMap(typed)), '≥ 1,500/s, p99 ≤ 30 ms');
    const pages = known.map(({ id }) => `/?like=${id}`);
    row('the page with a list', await loaded(pages));
    const bytes = Math.max(await firstLoad(address, '/'), await firstLoad(address, pages[0]!));
    row('the page, first load', `${(bytes / 1000).toFixed(1)} KB`, '≤ 60 KB');
    return rows;
  } finally {
    child.kill();
    await once(child, 'close');
  }
}

async function load(
  address: string,
  paths: readonly string[],
  until: { duration: number } | { amount: number } = { duration: SECONDS },
): Promise<autocannon.Result> {
  const requests = paths.map((path, index) => ({
    path,
    headers: { 'x-forwarded-for': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` },
  }));
  const asked = { url: address, connections: CONNECTIONS, requests };
  const result = await autocannon({ ...asked, ...until });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were no success, ${result.errors} none at all`);
  return result;
}

/** With the processor's time beside it, which a busy machine does not blur as much. */
function told({ requests, latency }: autocannon.Result, seconds: number): string {
  const each = `${((1000 * seconds) / requests.total).toFixed(2)} ms of processor each`;
  return `${Math.round(requests.average)}/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms, ${each}`;
}

/** Bytes that a browser with an empty cache receives, posters aside. */
async function firstLoad(address: string, path: string): Promise<number> {
  const seen = new Set<string>();
  let bytes = 0;
  const fetchAll = async (from: string): Promise<void> => {
    if (seen.has(from)) return;
    seen.add(from);
    const response = await fetch(new URL(from, address), {
      headers: { 'accept-encoding': 'br', 'x-forwarded-for': '192.0.2.1' },
    });
    bytes += Number(response.headers.get('content-length'));
    const text = await response.text();
    const found = [
      ...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/gu),
      ...text.matchAll(/from ["']\.\/([\w-]+\.js)["']/gu),
    ];
    for (const [, name] of found) await fetchAll(name!.startsWith('/') ? name! : join(dirname(from), name!));
  };
  await fetchAll(path);
  return bytes;
}

/** All first elements, then all second ones, …: what is alike comes far apart. */
function byColumn<T>(rows: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, index) =>
    rows.flatMap((row) => row.slice(index, index + 1)),
  ).flat();
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { database: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  try {
    const rows = await benchWeb(values.database ? resolve(values.database) : prepare(folder));
    console.log('| what | measured | aim |\n|---|---|---|');
    for (const { what, measured, aim } of rows) console.log(`| ${what} | ${measured} | ${aim} |`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
