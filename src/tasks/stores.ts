import { type OpenDatabase, openDatabase } from '../catalogue/sql/open.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { openEmbedders } from '../embedding/open.ts';
import { SHIPPED, writtenPaths } from '../paths.ts';
import { openVectorStore } from '../vectors/open.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import type { TaskContext } from './task.ts';

/** What a task works with; nothing of it is kept in memory for answering people. */
export interface Stores extends AsyncDisposable {
  readonly database: OpenDatabase;
  readonly catalogue: SqlCatalogue;
  readonly vectors: VectorStore;
  /** The one that the settings ask for. */
  readonly embedder: Embedder;
}

type OpeningContext = Pick<TaskContext, 'config' | 'log' | 'stop'>;

export interface OpenStoresOptions {
  /** Hears how many milliseconds a quota makes the embedder wait. */
  readonly onWait?: (milliseconds: number) => void;
  /** Nothing is going to be embedded: no request is spent on whether the embedder works. */
  readonly onlyCounts?: boolean;
}

/** Opens the stores for a task. Rejects with the reason of its `stop`. */
export async function openStores(
  context: OpeningContext,
  { onWait, onlyCounts = false }: OpenStoresOptions = {},
): Promise<Stores> {
  const { config, log, stop } = context;
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const vectors = opened.adopt(await openTaskVectors(context), (each) => each.close());
  const [embedder] = await openEmbedders({
    gemini: config.gemini,
    words: SHIPPED.words,
    log,
    check: !onlyCounts,
    signal: stop,
    ...(onWait && { onWait }),
  });
  const kept = opened.move();
  return {
    database,
    catalogue: new SqlCatalogue(database),
    vectors,
    embedder,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Opens the vector store alone. */
export function openTaskVectors({ config, log, stop }: OpeningContext): Promise<VectorStore> {
  return openVectorStore({
    embedded: { folder: writtenPaths(config).vectors },
    pinecone: config.pinecone && { config: config.pinecone, log, signal: stop },
  });
}
