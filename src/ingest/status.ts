import type { Catalogue, CatalogueStats } from '../catalogue/catalogue.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import { type IndexCounts, indexMovies } from './index-movies.ts';

export interface StatusOptions {
  readonly catalogue: Catalogue;
  readonly store: VectorStore;
  /** The one that the settings ask for. */
  readonly embedder: Embedder;
  readonly signal?: AbortSignal;
}

export interface Status {
  readonly catalogue: CatalogueStats;
  /** The embedder that the settings ask for. */
  readonly embedder: string;
  /** The index in use; absent before there was one. */
  readonly index?: { readonly embedder: string; readonly dimensions: number; readonly vectors: number };
  /** What `npm run index` would do now. */
  readonly stale: Pick<IndexCounts, 'embedded' | 'updated' | 'deleted'>;
}

/** What there is, and what is stale. Walks the catalogue and changes nothing. */
export async function readStatus({ catalogue, store, embedder, signal }: StatusOptions): Promise<Status> {
  const call = signal ? { signal } : {};
  const info = await (await store.current(call))?.info(call);
  const { embedded, updated, deleted } = await indexMovies({
    catalogue,
    embedder,
    store,
    lockFile: '', // a dry run takes no lock
    dryRun: true,
    ...call,
  });
  return {
    catalogue: await catalogue.stats(call),
    embedder: embedder.id,
    ...(info && { index: { embedder: info.embedder, dimensions: info.dimensions, vectors: info.count } }),
    stale: { embedded, updated, deleted },
  };
}
