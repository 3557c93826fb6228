import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { NewerSchema } from './catalogue/sql/open.ts';
import { RefusedCredential } from './chat/adapter.ts';
import { ConfigError, readConfig } from './config.ts';
import { FileExists } from './ingest/backup.ts';
import { IndexIncomplete } from './ingest/index-movies.ts';
import { SourceError } from './ingest/sources/source.ts';
import { createLog } from './log.ts';
import { Locked } from './store/lock.ts';
import { DamagedDatabase } from './store/sqlite.ts';
import { FAILED, type Task, UsageError, WRONG_USAGE } from './tasks/task.ts';
import { EmbedderUnavailable } from './vectors/vector-store.ts';

// A task is loaded when it is asked for: a chat need not wait for what an import is made of.
const TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  start: async () => (await import('./tasks/serve.ts')).start,
  chat: async () => (await import('./tasks/serve.ts')).chat,
  import: async () => (await import('./tasks/import.ts')).importTask,
  index: async () => (await import('./tasks/index-task.ts')).index,
  status: async () => (await import('./tasks/status.ts')).status,
  export: async () => (await import('./tasks/export.ts')).exportTask,
  backup: async () => (await import('./tasks/backup.ts')).backup,
  register: async () => (await import('./tasks/register.ts')).register,
  examples: async () => (await import('./tasks/examples.ts')).examples,
  train: async () => (await import('./tasks/train.ts')).train,
};

/** What a person did or set wrongly: told in its own words, with exit code 2. */
const MISTAKES = [ConfigError, RefusedCredential, UsageError];

/** What stands in the way and can be mended: told in its own words. A stack trace would not help. */
const OBSTACLES = [
  DamagedDatabase,
  NewerSchema,
  Locked,
  EmbedderUnavailable,
  FileExists,
  IndexIncomplete,
  SourceError,
];

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const task = TASKS[name];
  if (!task) {
    say(`There is no command "${name}". There are: ${Object.keys(TASKS).join(', ')}.`);
    return WRONG_USAGE;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let secrets: readonly string[] = [];
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const config = readConfig(process.env);
    secrets = config.secrets;
    const log = createLog({ level: config.logLevel, secrets });
    return await (await task())({ config, args, log, stop: stop.signal, say });
  } catch (error) {
    if (stop.signal.aborted) return FAILED;
    return explain(error, secrets);
  }
}

function explain(error: unknown, secrets: readonly string[]): number {
  const isOne = (kinds: readonly (new (...args: never[]) => Error)[]) =>
    kinds.some((kind) => error instanceof kind);
  const badOption = (error as { code?: unknown }).code;
  if (isOne(MISTAKES) || (typeof badOption === 'string' && badOption.startsWith('ERR_PARSE_ARGS'))) {
    say((error as Error).message);
    return WRONG_USAGE;
  }
  if (isOne(OBSTACLES)) say((error as Error).message);
  else createLog({ level: 'error', secrets }).error({ err: error }, 'it could not go on');
  return FAILED;
}

enableCompileCache();
process.exitCode = await main(process.argv.slice(2));
