import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { writing } from '../../store/kysely.ts';
import type { PreferenceStore, ViewStore } from '../catalogue.ts';
import type { Schema } from './schema.ts';

const HASH_LENGTH = 10;

/** Bodies under the first 60 bits of their hash: the same body is stored once, whoever asks. */
export function sqlViews(db: Kysely<Schema>): ViewStore {
  return {
    async put(body) {
      const hash = createHash('sha256').update(body).digest('base64url').slice(0, HASH_LENGTH);
      const known = await db.selectFrom('view').select('hash').where('hash', '=', hash).executeTakeFirst();
      if (!known)
        await db
          .insertInto('view')
          .values({ hash, body })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      return hash;
    },
    async get(hash) {
      return (await db.selectFrom('view').select('body').where('hash', '=', hash).executeTakeFirst())?.body;
    },
  };
}

export function sqlPreferences(db: Kysely<Schema>): PreferenceStore {
  return {
    async language(owner) {
      const row = await db
        .selectFrom('preference')
        .select('language')
        .where('owner', '=', owner)
        .executeTakeFirst();
      return row?.language;
    },
    async setLanguage(owner, language) {
      if (language === undefined) await db.deleteFrom('preference').where('owner', '=', owner).execute();
      else
        await db
          .insertInto('preference')
          .values({ owner, language })
          .onConflict((conflict) => conflict.column('owner').doUpdateSet({ language }))
          .execute();
    },
    move: (from, to) =>
      writing(db, async (connection) => {
        await sql`update or ignore preference set owner = ${to} where owner = ${from}`.execute(connection);
        await connection.deleteFrom('preference').where('owner', '=', from).execute();
      }),
  };
}
