import type { Kysely } from 'kysely';
import { raiseMeta, readMeta } from '../catalogue/sql/meta.ts';
import type { Schema } from '../catalogue/sql/schema.ts';
import { emptyLog, writing } from '../store/kysely.ts';
import { forgetImports } from './sql-imports.ts';
import { forgetNights } from './sql-nights.ts';

/** Deletes what is held about people. */
export interface Forgetting {
  /**
   * Deletes everything held about an account, all or nothing; answers how many opinions that were. What else is under
   * way for it, in any process, writes nothing any more.
   */
  forget(owner: string): Promise<number>;
  /**
   * SQLite's log of changes goes on holding what was deleted until it is emptied, which whoever reads the database just
   * then prevents. Tries again where that is still to be done, whichever process deleted something.
   */
  emptyLog(): Promise<void>;
}

export function sqlForgetting(db: Kysely<Schema>): Forgetting {
  const tryToEmpty = async () => {
    const [forgotten, emptied] = [await count(db, FORGOTTEN), await count(db, LOG_EMPTIED)];
    if (forgotten > emptied && (await emptyLog(db))) await raiseMeta(db, LOG_EMPTIED, forgotten);
  };
  return {
    emptyLog: tryToEmpty,
    async forget(owner) {
      const opinions = await writing(db, async (connection) => {
        await forgetNights(connection, owner);
        await forgetImports(connection, owner);
        for (const table of ['preference', 'upload_link'] as const)
          await connection.deleteFrom(table).where('owner', '=', owner).execute();
        const { numDeletedRows } = await connection
          .deleteFrom('opinion')
          .where('owner', '=', owner)
          .executeTakeFirstOrThrow();
        await raiseMeta(connection, FORGOTTEN, (await count(connection, FORGOTTEN)) + 1);
        return Number(numDeletedRows);
      });
      // It is deleted, whatever becomes of the log now: that is tried again.
      await tryToEmpty().catch(() => {});
      return opinions;
    },
  };
}

/** How often people were forgotten, and how many of those times the log was emptied since. */
const [FORGOTTEN, LOG_EMPTIED] = ['forgotten', 'log_emptied'];

async function count(db: Kysely<Schema>, key: string): Promise<number> {
  return (await readMeta(db, key)) ?? 0;
}
