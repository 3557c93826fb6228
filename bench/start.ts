/**
 * How soon the program is there, how fast it answers, and how much memory it takes: with the starter catalogue, from the
 * second start on, and with the large one.
 *
 *   node bench/start.ts [--database FILE]
 *
 * Without a database of the large catalogue that was indexed before, one is made first, which takes a minute.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { openCore } from '../src/core.ts';
import { createLog } from '../src/log.ts';
import { botOn } from '../src/main.ts';
import { commandOf, environment, prepare, residentMegabytes, sample, serve } from './program/program.ts';

const STARTS = 5;
const QUESTIONS = 2000;

const { values } = parseArgs({ options: { database: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const dataDir = join(folder, 'starter');
try {
  await firstAnswer(); // the first start makes everything
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start++) starts.push(await firstAnswer());
  starts.sort((a, b) => a - b);
  console.log('| what | measured | aim |');
  console.log('|---|---|---|');
  row('start to first answer, median', `${starts[Math.floor(STARTS / 2)]!.toFixed(0)} ms`, '< 1,000 ms');
  const answers = await similar();
  row('/similar in the core, p50', `${answers[Math.floor(QUESTIONS * 0.5)]!.toFixed(1)} ms`, '');
  row('/similar in the core, p99', `${answers[Math.floor(QUESTIONS * 0.99)]!.toFixed(1)} ms`, '< 10 ms');
  await serving(join(dataDir, 'kindred.db')); // learns genres in the background, once
  const starter = await serving(join(dataDir, 'kindred.db'));
  row(`memory after ${QUESTIONS} answers (resident)`, `${starter.megabytes.toFixed(0)} MB`, '< 200 MB');
  const large = await serving(values.database ?? prepare(folder));
  row('start to ready, large catalogue', `${large.ready.toFixed(0)} ms`, '< 2,000 ms');
  row(`memory after ${QUESTIONS} answers, large catalogue`, `${large.megabytes.toFixed(0)} MB`, '< 500 MB');
} finally {
  rmSync(folder, { recursive: true });
}

function row(what: string, measured: string, aim: string): void {
  console.log(`| ${what} | ${measured} | ${aim} |`);
}

/** Milliseconds from the start of the process to the first line of its first answer. */
async function firstAnswer(): Promise<number> {
  const began = performance.now();
  const [command, ...args] = commandOf('chat');
  const child = spawn(command, args, {
    env: environment({ DATA_DIR: dataDir }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end('inceptoin\n');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const took = performance.now() - began;
  child.stdout.resume();
  await new Promise((resolve) => child.once('close', resolve));
  return took;
}

/** Sorted milliseconds of `/similar` for films all over the starter catalogue. */
async function similar(): Promise<number[]> {
  const config = readConfig({ DATA_DIR: dataDir });
  const log = createLog({ level: 'fatal', secrets: [] });
  const core = await openCore({ config, log });
  const bot = botOn(core, log);
  const { movies, shows } = await core.catalogue.stats();
  const answers: number[] = [];
  for (let asked = 0; asked < QUESTIONS; asked++) {
    const title = `kindred:${1 + ((asked * 7919) % (movies + shows))}`;
    const began = performance.now();
    await bot.handle({ ask: { kind: 'command', command: 'similar', args: { title } }, asker: 'bench:1' });
    answers.push(performance.now() - began);
  }
  await core.close();
  return answers.sort((a, b) => a - b);
}

/** The program as it serves: milliseconds until it does, and what it holds after many answers. */
async function serving(database: string): Promise<{ ready: number; megabytes: number }> {
  const { known } = await sample(database);
  const began = performance.now();
  const { child, address } = await serve(database, { TRUST_PROXY: 'on' });
  try {
    const ready = performance.now() - began;
    for (let asked = 0; asked < QUESTIONS; asked++) {
      const { id } = known[asked % known.length]!;
      // Every question from another address: one alone would be asked to wait.
      const headers = { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` };
      const answer = await fetch(new URL(`/api/v1/similar?id=${id}`, address), { headers });
      if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    }
    return { ready, megabytes: residentMegabytes(child.pid!) };
  } finally {
    child.kill();
    await once(child, 'close');
  }
}
