import type { Logger } from 'pino';
import type { Config } from '../config.ts';

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;

/** What a task was called with. */
export interface TaskContext {
  readonly config: Config;
  /** What followed the task's name. */
  readonly args: readonly string[];
  readonly log: Logger;
  /** Fires on Ctrl-C and SIGTERM. */
  readonly stop: AbortSignal;
  /** Tells the person something, on standard error: standard output is for what the task makes. */
  readonly say: (line: string) => void;
  /** The locale of whoever sits at the terminal, e.g. `pt_BR.UTF-8`. */
  readonly locale?: string;
}

/** One command of `package.json`. Resolves with the exit code. */
export type Task = (context: TaskContext) => Promise<number>;

/** The task was called wrongly; the message says how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** For a task that takes no arguments: one that is given may be meant for another, and must not pass unheard. */
export function expectNoArguments(task: string, args: readonly string[]): void {
  if (args.length > 0)
    throw new UsageError(`Usage: npm run ${task}, without arguments (not: ${args.join(' ')})`);
}
