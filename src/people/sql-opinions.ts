import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../catalogue/sql/schema.ts';
import { writing } from '../store/kysely.ts';
import { addOpinions } from './add-opinions.ts';
import type { Opinion, OpinionStore } from './opinions.ts';
import { noteTakenBack } from './sql-imports.ts';

type Row = Selectable<Schema['opinion']>;

/** Ratings read at a time for training: a page takes a few milliseconds of the event loop. */
const STARS_PAGE = 2000;

/** Opinions in the catalogue's database, where they follow a movie that is found to be another one. */
export function sqlOpinions(db: Kysely<Schema>): OpinionStore {
  const on = async (connection: Kysely<Schema>, owner: string, movie: number) =>
    opinionOf(
      await connection
        .selectFrom('opinion')
        .selectAll()
        .where('owner', '=', owner)
        .where('movie', '=', living(movie))
        .executeTakeFirst(),
    );
  const remove = async (connection: Kysely<Schema>, owner: string, movie: number) =>
    opinionOf(
      await connection
        .deleteFrom('opinion')
        .where('owner', '=', owner)
        .where('movie', '=', living(movie))
        .returningAll()
        .executeTakeFirst(),
    );
  return {
    async of(owner) {
      const rows = await db
        .selectFrom('opinion')
        .selectAll()
        .where('owner', '=', owner)
        .orderBy('at', 'desc')
        .orderBy('movie')
        .execute();
      return rows.map((row) => opinionOf(row)!);
    },
    on: (owner, movie) => on(db, owner, movie),
    async count(owner) {
      const { count } = await db
        .selectFrom('opinion')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('owner', '=', owner)
        .executeTakeFirstOrThrow();
      return count;
    },
    put: (owner, opinion) =>
      writing(db, async (connection) => {
        const before = await remove(connection, owner, opinion.movie);
        await connection.insertInto('opinion').values(rowOf(owner, opinion)).execute();
        return before;
      }),
    putAll: (owner, opinions) => addOpinions(db, owner, opinions),
    remove: (owner, movie) =>
      writing(db, async (connection) => {
        const before = await remove(connection, owner, movie);
        if (before) await noteTakenBack(connection, owner, before.movie);
        return before;
      }),
    async *stars() {
      let last: { owner: string; movie: number } | undefined;
      let person = -1;
      for (;;) {
        const rows = await starPage(db, last);
        for (const row of rows) {
          if (row.owner !== last?.owner) person++;
          last = row;
          yield { person, movie: row.movie, stars: row.stars! };
        }
        if (rows.length < STARS_PAGE) return;
      }
    },
  };
}

function starPage(db: Kysely<Schema>, after: { owner: string; movie: number } | undefined) {
  let page = db
    .selectFrom('opinion')
    .select(['owner', 'movie', 'stars'])
    .where('stars', 'is not', null)
    .orderBy('owner')
    .orderBy('movie')
    .limit(STARS_PAGE);
  if (after) page = page.where(sql<boolean>`(owner, movie) > (${after.owner}, ${after.movie})`);
  return page.execute();
}

/** The living movie's number: an old button may name one that was found to be another one since. */
function living(movie: number) {
  return sql<number>`(select coalesce(merged_into, number) from movie where number = ${movie})`;
}

function rowOf(owner: string, { movie, stars, seen, dismissed, at }: Opinion) {
  return {
    owner,
    movie: living(movie),
    stars: stars ?? null,
    seen: seen ? 1 : 0,
    dismissed: dismissed ? 1 : 0,
    at,
  };
}

function opinionOf(row: Row | undefined): Opinion | undefined {
  if (!row) return undefined;
  return {
    movie: row.movie,
    ...(row.stars !== null && { stars: row.stars }),
    seen: row.seen === 1,
    dismissed: row.dismissed === 1,
    at: row.at,
  };
}
