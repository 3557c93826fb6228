import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { ConfigError, readConfig } from './config.ts';
import { Obstacle, RefusedCredential } from './errors.ts';
import { terminalLocale } from './locale.ts';
import { createLog } from './log.ts';
import { FAILED, type Task, UsageError, WRONG_USAGE } from './tasks/task.ts';

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

/** What a person did or set wrongly, itself or as the cause: told in its own words, with exit code 2. */
const MISTAKES = [ConfigError, RefusedCredential, UsageError];

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
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
    const locale = terminalLocale(process.env);
    return await (await task())({ config, args, log, stop: stop.signal, say, ...(locale && { locale }) });
  } catch (error) {
    // A task that was stopped has said how to go on.
    if (stop.signal.aborted) return FAILED;
    return explain(error, secrets);
  }
}

function explain(error: unknown, secrets: readonly string[]): number {
  const badOption = (error as { code?: unknown }).code;
  if (
    MISTAKES.some((kind) => error instanceof kind || (error as Error).cause instanceof kind) ||
    (typeof badOption === 'string' && badOption.startsWith('ERR_PARSE_ARGS'))
  ) {
    say((error as Error).message);
    return WRONG_USAGE;
  }
  if (error instanceof Obstacle || isSystemError(error)) say(error.message);
  else createLog({ level: 'error', secrets }).error({ err: error }, 'it could not go on');
  return FAILED;
}

/** A folder that cannot be written, a name that is no host: the system's own words say it, with the path. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

enableCompileCache();
process.exitCode = await main(process.argv.slice(2));
