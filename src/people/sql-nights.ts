import type { Kysely, Selectable, UpdateObject } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../catalogue/sql/schema.ts';
import { languageFor } from '../messages/languages.ts';
import { writing } from '../store/kysely.ts';
import {
  MAX_MEMBERS,
  type NewNight,
  type Night,
  type NightMember,
  type NightRecord,
  type NightStore,
  POLL_PATIENCE,
  STALE,
  type Wish,
} from './nights.ts';

type NightRow = Selectable<Schema['night']>;
type MemberRow = Selectable<Schema['night_member']>;

/** Movie nights in the catalogue's database. */
export function sqlNights(db: Kysely<Schema>): NightStore {
  /** Changes the night where it is in one of these phases; false where it is not. */
  const change = async (
    id: number,
    phases: readonly NightRow['phase'][],
    to: UpdateObject<Schema, 'night'>,
    connection = db,
  ) => {
    const { numUpdatedRows } = await connection
      .updateTable('night')
      .set(to)
      .where('id', '=', id)
      .where('phase', 'in', phases)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  };
  const get = async (id: number) => {
    const row = await db.selectFrom('night').selectAll().where('id', '=', id).executeTakeFirst();
    return row && nightOf(row);
  };
  const endedBy = async (phase: NightRow['phase'], now: number) => {
    const rows = await db
      .selectFrom('night')
      .selectAll()
      .where('phase', '=', sql.lit(phase)) // as the indexes say it
      .where('ends', '<=', now)
      .orderBy('ends')
      .execute();
    return rows.map(nightOf);
  };
  const end = async (connection: Kysely<Schema>, id: number, winner?: number, tellBy?: number) => {
    const named = tellBy === undefined ? UNNAMED : { starter: sql<string>`iif(shared, starter, null)` };
    const over = { ...UNASKED, ...named, phase: 'over' as const };
    const ended = { ...over, winner: winner ?? null, ends: tellBy ?? null };
    const finished = await change(id, ['gathering', 'proposed', 'voting'], ended, connection);
    if (finished) await forgetPeople(connection);
    return finished;
  };
  return {
    get,
    openIn: (chat) => openIn(db, chat),
    begin: (night, members) =>
      writing(db, async (connection) => {
        await endStale(connection, night.began);
        const open = await openIn(connection, night.chat);
        if (open) return { night: open, isNew: false };
        const row = await connection
          .insertInto('night')
          .values(rowOf(night))
          .returningAll()
          .executeTakeFirstOrThrow();
        for (const member of members.slice(0, MAX_MEMBERS))
          await connection
            .insertInto('night_member')
            .values({ ...memberRow(row.id, member, night.began), mood: member.mood ?? null })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        return { night: nightOf(row), isNew: true };
      }),
    async members(id) {
      const rows = await db
        .selectFrom('night_member')
        .selectAll()
        .where('night', '=', id)
        .orderBy('joined')
        .orderBy('owner')
        .execute();
      return rows.map(memberOf);
    },
    join: (id, member, now) =>
      writing(db, async (connection) => {
        if (!(await isIn(connection, id, 'gathering'))) return false;
        const others = await connection
          .selectFrom('night_member')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('night', '=', id)
          .where('owner', '<>', member.owner)
          .executeTakeFirstOrThrow();
        if (others.count >= MAX_MEMBERS) return false;
        const row = memberRow(id, { ...member, filters: {} }, now);
        await connection
          .insertInto('night_member')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['night', 'owner']).doUpdateSet({ name: row.name, named: row.named }),
          )
          .execute();
        return true;
      }),
    async leave(id, owner) {
      const { numDeletedRows } = await db
        .deleteFrom('night_member')
        .where('night', '=', id)
        .where('owner', '=', owner)
        .where(({ exists, selectFrom }) =>
          exists(selectFrom('night').select('id').where('id', '=', id).where('phase', '=', 'gathering')),
        )
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async wish(id, owner, { mood, ...wish }) {
      await db
        .updateTable('night_member')
        .set({ mood: mood ?? null, wish: JSON.stringify(wish) })
        .where('night', '=', id)
        .where('owner', '=', owner)
        .execute();
    },
    propose: (id, proposal) =>
      change(id, ['gathering', 'proposed'], { phase: 'proposed', proposal: JSON.stringify(proposal) }),
    gather: (id) => change(id, ['proposed'], { phase: 'gathering', proposal: '[]' }),
    startVote: (id, now, ends) =>
      writing(db, async (connection) => {
        // A poll that was to be posted and never was: the one who was to post it is long gone.
        await connection
          .updateTable('night')
          .set({ phase: 'proposed' })
          .where('id', '=', id)
          .where('phase', '=', 'voting')
          .where('poll', 'is', null)
          .where(sql<boolean>`ends - hours * 3600000 <= ${now - POLL_PATIENCE}`)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('night_vote').select('owner').where('night', '=', id))),
          )
          .execute();
        return change(id, ['proposed'], { phase: 'voting', ends }, connection);
      }),
    async polled(id, poll) {
      await change(id, ['voting'], { poll });
    },
    vote: (id, owner, choice) =>
      writing(db, async (connection) => {
        if (!(await isIn(connection, id, 'voting'))) return false;
        await connection
          .insertInto('night_vote')
          .values({ night: id, owner, choice })
          .onConflict((conflict) => conflict.columns(['night', 'owner']).doUpdateSet({ choice }))
          .execute();
        return true;
      }),
    async votes(id) {
      const rows = await db.selectFrom('night_vote').selectAll().where('night', '=', id).execute();
      return new Map(rows.map(({ owner, choice }) => [owner, choice]));
    },
    finish: (id, winner, tellBy) => writing(db, (connection) => end(connection, id, winner, tellBy)),
    endStale: (now) => writing(db, (connection) => endStale(connection, now)),
    async announce(id, now) {
      const unannounced = db
        .updateTable('night')
        .set({ ...UNNAMED, announced: 1, ends: null })
        .where('id', '=', id)
        .where('phase', '=', 'over')
        .where('announced', '=', 0);
      const { numUpdatedRows } = await (now === undefined
        ? unannounced
        : unannounced.where((eb) => eb.or([eb('ends', 'is', null), eb('ends', '<=', now)]))
      ).executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    untold: (now) => endedBy('over', now),
    async claim(id, now, tellBy) {
      const { numUpdatedRows } = await db
        .updateTable('night')
        .set({ ends: tellBy })
        .where('id', '=', id)
        .where('phase', '=', 'over')
        .where('ends', '<=', now)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    due: (now) => endedBy('voting', now),
    move: (from, to) =>
      writing(db, async (connection) => {
        const open = await openIn(connection, from);
        if (open && (await openIn(connection, to))) await end(connection, open.id);
        else if (open?.phase === 'voting')
          await change(open.id, ['voting'], { phase: 'proposed', poll: null, ends: null }, connection);
        await connection.updateTable('night').set({ chat: to }).where('chat', '=', from).execute();
      }),
    async postpone(id, ends) {
      await change(id, ['voting', 'over'], { ends: ends ?? null });
    },
    of: (owner) => recordsOf(db, owner),
  };
}

/** Deletes what is held of an account, with the nights of their private chat; one that goes on anybody may end then. */
export async function forgetNights(connection: Kysely<Schema>, owner: string): Promise<void> {
  // What they began in their private chat with us is about nobody else.
  const alone = connection
    .selectFrom('night')
    .select('id')
    .where('shared', '=', 1)
    .where((eb) => eb.or([eb('chat', '=', owner), eb('starter', '=', owner)]));
  for (const table of ['night_vote', 'night_member'] as const)
    await connection
      .deleteFrom(table)
      .where((eb) => eb.or([eb('owner', '=', owner), isCompanion(owner), eb('night', 'in', alone)]))
      .execute();
  await connection.deleteFrom('night').where('id', 'in', alone).execute();
  await connection
    .updateTable('night')
    .set({ starter: null, mood: null, filters: '{}' })
    .where('starter', '=', owner)
    .execute();
}

async function openIn(connection: Kysely<Schema>, chat: string): Promise<Night | undefined> {
  const row = await connection
    .selectFrom('night')
    .selectAll()
    .where('chat', '=', chat)
    .where('phase', '<>', 'over')
    .executeTakeFirst();
  return row && nightOf(row);
}

/** What a night that is over no longer says. */
const UNASKED = { mood: null, filters: '{}', poll: null } as const;

/** Nor who was there, which a private chat says, too. */
const UNNAMED = { starter: null, chat: sql<string>`iif(shared, '', chat)` } as const;

/** Nobody waits for these any more, and they would keep their chats from beginning another. */
async function endStale(connection: Kysely<Schema>, now: number): Promise<void> {
  await connection
    .updateTable('night')
    .set({ ...UNNAMED, ends: null })
    .where('phase', '=', sql.lit('over'))
    .where('ends', 'is not', null)
    .where(sql<boolean>`began + hours * 3600000 <= ${now - STALE}`)
    .execute();
  const { numUpdatedRows } = await connection
    .updateTable('night')
    .set({ ...UNASKED, ...UNNAMED, phase: 'over', ends: null })
    .where('phase', '<>', 'over')
    .where('began', '<=', now - STALE)
    .where(sql<boolean>`coalesce(ends, 0) <= ${now - STALE}`)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) await forgetPeople(connection);
}

/** Who took part, and what they voted, is kept until a night is over. */
async function forgetPeople(connection: Kysely<Schema>): Promise<void> {
  const over = connection.selectFrom('night').select('id').where('phase', '=', 'over');
  await connection.deleteFrom('night_member').where('night', 'in', over).execute();
  await connection.deleteFrom('night_vote').where('night', 'in', over).execute();
}

async function isIn(connection: Kysely<Schema>, id: number, phase: NightRow['phase']): Promise<boolean> {
  const row = await connection
    .selectFrom('night')
    .select('id')
    .where('id', '=', id)
    .where('phase', '=', phase)
    .executeTakeFirst();
  return row !== undefined;
}

async function recordsOf(connection: Kysely<Schema>, owner: string): Promise<NightRecord[]> {
  const rows = await connection
    .selectFrom('night')
    .leftJoin('night_member', (join) =>
      join.onRef('night_member.night', '=', 'night.id').on('night_member.owner', '=', owner),
    )
    .leftJoin('night_vote', (join) =>
      join.onRef('night_vote.night', '=', 'night.id').on('night_vote.owner', '=', owner),
    )
    .select([
      'night.id',
      'night.began',
      'night.chat',
      'night.starter',
      'night.mood as asked',
      'night.filters',
      'night_member.name',
      'night_member.named',
      'night_member.mood',
      'night_member.wish',
      'night_vote.choice',
    ])
    .where((eb) =>
      eb.or([
        eb('night.starter', '=', owner),
        eb('night_member.owner', 'is not', null),
        eb('night_vote.owner', 'is not', null),
      ]),
    )
    .orderBy('night.id')
    .execute();
  const others = await connection
    .selectFrom('night_member')
    .select(['night', 'name'])
    .where(isCompanion(owner))
    .orderBy('owner')
    .execute();
  const companionsOf = (id: number) =>
    others.flatMap(({ night, name }) => (night === id && name !== null ? [name] : []));
  return rows.map(({ id, began, chat, starter, asked, filters, name, named, mood, wish, choice }) => ({
    began,
    chat,
    ...(name !== null && { name }),
    named: named === 1,
    ...wishOf(mood, wish ?? '{"filters":{}}'),
    ...(choice !== null && { vote: choice }),
    ...(companionsOf(id).length > 0 && { companions: companionsOf(id) }),
    starter: starter === owner,
    ...(starter === owner && { forAll: forAll(asked, filters) }),
  }));
}

/** Who shares somebody's screen is kept under that account, with a number. */
function isCompanion(owner: string) {
  return sql<boolean>`substr(owner, 1, ${owner.length + 1}) = ${`${owner}#`}`;
}

function rowOf({ chat, thread, shared, starter, language, adult, wish, hours, began }: NewNight) {
  return {
    chat,
    thread: thread ?? null,
    shared: shared ? 1 : 0,
    starter: starter ?? null,
    language,
    adult: adult ? 1 : 0,
    mood: wish.words ?? null,
    filters: JSON.stringify(wish.filters),
    hours,
    phase: 'gathering' as const,
    proposal: '[]',
    announced: 0,
    began,
  };
}

function nightOf(row: NightRow): Night {
  const { id, chat, thread, shared, starter, mood, hours, phase, poll, ends, winner, began } = row;
  return {
    id,
    chat,
    ...(thread !== null && { thread }),
    shared: shared === 1,
    ...(starter !== null && { starter }),
    language: languageFor(row.language) ?? 'en',
    adult: row.adult === 1,
    wish: forAll(mood, row.filters),
    hours,
    phase,
    proposal: JSON.parse(row.proposal),
    ...(poll !== null && { poll }),
    ...(ends !== null && { ends }),
    ...(winner !== null && { winner }),
    began,
  };
}

/** What was asked for when it began. */
function forAll(words: string | null, filters: string): Wish {
  return { ...(words !== null && { words }), filters: JSON.parse(filters) };
}

function memberRow(night: number, { owner, name, named, words, filters }: NightMember, joined: number) {
  return {
    night,
    owner,
    name: name ?? null,
    named: named ? 1 : 0,
    wish: JSON.stringify({ ...(words !== undefined && { words }), filters }),
    joined,
  };
}

function memberOf({ owner, name, named, mood, wish }: MemberRow): NightMember {
  return { owner, ...(name !== null && { name }), named: named === 1, ...wishOf(mood, wish) };
}

function wishOf(mood: string | null, rest: string): Wish {
  return { ...(mood !== null && { mood }), ...(JSON.parse(rest) as Wish) };
}
