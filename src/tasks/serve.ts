import { fstatSync, type Stats } from 'node:fs';
import { createLog } from '../log.ts';
import { run } from '../main.ts';
import { DONE, expectNoArguments, type Task, UsageError } from './task.ts';

/** Serves everything that is configured, and chats where standard input is something that says lines. */
export const start: Task = async (context) => {
  expectNoArguments('start', context.args);
  return serve(context, inputSaysLines() ? 'beside' : 'none');
};

/** Only the chat. */
export const chat: Task = async (context) => {
  expectNoArguments('chat', context.args);
  if (inputIs((stat) => stat.isDirectory()))
    throw new UsageError('Standard input is a folder: nothing can be read from it.');
  return serve(context, 'only');
};

async function serve(
  { config, stop, say, locale }: Parameters<Task>[0],
  mode: 'none' | 'beside' | 'only',
): Promise<number> {
  // In somebody's terminal only what they should know of stands between their answers.
  const quiet = mode === 'only' || (mode === 'beside' && process.stdin.isTTY === true);
  const level = quiet && config.logLevel === 'info' ? 'warn' : config.logLevel;
  const running = run({
    config,
    log: createLog({ level, secrets: config.secrets }),
    chat: mode,
    stdin: process.stdin,
    stdout: process.stdout,
    stop,
    say,
    ...(locale && { locale }),
  });
  // Stopped while it was still opening: that is no failure.
  await running.catch((error) => {
    if (!stop.aborted) throw error;
  });
  return DONE;
}

/** A terminal, a pipe or a file; not the nothing that a service manager connects. */
function inputSaysLines(): boolean {
  return inputIs((stat) => process.stdin.isTTY === true || stat.isFIFO() || stat.isFile() || stat.isSocket());
}

/** False where standard input is closed. */
function inputIs(kind: (stat: Stats) => boolean): boolean {
  try {
    return kind(fstatSync(0));
  } catch {
    return false;
  }
}
