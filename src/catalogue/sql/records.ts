import type { Kysely } from 'kysely';
import type { NumberedRecord } from '../catalogue.ts';
import type { MoviePast } from '../movie.ts';
import { factsOf, idsOf, present } from './rows.ts';
import type { MovieRow, Schema } from './schema.ts';

/** Living movies as records that an import takes back, with all that merges have left on them. */
export async function recordsOf(db: Kysely<Schema>, rows: readonly MovieRow[]): Promise<NumberedRecord[]> {
  if (rows.length === 0) return [];
  const [first, last] = [rows[0]!.number, rows.at(-1)!.number];
  const votes = await db
    .selectFrom('vote')
    .selectAll()
    .where((eb) => eb.between('movie', first, last))
    .orderBy('source')
    .execute();
  const formerIds = await formerIdsOf(db, first, last);
  const votesOf = Map.groupBy(votes, (vote) => vote.movie);
  return rows.map((row) => {
    const ids = [...idsOf(row.ids)];
    const { overviewSource, posterSource, ...facts } = factsOf(row);
    const past: MoviePast = {
      distinct: true,
      formerIds: formerIds.get(row.number) ?? [],
      otherIds: ids.flatMap(([source, [, ...others]]) => others.map((value) => [source, value] as const)),
      votes: (votesOf.get(row.number) ?? []).map((vote) => ({
        source: vote.source,
        votes: vote.votes,
        ...present('rating', vote.rating),
      })),
      ...(overviewSource !== undefined && { overviewSource }),
      ...(posterSource !== undefined && { posterSource }),
    };
    const record = {
      ...facts,
      id: row.id,
      ids: Object.fromEntries(ids.map(([source, [first]]) => [source, first!])),
      ...present('rating', row.rating),
      ...present('votes', row.votes),
      ...present('popularity', row.given_popularity),
      past,
    };
    return { number: row.number, record };
  });
}

/** Ids that lead to the movies numbered from `first` to `last`, beside their own. */
async function formerIdsOf(db: Kysely<Schema>, first: number, last: number): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('movie_id')
    .select(['id', 'movie'])
    .where((eb) => eb.between('movie', first, last))
    .unionAll(
      db
        .selectFrom('movie')
        .select(['id', 'merged_into as movie'])
        .$narrowType<{ movie: number }>()
        .where((eb) => eb.between('merged_into', first, last)),
    )
    .unionAll(
      db
        .selectFrom('movie')
        .innerJoin('movie_id', 'movie_id.movie', 'movie.number')
        .select(['movie_id.id', 'movie.merged_into as movie'])
        .$narrowType<{ movie: number }>()
        .where((eb) => eb.between('movie.merged_into', first, last)),
    )
    .orderBy('id')
    .execute();
  const byMovie = Map.groupBy(rows, (row) => row.movie);
  return new Map([...byMovie].map(([movie, found]) => [movie, found.map(({ id }) => id)]));
}
