import { readMeta, writeMeta } from './catalogue/sql/meta.ts';
import type { OpenDatabase } from './catalogue/sql/open.ts';
import type { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import { loadStarter, starterHash } from './catalogue/starter.ts';
import { SHIPPED } from './paths.ts';

export interface StarterParts {
  readonly database: OpenDatabase;
  readonly catalogue: SqlCatalogue;
  readonly onProgress?: ((note: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Under what the database keeps which starter catalogue it holds. */
const LOADED = 'starter';

/**
 * Loads the starter catalogue where it is new or was changed. Answers what has to be called when its films have their
 * vectors: whoever is killed before that does the work again, which changes nothing twice. `undefined` where nothing was
 * to do.
 */
export async function bringStarter({
  database,
  catalogue,
  onProgress,
  signal,
}: StarterParts): Promise<(() => Promise<void>) | undefined> {
  const shipped = await missingStarter(database);
  if (shipped === undefined) return undefined;
  onProgress?.('Loading the starter catalogue…');
  await loadStarter(catalogue, SHIPPED.starter, signal ? { signal } : {});
  await catalogue.refreshPopularity(signal ? { signal } : {});
  return () => writeMeta(database.db, LOADED, shipped);
}

/** The starter catalogue that is still to be loaded, by its hash; `undefined` where it is there. */
export async function missingStarter({ db }: Pick<OpenDatabase, 'db'>): Promise<number | undefined> {
  const shipped = await starterHash(SHIPPED.starter);
  return (await readMeta(db, LOADED)) === shipped ? undefined : shipped;
}
