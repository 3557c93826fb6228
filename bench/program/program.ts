/** The program as it runs, in a process of its own, over a large catalogue: what the benchmarks of its faces share. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isThin, type Movie } from '../../src/catalogue/movie.ts';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';

const LARGE = '../shared/data/catalogue-large.jsonl.gz';
const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'src/cli.ts');
const ASKED_MOVIES = 6000;

/** An indexed database of the large catalogue, or of the starter catalogue where there is no large one. */
export function prepare(folder: string): string {
  const database = join(folder, 'kindred.db');
  const env = { ...process.env, DATABASE_URL: `file:${database}`, LOG_LEVEL: 'error' };
  const run = (...args: string[]) => execFileSync(process.execPath, [CLI, ...args], { env, stdio: 'ignore' });
  if (existsSync(LARGE)) {
    run('import', 'jsonl', '--file', LARGE);
    run('index');
  } else {
    console.log('The large catalogue is not here: the starter catalogue is asked.\n');
    execFileSync(process.execPath, [CLI, 'chat'], { env, input: '', stdio: ['pipe', 'ignore', 'ignore'] });
  }
  return database;
}

/** Movies from all over the catalogue: those that are known well enough to be asked for, and those that are not. */
export async function sample(database: string): Promise<{ known: Movie[]; thin: Movie[] }> {
  const opened = await openDatabase(database);
  const catalogue = new SqlCatalogue(opened);
  const { movies, shows } = await catalogue.stats();
  const step = Math.max(1, Math.floor((movies + shows) / ASKED_MOVIES));
  const numbers = Array.from({ length: ASKED_MOVIES }, (_, index) => 1 + index * step);
  const found = [...(await catalogue.byNumber(numbers)).values()].filter((movie) => !movie.adult);
  await opened.close();
  return { known: found.filter((movie) => !isThin(movie)), thin: found.filter(isThin) };
}

/** What `npm start` and the like run: what is measured is what runs. */
export function commandOf(
  script: 'start' | 'chat' | 'import',
  args: readonly string[] = [],
): [string, ...string[]] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return ['/bin/sh', '-c', `cd '${ROOT}' && ${scripts[script]} "$@"`, script, ...args];
}

/** This process's settings, and its Node before any other. */
export function environment(settings: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...settings };
}

/** The program with these settings. Resolves when it serves the page. */
export async function serve(
  database: string,
  settings: Readonly<Record<string, string>>,
  { oneCore = false } = {},
): Promise<{ child: ChildProcess; address: string }> {
  const pinned = oneCore && existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', '0'] : [];
  const [command, ...args] = [...pinned, ...commandOf('start')];
  const child = spawn(command!, args, {
    env: environment({ DATABASE_URL: `file:${database}`, PORT: '0', LOG_LEVEL: 'error', ...settings }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stderr! })) {
    const address = /http:\S+/u.exec(line)?.[0];
    if (!address) continue;
    child.stderr!.resume();
    return { child, address };
  }
  throw new Error('the program ended before it served anything');
}

/** What a process has used of the processor so far; Linux counts hundredths. */
export function processorSeconds(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory that a process holds now, in units of 2²⁰ bytes; not a number where there is no `/proc`. */
export function residentMegabytes(pid: number): number {
  return megabytes(pid, /^VmRSS:\s+(\d+)/mu);
}

/** The most that a process has held so far, in the same units. */
export function peakMegabytes(pid: number): number {
  return megabytes(pid, /^VmHWM:\s+(\d+)/mu);
}

function megabytes(pid: number, line: RegExp): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(line.exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}
