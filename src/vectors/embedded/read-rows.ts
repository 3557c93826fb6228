import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { IndexUnavailable } from '../vector-index.ts';
import { type PackedRows, Rows } from './rows.ts';
import type { Position, VectorFile } from './vector-file.ts';

/** Fewer are read here in less time than a worker takes to start. */
const WORTH_A_WORKER = 5000;

/** All vectors of a file, and how far in its history of changes they are. */
export interface RowsAt {
  readonly rows: Rows;
  readonly position: Position;
}

/** What the worker answers. */
export interface PackedAt {
  readonly packed: PackedRows;
  readonly position: Position;
}

/**
 * Reads a whole file into memory: many vectors on another core, while this one goes on with what else there is to do.
 * Rejects with the signal's reason once it fires, and with `IndexUnavailable` where the file cannot be read.
 */
export async function readRows(file: VectorFile, signal: AbortSignal): Promise<RowsAt> {
  if (file.lastRow < WORTH_A_WORKER) return readFrom(file, signal);
  const worker = new Worker(new URL('./read-rows-worker.ts', import.meta.url), { workerData: file.path });
  try {
    const [{ packed, position }] = (await once(worker, 'message', { signal })) as [PackedAt];
    return { rows: new Rows(file.dimensions, packed), position };
  } catch (error) {
    signal.throwIfAborted();
    throw new IndexUnavailable('the file with the vectors cannot be read', { cause: error });
  } finally {
    await worker.terminate();
  }
}

/** The same on this thread, in pieces between which the event loop runs. */
export async function readFrom(file: VectorFile, signal?: AbortSignal): Promise<RowsAt> {
  const rows = new Rows(file.dimensions);
  const { position } = file;
  for await (const chunk of file.all()) {
    signal?.throwIfAborted();
    for (const row of chunk) if (row.values) rows.set(row.id, row.values, row.metadata);
  }
  return { rows, position };
}
