import { setTimeout as sleep } from 'node:timers/promises';

const BUSY = 5;
/** Another process is putting the log in order after a kill. */
const BUSY_RECOVERY = BUSY | (1 << 8);

/** How long a write waits for another process's transactions, in milliseconds. */
const PATIENCE = 5000;

/** Milliseconds between two tries: whoever writes transaction after transaction leaves gaps of a few. */
const AGAIN = 1;

/**
 * Does `act`, again and again while another process holds the database, without holding the event loop meanwhile.
 * SQLite's own waiting does hold it, and sleeps so long between its tries that an import starves it for a second. What
 * was tried must leave nothing behind where it fails. Rejects with SQLite's error after `patience` milliseconds, and
 * at once with every other error, among them that a transaction has read what is no longer so.
 */
export async function whenFree<T>(act: () => T | Promise<T>, patience = PATIENCE): Promise<T> {
  for (const began = performance.now(); ; await sleep(AGAIN)) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error) || performance.now() - began > patience) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode === BUSY || errcode === BUSY_RECOVERY;
}
