/** The starter catalogue from the second start on: how soon, how fast, and how much memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { openCore } from '../src/core.ts';
import { createLog } from '../src/log.ts';
import { botOn } from '../src/main.ts';

const STARTS = 5;
const QUESTIONS = 2000;

const dataDir = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
try {
  await firstAnswer(); // the first start makes everything
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start++) starts.push(await firstAnswer());
  starts.sort((a, b) => a - b);
  const { answers, megabytes } = await similar();
  console.log('| what | measured | aim |');
  console.log('|---|---|---|');
  row('start to first answer, median', `${starts[Math.floor(STARTS / 2)]!.toFixed(0)} ms`, '< 1,000 ms');
  row('/similar in the core, p50', `${answers[Math.floor(QUESTIONS * 0.5)]!.toFixed(1)} ms`, '');
  row('/similar in the core, p99', `${answers[Math.floor(QUESTIONS * 0.99)]!.toFixed(1)} ms`, '< 10 ms');
  row('memory when serving (resident)', `${megabytes.toFixed(0)} MB`, '< 200 MB');
} finally {
  rmSync(dataDir, { recursive: true });
}

function row(what: string, measured: string, aim: string): void {
  console.log(`| ${what} | ${measured} | ${aim} |`);
}

/** Milliseconds from the start of the process to the first line of its first answer. */
async function firstAnswer(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), 'chat'], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end('inceptoin\n');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const took = performance.now() - began;
  child.stdout.resume();
  await new Promise((resolve) => child.once('close', resolve));
  return took;
}

/** Sorted milliseconds of `/similar` for films all over the catalogue, and the memory it ran in. */
async function similar(): Promise<{ answers: number[]; megabytes: number }> {
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
  const megabytes = process.memoryUsage.rss() / 2 ** 20;
  await core.close();
  return { answers: answers.sort((a, b) => a - b), megabytes };
}
