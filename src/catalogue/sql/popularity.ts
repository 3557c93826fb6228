import { sql } from 'kysely';
import type { OpenDatabase } from './open.ts';
import { nextRevision } from './revision.ts';

/** Rows to a write transaction: a few milliseconds each, so that nobody waits long. */
const BATCH = 2000;

/** A change smaller than this is not worth a new revision of the row. */
const NOTICEABLE = 0.002;

/**
 * Writes each movie's popularity: the highest of its percentiles within the sources that counted votes for it, and
 * of what a source gave outright. Safe to repeat and to interrupt. Answers how many movies changed.
 */
export async function refreshPopularity(open: OpenDatabase, signal?: AbortSignal): Promise<number> {
  const { db } = open;
  const wanted = new Map<number, number>();
  const sources = await db.selectFrom('vote').select('source').distinct().execute();
  for (const { source } of sources) {
    const rows = await db
      .selectFrom('vote')
      .select(['movie', sql<number>`cume_dist() over (order by votes)`.as('percentile')])
      .where('source', '=', source)
      .execute();
    for (const { movie, percentile } of rows) wanted.set(movie, Math.max(percentile, wanted.get(movie) ?? 0));
    signal?.throwIfAborted();
  }
  const given = await db
    .selectFrom('movie')
    .select(['number', 'given_popularity'])
    .where('given_popularity', 'is not', null)
    .execute();
  for (const { number, given_popularity } of given)
    wanted.set(number, Math.max(given_popularity ?? 0, wanted.get(number) ?? 0));
  return write(open, wanted, signal);
}

async function write(open: OpenDatabase, wanted: Map<number, number>, signal?: AbortSignal): Promise<number> {
  const present = await open.db.selectFrom('movie').select(['number', 'popularity']).execute();
  const changed = present.flatMap(({ number, popularity }) => {
    const value = wanted.get(number);
    const same =
      value === undefined ? popularity === null : Math.abs(value - (popularity ?? -1)) < NOTICEABLE;
    return same ? [] : [{ number, value: value ?? null }];
  });
  for (let start = 0; start < changed.length; start += BATCH) {
    signal?.throwIfAborted();
    await open.db.transaction().execute(async (trx) => {
      const revision = await nextRevision(trx);
      const batch = JSON.stringify(changed.slice(start, start + BATCH));
      await sql`update movie set popularity = batch.value ->> 'value', revision = ${revision}
        from json_each(${batch}) as batch where movie.number = batch.value ->> 'number'`.execute(trx);
    });
    await new Promise(setImmediate);
  }
  return changed.length;
}
