import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportCatalogue } from '../ingest/export.ts';
import { openStores } from './stores.ts';
import { DONE, type Task } from './task.ts';

/** Writes the catalogue to standard output as JSON Lines; with `--vectors` each movie's vector too. */
export const exportTask: Task = async ({ config, args, log, stop }) => {
  const { values } = parseArgs({
    args: [...args],
    options: { vectors: { type: 'boolean', default: false } },
  });
  await using stores = await openStores(config, log);
  const vectors = values.vectors ? await stores.vectors.current() : undefined;
  const lines = Readable.from(exportCatalogue({ catalogue: stores.catalogue, vectors, signal: stop }));
  try {
    await pipeline(lines, process.stdout, { end: false, signal: stop });
  } catch (error) {
    // Whoever reads has had enough, as `head` does: that is an end like any other.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
  return DONE;
};
