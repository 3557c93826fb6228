import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../catalogue/sql/open.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import { exportCatalogue } from '../ingest/export.ts';
import { openTaskVectors } from './stores.ts';
import { DONE, type Task } from './task.ts';

/** Writes the catalogue to standard output as JSON Lines; with `--vectors` each movie's vector too. */
export const exportTask: Task = async (context) => {
  const { config, args, stop } = context;
  const { values } = parseArgs({
    args: [...args],
    options: { vectors: { type: 'boolean', default: false } },
  });
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const store = values.vectors && opened.adopt(await openTaskVectors(context), (each) => each.close());
  const vectors = store ? await store.current({ signal: stop }) : undefined;
  const catalogue = new SqlCatalogue(database);
  const lines = Readable.from(exportCatalogue({ catalogue, vectors, signal: stop }));
  try {
    await pipeline(lines, process.stdout, { end: false, signal: stop });
  } catch (error) {
    // Whoever reads has had enough, as `head` does: that is an end like any other.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
  return DONE;
};
