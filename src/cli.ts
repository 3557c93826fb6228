import { existsSync, fstatSync } from 'node:fs';
import { DamagedDatabase } from './store/sqlite.ts';
import { NewerSchema } from './catalogue/sql/open.ts';
import { RefusedCredential } from './chat/adapter.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { run } from './main.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

/** Told to the person in one sentence: they can do something about it, and a stack trace would not help. */
const EXPLAINED = [DamagedDatabase, NewerSchema];

type Task = (config: Config, args: readonly string[]) => Promise<number>;

const TASKS: Readonly<Record<string, Task>> = {
  start: (config) => serve(config, inputIsChat() ? 'beside' : 'none'),
  chat: (config) => serve(config, 'only'),
};

async function serve(config: Config, chat: 'none' | 'beside' | 'only'): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const interactive = process.stdin.isTTY === true && chat !== 'none';
  // In somebody's terminal only what they should know of stands between their answers.
  const level = (interactive || chat === 'only') && config.logLevel === 'info' ? 'warn' : config.logLevel;
  await run({
    config,
    log: createLog({ level, secrets: config.secrets }),
    chat,
    stdin: process.stdin,
    stdout: process.stdout,
    stop: stop.signal,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  return 0;
}

/** Standard input is a terminal, a pipe or a file: something that says lines. */
function inputIsChat(): boolean {
  try {
    const stat = fstatSync(0);
    return process.stdin.isTTY === true || stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch {
    return false; // standard input is closed
  }
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const task = TASKS[name];
  if (!task) {
    process.stderr.write(`There is no command "${name}". There are: ${Object.keys(TASKS).join(', ')}.\n`);
    return WRONG_USAGE;
  }
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return await task(readConfig(process.env), args);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof ConfigError || error instanceof RefusedCredential) {
    process.stderr.write(`${error.message}\n`);
    return WRONG_USAGE;
  }
  if (EXPLAINED.some((known) => error instanceof known)) process.stderr.write(`${(error as Error).message}\n`);
  else createLog({ level: 'error', secrets: [] }).error({ err: error }, 'it could not go on');
  return FAILED;
}

process.exitCode = await main(process.argv.slice(2));
