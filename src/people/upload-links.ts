import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../catalogue/sql/schema.ts';

/** How long a link is good for, in milliseconds. */
export const LINK_LIFE = 15 * 60_000;

/** A history is read to its end within this time, in milliseconds, also where its link ends meanwhile. */
const READING = 60_000;

const TOKEN_BYTES = 16;

/**
 * One-time links through which somebody brings their history on the web page. Only a hash of each is kept: who reads
 * the database cannot use them. One that is used also says that a history is being read, until the account is forgotten.
 */
export interface UploadLinks {
  /** A new one for an account; those it had before and did not use are no longer good. Answers the secret part of its address. */
  create(owner: string, now: number): Promise<string>;
  /** Whether it is still good. */
  isGood(token: string, now: number): Promise<boolean>;
  /** Uses it up: of two at once one gets the account it is for. */
  redeem(token: string, now: number): Promise<Upload | undefined>;
  /** Notes that a history is read which came without a link; `end` is to be called after that. */
  begin(owner: string, now: number): Promise<Upload>;
  end(upload: Upload): Promise<void>;
  /** Whom a used one was for, until it would have ended: what it brought can be taken back where it was brought. */
  usedBy(token: string, now: number): Promise<string | undefined>;
  /**
   * Makes it good again until it ends: what it was used for did not work. It stays gone where it was forgotten since,
   * or where the account has another one.
   */
  giveBack(token: string): Promise<void>;
  /** Those held of an account, also what says that a history is being read: when each ends, the first to end first. */
  of(owner: string): Promise<number[]>;
  /** Deletes those that are no longer good, whether they were used or not. */
  deleteEnded(now: number): Promise<void>;
}

/** A history that is being read, for as long as a row of its own says so. */
export interface Upload {
  readonly owner: string;
  /** Of that row. */
  readonly hash: string;
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
      const token = newToken();
      await db
        .deleteFrom('upload_link')
        .where((eb) =>
          eb.or([eb.and([eb('owner', '=', owner), eb('used', '=', 0)]), eb('expires', '<=', now)]),
        )
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
        .set({ used: 1, expires: sql`max(expires, ${now + READING})` })
        .where('hash', '=', hashOf(token))
        .where('expires', '>', now)
        .where('used', '=', 0)
        .returning(['owner', 'hash'])
        .executeTakeFirst(),
    async begin(owner, now) {
      const upload = { owner, hash: hashOf(newToken()) };
      await db
        .insertInto('upload_link')
        .values({ ...upload, expires: now + LINK_LIFE, used: 1 })
        .execute();
      return upload;
    },
    async end({ hash }) {
      await db.deleteFrom('upload_link').where('hash', '=', hash).execute();
    },
    usedBy: (token, now) => ownerOf(token, { used: 1 }, now),
    async giveBack(token) {
      await db
        .updateTable('upload_link')
        .set({ used: 0 })
        .where('hash', '=', hashOf(token))
        .where(sql<boolean>`owner not in (select owner from upload_link where used = 0)`)
        .execute();
    },
    async of(owner) {
      const rows = await db
        .selectFrom('upload_link')
        .select('expires')
        .where('owner', '=', owner)
        .orderBy('expires')
        .execute();
      return rows.map(({ expires }) => expires);
    },
    async deleteEnded(now) {
      await db.deleteFrom('upload_link').where('expires', '<=', now).execute();
    },
  };
}

/** Whether the account was not forgotten since. */
export async function isStanding(connection: Kysely<Schema>, { owner, hash }: Upload): Promise<boolean> {
  const row = await connection
    .selectFrom('upload_link')
    .select('hash')
    .where('hash', '=', hash)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return row !== undefined;
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(`upload ${token}`).digest('base64url');
}
