import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import { kyselyOn, writing } from '../../src/store/kysely.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { whenFree } from '../../src/store/when-free.ts';

interface Schema {
  note: { text: string };
}

/** Two processes' connections to one database, as far as SQLite can tell. */
function twoConnections() {
  const file = join(mkdtempSync(join(inject('scratch'), 'busy-')), 'shared.db');
  const other = openSqlite(file);
  other.exec('create table note (text text not null) strict');
  const mine = openSqlite(file);
  return { mine, db: kyselyOn<Schema>(mine), other };
}

describe('a write while another process writes', () => {
  it('waits for its end, and the event loop runs meanwhile', async () => {
    const { db, other } = twoConnections();
    other.exec("begin immediate; insert into note values ('theirs')");
    let isDone = false;
    const single = db.insertInto('note').values({ text: 'ours' }).execute();
    const transaction = writing(db, (connection) =>
      connection.insertInto('note').values({ text: 'ours, too' }).execute(),
    ).then(() => {
      isDone = true;
    });
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    expect(isDone).toBe(false);
    other.exec('commit');
    await Promise.all([single, transaction]);
    const notes = await db.selectFrom('note').select('text').execute();
    expect(notes.map(({ text }) => text)).toEqual(['theirs', 'ours', 'ours, too']);
  });

  it('does not keep anybody from reading on another connection', async () => {
    const { db, other } = twoConnections();
    other.exec("begin immediate; insert into note values ('theirs')");
    expect(await db.selectFrom('note').selectAll().execute()).toEqual([]);
    other.exec('commit');
  });

  it('gives up with the reason when that takes too long', async () => {
    const { mine, other } = twoConnections();
    other.exec('begin immediate');
    await expect(whenFree(() => mine.exec('begin immediate'), 5)).rejects.toThrow('database is locked');
  });

  it('fails at once where it has read what is no longer so: trying again could not help', async () => {
    const { db, other } = twoConnections();
    const late = db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection);
      await connection.selectFrom('note').selectAll().execute();
      other.exec("insert into note values ('theirs')");
      await connection.insertInto('note').values({ text: 'ours' }).execute();
    });
    await expect(late).rejects.toMatchObject({ errcode: 517 });
  });
});
