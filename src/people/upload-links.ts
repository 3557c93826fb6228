import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from '../catalogue/sql/schema.ts';

/** How long a link is good for, in milliseconds. */
export const LINK_LIFE = 15 * 60_000;

const TOKEN_BYTES = 16;

/**
 * One-time links through which somebody brings their history on the web page. Only a hash of each is kept: who reads
 * the database cannot use them.
 */
export interface UploadLinks {
  /** A new one for an account; those it had before are no longer good. Answers the secret part of its address. */
  create(owner: string, now: number): Promise<string>;
  /** Whether it is still good. */
  isGood(token: string, now: number): Promise<boolean>;
  /** Uses it up: of two at once one gets the account it is for. */
  redeem(token: string, now: number): Promise<Redeemed | undefined>;
  /** Whom a used one was for, until it would have ended: what it brought can be taken back where it was brought. */
  usedBy(token: string, now: number): Promise<string | undefined>;
  /** Makes it good again until it ends, where it was not forgotten since: what it was used for did not work. */
  giveBack(token: string): Promise<void>;
  /** Deletes those that are no longer good, whether they were used or not. */
  deleteEnded(now: number): Promise<void>;
}

interface Redeemed {
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export function sqlUploadLinks(db: Kysely<Schema>): UploadLinks {
  /** Whom a link is for that has not ended. */
  const ownerOf = async (token: string, { used }: { used: 0 | 1 }, now: number) => {
    const row = await db
      .selectFrom('upload_link')
      .select('owner')
      .where('hash', '=', hashOf(token))
      .where('expires', '>', now)
      .where('used', '=', used)
      .executeTakeFirst();
    return row?.owner;
  };
  return {
    async create(owner, now) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      await db
        .deleteFrom('upload_link')
        .where((eb) => eb.or([eb('owner', '=', owner), eb('expires', '<=', now)]))
        .execute();
      await db
        .insertInto('upload_link')
        .values({ hash: hashOf(token), owner, expires: now + LINK_LIFE })
        .execute();
      return token;
    },
    isGood: async (token, now) => (await ownerOf(token, { used: 0 }, now)) !== undefined,
    redeem: (token, now) =>
      db
        .updateTable('upload_link')
        .set({ used: 1 })
        .where('hash', '=', hashOf(token))
        .where('expires', '>', now)
        .where('used', '=', 0)
        .returning(['owner', 'expires'])
        .executeTakeFirst(),
    usedBy: (token, now) => ownerOf(token, { used: 1 }, now),
    async giveBack(token) {
      await db.updateTable('upload_link').set({ used: 0 }).where('hash', '=', hashOf(token)).execute();
    },
    async deleteEnded(now) {
      await db.deleteFrom('upload_link').where('expires', '<=', now).execute();
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(`upload ${token}`).digest('base64url');
}
