import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { OpenDatabase } from './catalogue/sql/open.ts';
import type { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import { loadStarter, starterHash } from './catalogue/starter.ts';
import type { Embedder } from './embedding/embedder.ts';
import { FAR_AWAY, indexMovies } from './ingest/index-movies.ts';
import { SHIPPED } from './paths.ts';
import { IndexUnavailable } from './vectors/vector-index.ts';
import type { VectorStore } from './vectors/vector-store.ts';

interface StarterParts {
  readonly database: OpenDatabase;
  readonly catalogue: SqlCatalogue;
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
  readonly lockFile: string;
  /** Store or embedder are reached over the network. */
  readonly far: boolean;
  readonly log: Logger;
  readonly onProgress?: ((note: string) => void) | undefined;
}

/** Described movies up to which a start makes the index by itself; more is work for `npm run index`. */
const SMALL_CATALOGUE = 5000;

/**
 * Loads the starter catalogue where it is new or was changed, and makes the index where there is none or another
 * embedder is to be used and the catalogue is small. On any other start this costs two tiny queries.
 */
export async function prepareStarter(parts: StarterParts): Promise<void> {
  const { database, catalogue, onProgress } = parts;
  const shipped = await starterHash(SHIPPED.starter);
  const loaded = await readLoaded(database);
  if (loaded !== shipped) {
    onProgress?.('Loading the starter catalogue…');
    await loadStarter(catalogue, SHIPPED.starter);
    await catalogue.refreshPopularity();
  }
  await makeIndex(parts, loaded !== shipped);
  // Remembered last: a start that was killed half-way does its work again, which changes nothing twice.
  if (loaded !== shipped) await writeLoaded(database, shipped);
}

/** Brings a small catalogue's index up to date. A store that is down keeps nobody from starting: it may come back. */
async function makeIndex(parts: StarterParts, changed: boolean): Promise<void> {
  const { catalogue, embedder, vectors, lockFile, far, onProgress } = parts;
  try {
    const index = await vectors.current();
    const stale = changed || !index || (await index.info()).embedder !== embedder.id;
    if (!stale || (await catalogue.stats()).described > SMALL_CATALOGUE) return;
    onProgress?.('Making the vector index…');
    await indexMovies({ catalogue, embedder, store: vectors, lockFile, ...(far && FAR_AWAY) });
  } catch (error) {
    if (!(error instanceof IndexUnavailable)) throw error;
    parts.log.warn({ err: error }, 'the vector index cannot be reached; run "npm run index" when it is back');
  }
}

const KEY = 'starter';

async function readLoaded({ db }: OpenDatabase): Promise<number | undefined> {
  return (await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst())?.value;
}

async function writeLoaded({ db }: OpenDatabase, value: number): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: sql`excluded.value` }))
    .execute();
}
