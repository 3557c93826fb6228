import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Obstacle } from '../errors.ts';
import { readableError } from './sqlite.ts';

const BUSY = 5;

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
    throw new Locked(`${file} is held by another process`, { cause: error });
  }
  return () => {
    database.exec('rollback');
    database.close();
  };
}
