import { EmbeddedStore, type EmbeddedStoreOptions } from './embedded/embedded-store.ts';
import type { PineconeStoreOptions } from './pinecone/pinecone-store.ts';
import type { VectorStore } from './vector-store.ts';

export interface OpenVectorStoreOptions {
  readonly embedded: EmbeddedStoreOptions;
  /** Vectors live there instead. */
  readonly pinecone?: PineconeStoreOptions | undefined;
}

/** Opens the place where vectors live. A new vector store is one file and one line here. */
export async function openVectorStore(options: OpenVectorStoreOptions): Promise<VectorStore> {
  if (options.pinecone) {
    // Its client takes a tenth of a second to load: only where it is used.
    const { PineconeStore } = await import('./pinecone/pinecone-store.ts');
    return PineconeStore.open(options.pinecone);
  }
  return EmbeddedStore.open(options.embedded);
}

/** The embedded vectors beside another store, where there are any: they answer while that cannot be reached. */
export async function openSpareStore({
  embedded,
  pinecone,
}: OpenVectorStoreOptions): Promise<VectorStore | undefined> {
  if (!pinecone) return undefined;
  const spare = await EmbeddedStore.open(embedded);
  if (await spare.current()) return spare;
  await spare.close();
  return undefined;
}
