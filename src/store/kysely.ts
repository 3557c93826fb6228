import type { DatabaseSync } from 'node:sqlite';
import { type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver, sql } from 'kysely';
import { StatementCache } from './sqlite.ts';
import { whenFree } from './when-free.ts';

/**
 * Kysely over Node's own SQLite: the same queries can stand on another of Kysely's dialects. Where another process
 * writes, a query waits for it without holding the event loop; what uses the connection directly has to do the same.
 */
export function kyselyOn<Schema>(database: DatabaseSync): Kysely<Schema> {
  database.exec('pragma busy_timeout = 0');
  return new Kysely<Schema>({ dialect: new PatientDialect({ database: asKyselyTakesIt(database) }) });
}

type KyselyDatabase = Exclude<ConstructorParameters<typeof SqliteDriver>[0]['database'], () => unknown>;

function asKyselyTakesIt(database: DatabaseSync): KyselyDatabase {
  const statements = new StatementCache(database);
  return {
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
  };
}

class PatientDialect extends SqliteDialect {
  readonly #database: KyselyDatabase;

  constructor({ database }: { database: KyselyDatabase }) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new PatientDriver({ database: this.#database });
  }
}

class PatientDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: (query) => whenFree(() => connection.executeQuery(query)),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }
}

/** Runs statements of the connection itself while no query has it open; waits for other processes as queries do. */
export function onConnection<Schema, T>(db: Kysely<Schema>, act: () => T): Promise<T> {
  return db.connection().execute(() => whenFree(act));
}

/**
 * Moves what was written from SQLite's log into the database and empties the log. False where somebody else reads or
 * writes just then: nobody is waited for, as that would hold the event loop.
 */
export async function emptyLog<Schema>(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  return rows[0]?.busy === 0;
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
