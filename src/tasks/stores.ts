import type { Logger } from 'pino';
import { openDatabase } from '../catalogue/sql/open.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import type { Config } from '../config.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { openEmbedders } from '../embedding/open.ts';
import { SHIPPED, writtenPaths } from '../paths.ts';
import { openVectorStore } from '../vectors/open.ts';
import type { VectorStore } from '../vectors/vector-store.ts';

/** What a task works with; nothing of it is kept in memory for answering people. */
export interface Stores extends AsyncDisposable {
  readonly catalogue: SqlCatalogue;
  readonly vectors: VectorStore;
  /** The one that the settings ask for. */
  readonly embedder: Embedder;
}

/** Opens the stores for a task. `onWait` hears how many milliseconds a quota makes the embedder wait. */
export async function openStores(
  config: Config,
  log: Logger,
  onWait?: (milliseconds: number) => void,
): Promise<Stores> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const vectors = opened.adopt(
    await openVectorStore({
      embedded: { folder: writtenPaths(config).vectors },
      pinecone: config.pinecone && { config: config.pinecone, log },
    }),
    (each) => each.close(),
  );
  const [embedder] = await openEmbedders({
    gemini: config.gemini,
    words: SHIPPED.words,
    log,
    ...(onWait && { onWait }),
  });
  const kept = opened.move();
  return {
    catalogue: new SqlCatalogue(database),
    vectors,
    embedder,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
