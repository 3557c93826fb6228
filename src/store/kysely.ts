import type { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { StatementCache } from './sqlite.ts';

/** Kysely over Node's own SQLite: the same queries can stand on another of Kysely's dialects. */
export function kyselyOn<Schema>(database: DatabaseSync): Kysely<Schema> {
  const statements = new StatementCache(database);
  return new Kysely<Schema>({
    dialect: new SqliteDialect({
      database: {
        close: () => database.close(),
        prepare(sql) {
          const statement = statements.get(sql);
          const bound = (parameters: readonly unknown[]) => parameters as (string | number | null)[];
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...bound(parameters)),
            run: (parameters) => statement.run(...bound(parameters)),
            iterate: (parameters) => statement.iterate(...bound(parameters)),
          };
        },
      },
    }),
  });
}

/**
 * Moves what was written from SQLite's log into the database and empties the log. False where somebody else reads or
 * writes just then: nobody is waited for, as that would hold the event loop.
 */
export function emptyLog<Schema>(db: Kysely<Schema>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const before = await sql<{ timeout: number }>`pragma busy_timeout`.execute(connection);
    await sql`pragma busy_timeout = 0`.execute(connection);
    try {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection);
      return rows[0]?.busy === 0;
    } finally {
      await sql`pragma busy_timeout = ${sql.lit(before.rows[0]!.timeout)}`.execute(connection);
    }
  });
}

/**
 * Runs `write` in one transaction that holds the write lock from its beginning, so that what it reads first is still
 * true when it writes, whichever other process writes too. All of it is on disk once this resolves, or none.
 */
export function writing<Schema, T>(
  db: Kysely<Schema>,
  write: (connection: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    try {
      const result = await write(connection);
      await sql`commit`.execute(connection);
      return result;
    } catch (error) {
      // A full disk may have rolled the transaction back already: what failed first is what is told.
      await sql`rollback`.execute(connection).catch(() => {});
      throw error;
    }
  });
}
