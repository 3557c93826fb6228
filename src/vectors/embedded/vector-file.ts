import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MovieId } from '../../catalogue/movie.ts';
import { openSqlite, StatementCache } from '../../store/sqlite.ts';
import { type Metadata, metadataHash } from '../filter.ts';
import type { MetadataRecord, StoredState, VectorRecord } from '../vector-index.ts';
import type { EmbedderShape } from '../vector-store.ts';

/** A row as it is read into memory. */
export interface StoredRow {
  readonly id: MovieId;
  /** Absent where the vector was deleted: the row stays, so that other processes learn of it. */
  readonly values?: Float32Array;
  readonly metadata: Metadata;
}

/** How far a reader has come in the history of changes: rows are stamped with rising revisions. */
export interface Position {
  readonly revision: number;
  readonly row: number;
}

/** Rows to a transaction and to a read: either takes a few milliseconds, and the event loop runs in between. */
const CHUNK = 256;

const SCHEMA_VERSION = 1;

/** For counting: without it every vector would be gone past. */
const INDEX_OF_LIVING = 'create index if not exists vector_living on vector (row) where floats is not null';

const SCHEMA = `
  create table vector (
    row integer primary key,
    id text not null unique,
    revision integer not null,
    text_hash text not null,
    metadata_hash text not null,
    metadata text not null,
    floats blob
  ) strict;
  create index vector_by_revision on vector (revision, row);
  ${INDEX_OF_LIVING};
  create table about (embedder text not null, dimensions integer not null, revision integer not null) strict;
  pragma user_version = ${SCHEMA_VERSION};`;

const UPSERT = `
  insert into vector (id, revision, text_hash, metadata_hash, metadata, floats) values (?, ?, ?, ?, ?, ?)
  on conflict (id) do update set revision = excluded.revision, text_hash = excluded.text_hash,
    metadata_hash = excluded.metadata_hash, metadata = excluded.metadata, floats = excluded.floats`;

/** The vectors of one embedder in an SQLite file. Every write is a transaction of its own that raises the revision. */
export class VectorFile {
  readonly path: string;
  readonly embedder: string;
  readonly dimensions: number;
  readonly #database: DatabaseSync;
  readonly #statements: StatementCache;

  private constructor(path: string, database: DatabaseSync, about: { embedder: string; dimensions: number }) {
    this.path = path;
    this.#database = database;
    this.#statements = new StatementCache(database);
    this.embedder = about.embedder;
    this.dimensions = about.dimensions;
  }

  /**
   * Opens the file; makes it where `made` tells for which embedder. Throws `DamagedDatabase`, or an error that names
   * the file where it is another embedder's, a newer version's, or holds no index.
   */
  static open(path: string, made?: EmbedderShape): VectorFile {
    const database = openSqlite(path);
    try {
      if (made) createSchema(database, made);
      const version = database.prepare('pragma user_version').get()?.user_version as number;
      if (version !== SCHEMA_VERSION)
        throw new Error(
          version > SCHEMA_VERSION
            ? `${path} was written by a newer version of Kindred. Update Kindred.`
            : `${path} holds no index of vectors.`,
        );
      bringUpToDate(database);
      const about = database.prepare('select embedder, dimensions from about').get();
      return new VectorFile(path, database, about as { embedder: string; dimensions: number });
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get count(): number {
    return this.#number('select count(*) from vector where floats is not null');
  }

  /** Another one after every write, and no other file's: what was read is still so while it stays. */
  get state(): string {
    return `${this.#number('pragma application_id')} ${this.position.revision}`;
  }

  /** Changes whenever another connection wrote; costs microseconds. */
  get dataVersion(): number {
    return this.#number('pragma data_version');
  }

  /** Where a reader stands that has read everything. */
  get position(): Position {
    return { revision: this.#number('select revision from about'), row: Number.MAX_SAFE_INTEGER };
  }

  async upsert(records: readonly VectorRecord[], signal?: AbortSignal): Promise<void> {
    await this.#write(records, signal, (record, revision) => {
      const metadata = JSON.stringify(record.metadata);
      const floats = new Uint8Array(record.values.buffer, record.values.byteOffset, record.values.byteLength);
      this.#run(
        UPSERT,
        record.id,
        revision,
        record.textHash,
        metadataHash(record.metadata),
        metadata,
        floats,
      );
    });
  }

  async updateMetadata(records: readonly MetadataRecord[], signal?: AbortSignal): Promise<void> {
    const sql =
      'update vector set revision = ?, metadata_hash = ?, metadata = ? where id = ? and floats is not null';
    await this.#write(records, signal, ({ id, metadata }, revision) =>
      this.#run(sql, revision, metadataHash(metadata), JSON.stringify(metadata), id),
    );
  }

  async delete(ids: readonly MovieId[], signal?: AbortSignal): Promise<void> {
    const sql = `update vector set revision = ?, text_hash = '', metadata_hash = '', metadata = '{}', floats = null
      where id = ? and floats is not null`;
    await this.#write(ids, signal, (id, revision) => this.#run(sql, revision, id));
  }

  fetch(ids: readonly MovieId[]): Map<MovieId, Float32Array> {
    const statement = this.#rows('select floats from vector where id = ? and floats is not null');
    const found = new Map<MovieId, Float32Array>();
    for (const id of ids) {
      const row = statement.get(id) as unknown as [Uint8Array] | undefined;
      if (row) found.set(id, floatsOf(row[0]));
    }
    return found;
  }

  states(ids: readonly MovieId[]): Map<MovieId, StoredState> {
    const statement = this.#rows(
      'select text_hash, metadata_hash from vector where id = ? and floats is not null',
    );
    const found = new Map<MovieId, StoredState>();
    for (const id of ids) {
      const row = statement.get(id) as unknown as [string, string] | undefined;
      if (row) found.set(id, { textHash: row[0], metadataHash: row[1] });
    }
    return found;
  }

  /** Every row, in chunks, in the order in which they lie on disk. */
  async *all(): AsyncGenerator<StoredRow[]> {
    const statement = this.#rows(
      `select row, id, metadata, floats from vector where row > ? order by row limit ${CHUNK}`,
    );
    for (let after = 0; ; ) {
      const rows = statement.all(after) as unknown as [number, string, string, Uint8Array | null][];
      if (rows.length === 0) return;
      after = rows.at(-1)![0];
      yield rows.map(([, id, metadata, floats]) => storedRow(id, metadata, floats));
      await nextTurn();
    }
  }

  /** The next rows that changed after a position, oldest change first; none where the reader has read everything. */
  changesAfter(position: Position): { rows: StoredRow[]; position: Position } {
    const statement = this.#rows(
      `select revision, row, id, metadata, floats from vector
       where (revision, row) > (?, ?) order by revision, row limit ${CHUNK}`,
    );
    const changed = statement.all(position.revision, position.row) as unknown as [
      number,
      number,
      string,
      string,
      Uint8Array | null,
    ][];
    const last = changed.at(-1);
    return {
      rows: changed.map(([, , id, metadata, floats]) => storedRow(id, metadata, floats)),
      position: last ? { revision: last[0], row: last[1] } : position,
    };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  async #write<T>(
    items: readonly T[],
    signal: AbortSignal | undefined,
    write: (item: T, revision: number) => void,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += CHUNK) {
      if (start > 0) await nextTurn();
      signal?.throwIfAborted();
      this.#database.exec('begin immediate');
      try {
        const revision = this.#number('update about set revision = revision + 1 returning revision');
        for (const item of items.slice(start, start + CHUNK)) write(item, revision);
        this.#database.exec(`pragma application_id = ${newStamp()}`);
        this.#database.exec('commit');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('rollback');
        throw error;
      }
    }
  }

  #run(sql: string, ...values: (string | number | Uint8Array)[]): void {
    this.#statements.get(sql).run(...values);
  }

  #number(sql: string): number {
    return (this.#rows(sql).get() as unknown as [number])[0];
  }

  /** A statement that answers arrays: twice as fast as objects. */
  #rows(sql: string) {
    const statement = this.#statements.get(sql);
    statement.setReturnArrays(true);
    return statement;
  }
}

/** SQLite keeps a number of 31 bits for programs to tell their files by; 0 is what a file has that nobody stamped. */
function newStamp(): number {
  return randomInt(1, 2 ** 31);
}

/** Files of earlier versions get what they lack. */
function bringUpToDate(database: DatabaseSync): void {
  database.exec(INDEX_OF_LIVING);
  if (database.prepare('pragma application_id').get()?.application_id === 0)
    database.exec(`pragma application_id = ${newStamp()}`);
}

function createSchema(database: DatabaseSync, made: EmbedderShape): void {
  database.exec('begin immediate');
  try {
    if (database.prepare('pragma user_version').get()?.user_version === 0) {
      database.exec(SCHEMA);
      database.prepare('insert into about values (?, ?, 0)').run(made.id, made.dimensions);
    }
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function storedRow(id: MovieId, metadata: string, floats: Uint8Array | null): StoredRow {
  return { id, metadata: JSON.parse(metadata) as Metadata, ...(floats && { values: floatsOf(floats) }) };
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new Float32Array(
    aligned.buffer,
    aligned.byteOffset,
    aligned.byteLength / Float32Array.BYTES_PER_ELEMENT,
  );
}
