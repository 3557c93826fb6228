import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../catalogue/sql/schema.ts';
import type { Opinion } from './opinions.ts';

/** What `putAll` does, inside a transaction of the caller's. */
export async function addOpinions(
  connection: Kysely<Schema>,
  owner: string,
  opinions: readonly Opinion[],
): Promise<void> {
  // One statement for all: a history has thousands of them, and each by itself would hold the loop too long.
  await sql`insert into opinion (owner, movie, stars, seen, dismissed, at)
    select ${owner}, coalesce(merged_into, number), value ->> 'stars', value ->> 'seen', value ->> 'dismissed',
      value ->> 'at'
    from json_each(${JSON.stringify(opinions)}) join movie on number = value ->> 'movie' where true
    on conflict (owner, movie) do update set
      stars = iif(excluded.stars is null or (stars is not null and at > excluded.at), stars, excluded.stars),
      seen = max(seen, excluded.seen),
      dismissed = max(dismissed, excluded.dismissed),
      at = max(at, excluded.at)`.execute(connection);
}
