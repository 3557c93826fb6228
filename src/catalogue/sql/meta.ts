import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Under what a catalogue keeps the number that no other one has. */
export const CATALOGUE_ID = 'catalogue';

type Db = Pick<Kysely<Schema>, 'selectFrom' | 'insertInto'>;

/** A number that the database keeps about itself; `undefined` where it was never set. */
export async function readMeta(db: Db, key: string): Promise<number | undefined> {
  return (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
}

export async function writeMeta(db: Db, key: string, value: number): Promise<void> {
  await put(db, key, value, sql`excluded.value`);
}

/** Sets a number unless it is higher already: another process may have been quicker. */
export async function raiseMeta(db: Db, key: string, value: number): Promise<void> {
  await put(db, key, value, sql`max(meta.value, excluded.value)`);
}

async function put(
  db: Db,
  key: string,
  value: number,
  stored: ReturnType<typeof sql<number>>,
): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: stored }))
    .execute();
}
