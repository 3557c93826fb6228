import type { Kysely } from 'kysely';
import type { Revision } from '../catalogue.ts';
import type { Schema } from './schema.ts';

/** Raises the catalogue's revision. The first statement of every write: from here on nobody else writes. */
export async function nextRevision(db: Kysely<Schema>): Promise<Revision> {
  const row = await db
    .updateTable('meta')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('key', '=', 'revision')
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}
