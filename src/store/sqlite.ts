import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Obstacle } from '../errors.ts';

/** The file is no database, or a damaged one. It is left as it is. */
export class DamagedDatabase extends Obstacle {
  override readonly name = 'DamagedDatabase';
}

/** How long what uses the connection directly waits for another process's transaction, in milliseconds. */
export const BUSY_TIMEOUT = 5000;

/**
 * Opens an SQLite file in WAL mode, so that one process can write while others read. Creates folder and file where
 * they are missing. Throws {@link DamagedDatabase} that names the file, before anything in it is changed.
 */
export function openSqlite(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    // Reading the schema first finds a damaged file before a pragma could write to it.
    database.prepare('select count(*) from sqlite_schema').get();
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
    return database;
  } catch (error) {
    database?.close();
    throw readableError(error, file);
  }
}

const NOT_A_DATABASE = 26;
const CORRUPT = 11;

/** What SQLite says of a file, in a sentence that names it. */
export function readableError(error: unknown, file: string): unknown {
  const code = (error as { errcode?: number }).errcode;
  if (code === undefined) return error;
  if ((code & 0xff) === NOT_A_DATABASE || (code & 0xff) === CORRUPT)
    return new DamagedDatabase(
      `${file} is not a readable database. It was left as it is; move it away to start anew.`,
      {
        cause: error,
      },
    );
  return new Obstacle(`${file} cannot be opened as a database: ${(error as Error).message}`, {
    cause: error,
  });
}

/** Prepared statements by their text: preparing costs more than running most of ours. */
export class StatementCache {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= 200) this.#statements.delete(this.#statements.keys().next().value!);
    this.#statements.set(sql, statement);
    return statement;
  }
}
