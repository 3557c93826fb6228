/**
 * Another process that writes vectors: `node other-process.ts FOLDER WHAT`. A test starts it; it is no test itself.
 */
import { EmbeddedStore } from '../../../src/vectors/embedded/embedded-store.ts';
import { aRecord, EAST_WEST, OTHER } from './records.ts';

const [folder, what] = process.argv.slice(2);
const store = await EmbeddedStore.open({ folder: folder! });
const index = await store.create(EAST_WEST);

if (what === 'change') {
  await index.upsert([aRecord('tt2', 5), aRecord('tt3', 10, { year: 1980 })]);
  await index.updateMetadata([{ id: 'tt1', metadata: { kind: 'movie', year: 2001 } }]);
  await index.delete(['tt4']);
} else if (what === 'switch') {
  await (await store.create(OTHER)).upsert([aRecord('tt9', 0)]);
  await store.activate(OTHER.id);
} else if (what === 'write for ever') {
  for (let i = 0; ; i++) {
    await index.upsert(Array.from({ length: 100 }, (_, at) => aRecord(`tt${i * 100 + at}`, at)));
    process.stdout.write(`${i}\n`);
  }
}
await store.close();
