import { EmbeddedStore, type EmbeddedStoreOptions } from './embedded/embedded-store.ts';
import type { VectorStore } from './vector-store.ts';

/** Opens the place where vectors live. A new vector store is one file and one line here. */
export function openVectorStore(options: { readonly embedded: EmbeddedStoreOptions }): Promise<VectorStore> {
  return EmbeddedStore.open(options.embedded);
}
