import { onConnection } from '../../store/kysely.ts';
import type { RatingStore } from '../catalogue.ts';
import type { OpenDatabase } from './open.ts';
import { Statements } from './statements.ts';

/** Ratings in the catalogue's database, where they follow a movie that is found to be another one. */
export function sqlRatings({ db, sqlite }: OpenDatabase): RatingStore {
  const statements = new Statements(sqlite);
  return {
    put: (source, ratings) =>
      onConnection(db, () =>
        statements.transaction(() => ratings.filter((rating) => statements.putRating(source, rating)).length),
      ),
    async count(source) {
      const { count } = await db
        .selectFrom('rating')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('source', '=', source)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}
