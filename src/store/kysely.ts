import type { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
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
