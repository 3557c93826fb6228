import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedStore } from '../../../src/vectors/embedded/embedded-store.ts';
import { DIMENSIONS, EMBEDDER, vectorIndexContract } from '../../contracts/vector-index.ts';
import { vectorStoreContract } from '../../contracts/vector-store.ts';

async function aPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-vectors-'));
  const stores: EmbeddedStore[] = [];
  const open = async () => {
    const store = await EmbeddedStore.open({ folder, serve: true, followEvery: 20 });
    stores.push(store);
    return store;
  };
  const close = async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  };
  return { open, close };
}

vectorIndexContract('the embedded index', async () => {
  const { open, close } = await aPlace();
  const index = await (await open()).create({ id: EMBEDDER, dimensions: DIMENSIONS });
  return { index, close };
});

vectorStoreContract('the embedded store', async () => {
  const { open, close } = await aPlace();
  return { store: await open(), openAnother: open, close };
});
