import type { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Obstacle } from '../../errors.ts';
import { kyselyOn } from '../../store/kysely.ts';
import { acquireLock } from '../../store/lock.ts';
import { openSqlite } from '../../store/sqlite.ts';
import { MIGRATIONS, type Schema } from './schema.ts';

/** The database was written by a newer Kindred. Nothing in it was changed. */
export class NewerSchema extends Obstacle {
  override readonly name = 'NewerSchema';
}

export interface OpenDatabase {
  readonly db: Kysely<Schema>;
  /** The connection below, for the one or two things SQLite alone can do. */
  readonly sqlite: DatabaseSync;
  close(): Promise<void>;
}

const LOCK_WAIT_MS = 20_000;

/**
 * Opens the catalogue's database and brings its schema up to date, one process at a time. Throws `DamagedDatabase`
 * or {@link NewerSchema}, both naming the file.
 */
export async function openDatabase(file: string): Promise<OpenDatabase> {
  const sqlite = openSqlite(file);
  // Indexes are written in no order, so an import needs its pages at hand; it checkpoints by itself, between
  // transactions, long before this many pages of log.
  sqlite.exec('pragma cache_size = -32768; pragma wal_autocheckpoint = 65536');
  // What is deleted about people must not stay readable in the file.
  sqlite.exec('pragma secure_delete = on');
  const db = kyselyOn<Schema>(sqlite);
  const release = file === ':memory:' ? () => {} : acquireLock(`${file}.lock`, LOCK_WAIT_MS);
  try {
    await migrate(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  } finally {
    release();
  }
  return { db, sqlite, close: () => db.destroy() };
}

async function migrate(db: Kysely<Schema>, file: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const applied = await appliedMigrations(db);
  const newer = applied.find((name) => !(name in MIGRATIONS));
  if (newer)
    throw new NewerSchema(
      `${file} was written by a newer version of Kindred (it has "${newer}"). Update Kindred.`,
    );
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function appliedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const untyped = db as unknown as Kysely<{ kysely_migration: { name: string } }>;
  return (await untyped.selectFrom('kysely_migration').select('name').execute()).map((row) => row.name);
}
