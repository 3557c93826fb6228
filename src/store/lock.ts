import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Obstacle } from '../errors.ts';
import { readableError } from './sqlite.ts';

const BUSY = 5;
/** Milliseconds until a lock that is taken is tried again. */
const AGAIN = 200;

/** Somebody else holds the lock. */
export class Locked extends Obstacle {
  override readonly name = 'Locked';
}

/**
 * Takes a lock that dies with the process, however it ends: an exclusive transaction on a file of its own.
 * Throws {@link Locked} where it is still taken after `wait` milliseconds. Answers the function that releases it.
 */
export function acquireLock(file: string, wait = 0): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: wait });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (((error as { errcode?: number }).errcode ?? 0) !== BUSY) throw readableError(error, file);
    throw new Locked(
      'Another run of Kindred is at work on this: an index, a training, or a start that prepares the data. ' +
        `Try again when it is done. It holds ${file}.`,
      { cause: error },
    );
  }
  return () => {
    database.exec('rollback');
    database.close();
  };
}

/** The same without holding anything up: asks again until the lock is free. Rejects when `signal` fires. */
export async function waitForLock(file: string, signal: AbortSignal): Promise<() => void> {
  while (true) {
    try {
      return acquireLock(file);
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
    }
    await sleep(AGAIN, undefined, { signal });
  }
}
