import type { PineconeStore } from '../../../src/vectors/pinecone/pinecone-store.ts';
import { DIMENSIONS, EMBEDDER, vectorIndexContract } from '../../contracts/vector-index.ts';
import { vectorStoreContract } from '../../contracts/vector-store.ts';
import { FakePinecone } from '../../fakes/pinecone.ts';
import { openPinecone } from './setup.ts';

async function aPlace() {
  const fake = await FakePinecone.start();
  const stores: PineconeStore[] = [];
  const open = async (serve = false) => {
    const store = await openPinecone(fake, { serve });
    stores.push(store);
    return store;
  };
  const close = async () => {
    for (const store of stores) await store.close();
    await fake.stop();
  };
  return { open, close };
}

vectorIndexContract('a Pinecone index', async () => {
  const { open, close } = await aPlace();
  const index = await (await open()).create({ id: EMBEDDER, dimensions: DIMENSIONS });
  return { index, close };
});

vectorStoreContract('the Pinecone store', async () => {
  const { open, close } = await aPlace();
  return { store: await open(), openAnother: () => open(true), close };
});
