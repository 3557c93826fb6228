import { randomInt } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { CATALOGUE_ID } from '../catalogue/sql/meta.ts';
import { Obstacle } from '../errors.ts';
import { BUSY_TIMEOUT, readableError } from '../store/sqlite.ts';
import { removeAbandoned, removeTemporary, temporaryFor } from '../store/whole-file.ts';

/** There is something under the name already; a backup replaces nothing. */
export class FileExists extends Obstacle {
  override readonly name = 'FileExists';
}

/** Pages to a step: others write in between. */
const PAGES = 1000;

/**
 * A consistent copy of a catalogue's database, taken while others read and write it. It has an id of its own, and its
 * name only once it is whole. Rejects with {@link FileExists}, and with an `Obstacle` that names the file that cannot
 * be read or written.
 */
export async function backupDatabase(from: string, to: string): Promise<void> {
  refuseToReplace(to);
  await removeAbandoned(to);
  const unfinished = temporaryFor(to);
  const database = openToRead(from);
  try {
    // Reading from one state to the end: otherwise each write of another process makes SQLite begin the copy anew.
    database.exec('begin; select count(*) from sqlite_schema');
    await backup(database, unfinished, { rate: PAGES });
    nameAnew(unfinished);
    // Another backup of this name may have been quicker: nothing comes between these two.
    refuseToReplace(to);
    renameSync(unfinished, to);
  } catch (error) {
    await removeTemporary(unfinished);
    throw readableError(error, to);
  } finally {
    database.close();
  }
}

/**
 * What comes of the copy goes another way than what it was made of: with another id, nothing that was made from the one
 * is taken for the other's.
 */
function nameAnew(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec(`update meta set value = ${randomInt(2 ** 48 - 1)} where key = '${CATALOGUE_ID}'`);
  } finally {
    database.close();
  }
}

function openToRead(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // Whoever opens it after a crash, or closes it last, has it alone for a moment.
    database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT });
    database.prepare('select count(*) from sqlite_schema').get(); // finds out what is no database
    return database;
  } catch (error) {
    database?.close();
    throw readableError(error, file);
  }
}

function refuseToReplace(file: string): void {
  if (existsSync(file))
    throw new FileExists(`${file} is there already; choose another name or move it away.`);
}
