import { readStatus } from '../ingest/status.ts';
import { openStores } from './stores.ts';
import { DONE, expectNoArguments, type Task } from './task.ts';

/** Says what is there and what is stale, one fact a line. */
export const status: Task = async (context) => {
  const { args, stop } = context;
  expectNoArguments('status', args);
  await using stores = await openStores(context, { onlyCounts: true });
  const { catalogue, embedder, vectors: store } = stores;
  const found = await readStatus({ catalogue, embedder, store, signal: stop });
  const { index, stale } = found;
  const waiting = stale.embedded + stale.updated + stale.deleted;
  const facts: [string, string | number][] = [
    ['movies', found.catalogue.movies],
    ['shows', found.catalogue.shows],
    ['titles', found.catalogue.titles],
    ['described', found.catalogue.described],
    ['vectors', index?.vectors ?? 0],
    ['vector store', (await store.status?.({ signal: stop })) ?? 'embedded'],
    ['embedder', found.embedder],
    ['index made by', index?.embedder ?? 'nothing yet'],
    [
      'stale',
      waiting === 0
        ? 'nothing'
        : `${stale.embedded} to embed, ${stale.updated} to update, ${stale.deleted} to delete`,
    ],
  ];
  for (const [name, value] of facts) process.stdout.write(`${name.padEnd(14)} ${value}\n`);
  if (waiting > 0) process.stdout.write('Run "npm run index" to bring the vectors up to date.\n');
  return DONE;
};
