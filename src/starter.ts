import { sql } from 'kysely';
import type { OpenDatabase } from './catalogue/sql/open.ts';
import type { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import { loadStarter, starterHash } from './catalogue/starter.ts';
import type { Embedder } from './embedding/embedder.ts';
import { indexMovies } from './ingest/index-movies.ts';
import { SHIPPED } from './paths.ts';
import type { VectorStore } from './vectors/vector-store.ts';

interface StarterParts {
  readonly database: OpenDatabase;
  readonly catalogue: SqlCatalogue;
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
  readonly lockFile: string;
  readonly onProgress?: ((note: string) => void) | undefined;
}

/** Described movies up to which a start makes the index by itself; more is work for `npm run index`. */
const SMALL_CATALOGUE = 5000;

/**
 * Loads the starter catalogue where it is new or was changed, and makes the index where there is none or another
 * embedder is to be used and the catalogue is small. On any other start this costs two tiny queries.
 */
export async function prepareStarter(parts: StarterParts): Promise<void> {
  const { database, catalogue, embedder, vectors, onProgress } = parts;
  const shipped = await starterHash(SHIPPED.starter);
  const loaded = await readLoaded(database);
  if (loaded !== shipped) {
    onProgress?.('Loading the starter catalogue…');
    await loadStarter(catalogue, SHIPPED.starter);
    await catalogue.refreshPopularity();
  }
  const index = await vectors.current();
  const stale = loaded !== shipped || !index || (await index.info()).embedder !== embedder.id;
  if (stale && (await catalogue.stats()).described <= SMALL_CATALOGUE) {
    onProgress?.('Making the vector index…');
    await indexMovies({ catalogue, embedder, store: vectors, lockFile: parts.lockFile });
  }
  // Remembered last: a start that was killed half-way does its work again, which changes nothing twice.
  if (loaded !== shipped) await writeLoaded(database, shipped);
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
