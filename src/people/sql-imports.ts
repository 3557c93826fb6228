import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { OPINION_STATE, type Schema } from '../catalogue/sql/schema.ts';
import { writing } from '../store/kysely.ts';
import { addOpinions } from './add-opinions.ts';
import { Forgotten, type ImportStore } from './imports.ts';
import { isStanding } from './upload-links.ts';

const STATE = sql.raw(OPINION_STATE);

/** Imports in the catalogue's database. What they change is written and taken back by few statements, whatever its size. */
export function sqlImports(db: Kysely<Schema>): ImportStore {
  return {
    bring: (upload, source, opinions, at) =>
      writing(db, async (connection) => {
        const { owner } = upload;
        if (!(await isStanding(connection, upload))) throw new Forgotten('the account was forgotten');
        await forgetImports(connection, owner);
        const { id } = await connection
          .insertInto('history_import')
          .values({ owner, source, at })
          .returning('id')
          .executeTakeFirstOrThrow();
        await noteBefore(connection, { id, owner, movies: opinions.map(({ movie }) => movie) });
        await addOpinions(connection, owner, opinions);
        if (await noteAfter(connection, { id, owner })) return id;
        await forgetImports(connection, owner);
        return undefined;
      }),
    last: (owner) =>
      db
        .selectFrom('history_import')
        .select(['id', 'source', 'at'])
        .where('owner', '=', owner)
        .executeTakeFirst(),
    async changes(id) {
      const { rows } = await sql<{ movie: number; before: string | null }>`
        select coalesce(merged_into, number) as movie, before
        from history_change join movie on number = movie where import = ${id} order by 1`.execute(db);
      return rows.map(({ movie, before }) => ({
        movie,
        ...(before !== null && { before: opinionFrom(movie, before) }),
      }));
    },
    takeBack: (owner, id) =>
      writing(db, async (connection) => {
        const found = await connection
          .selectFrom('history_import')
          .select('source')
          .where('owner', '=', owner)
          .where('id', '=', id)
          .executeTakeFirst();
        if (!found) return undefined;
        const kept = await restore(connection, { id, owner });
        await forgetImports(connection, owner);
        return { source: found.source, kept };
      }),
  };
}

/** Forgets which films an account's last import changed; what it brought stays. */
export async function forgetImports(connection: Kysely<Schema>, owner: string): Promise<void> {
  await connection
    .deleteFrom('history_change')
    .where('import', 'in', connection.selectFrom('history_import').select('id').where('owner', '=', owner))
    .execute();
  await connection.deleteFrom('history_import').where('owner', '=', owner).execute();
}

/** What an account took back of this living movie stays so, also where an import that brought it is taken back. */
export async function noteTakenBack(connection: Kysely<Schema>, owner: string, movie: number): Promise<void> {
  await sql`update history_change set before = null, after = ''
    where import = (select id from history_import where owner = ${owner})
      and movie in (select number from movie where number = ${movie} or merged_into = ${movie})`.execute(
    connection,
  );
}

interface Of {
  readonly id: number;
  readonly owner: string;
}

async function noteBefore(
  connection: Kysely<Schema>,
  { id, owner, movies }: Of & { readonly movies: readonly number[] },
): Promise<void> {
  await sql`insert into history_change (import, movie, before, after)
    select distinct ${id}, living, iif(opinion.movie is null, null, ${STATE}), ''
    from (select coalesce(merged_into, number) as living
      from json_each(${JSON.stringify(movies)}) join movie on number = value)
    left join opinion on opinion.owner = ${owner} and opinion.movie = living`.execute(connection);
}

/** Notes what stands now; false where nothing differs from before. */
async function noteAfter(connection: Kysely<Schema>, { id, owner }: Of): Promise<boolean> {
  await sql`update history_change set after = ${STATE} from opinion
    where import = ${id} and opinion.owner = ${owner} and opinion.movie = history_change.movie`.execute(
    connection,
  );
  await sql`delete from history_change where import = ${id} and before = after`.execute(connection);
  const row = await connection
    .selectFrom('history_change')
    .select('movie')
    .where('import', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Answers for how many films something else was said since. Several films that were found to be one since share an
 * opinion: it goes where it is that of one of them after the import, for the latest of what was said of any before.
 */
async function restore(connection: Kysely<Schema>, { id, owner }: Of): Promise<number> {
  const changes = sql`(select coalesce(merged_into, number) as living, before, after
    from history_change join movie on number = history_change.movie where import = ${id})`;
  const earlier = sql`(select living, before, max(before ->> 3)
    from ${changes} where before is not null group by living)`;
  const { rows } = await sql<{
    count: number;
  }>`select count(distinct living) as count from ${changes}`.execute(connection);
  // The changes lead to the opinions, not the other way round: a history has thousands of both.
  const isAsBrought = sql`owner = ${owner} and (movie, ${STATE}) in (select living, after from ${changes})`;
  const deleted = await sql`delete from opinion
    where ${isAsBrought} and movie not in (select living from ${earlier})`.execute(connection);
  const restored = await sql`update opinion
    set stars = before ->> 0, seen = before ->> 1, dismissed = before ->> 2, at = before ->> 3
    from ${earlier} where ${isAsBrought} and movie = living and before <> ${STATE}`.execute(connection);
  return rows[0]!.count - Number(deleted.numAffectedRows) - Number(restored.numAffectedRows);
}

function opinionFrom(movie: number, state: string) {
  const [stars, seen, dismissed, at] = JSON.parse(state) as [number | null, number, number, number];
  return { movie, ...(stars !== null && { stars }), seen: seen === 1, dismissed: dismissed === 1, at };
}
