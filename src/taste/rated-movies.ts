import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Genre } from '../catalogue/genres.ts';
import type { MovieId } from '../catalogue/movie.ts';
import type { Schema } from '../catalogue/sql/schema.ts';
import { sqlOpinions } from '../people/sql-opinions.ts';
import { CONTENT_ID, CONTENT_WIDTH, describe, type MovieContent } from './content.ts';
import type { Rating } from './ratings.ts';

/** Ratings read at a time. */
const PAGE = 5000;

interface RatedMovie {
  readonly id: MovieId;
  readonly genres: readonly Genre[];
  readonly year: number | undefined;
}

/** Everything in the catalogue's database that taste is learned from. */
export interface Lessons {
  readonly content: MovieContent;
  /** Ratings of imported sets, then those of the bot's own people; in the same order each time. */
  ratings(): AsyncIterable<Rating>;
  /** How many of the ratings read so far are of the bot's own people. */
  own(): number;
}

export async function lessonsFrom(db: Kysely<Schema>): Promise<Lessons> {
  const movies = await ratedMovies(db);
  const byId = new Map(movies.values().map((movie) => [movie.id, movie]));
  let own = 0;
  return {
    content: {
      id: CONTENT_ID,
      width: CONTENT_WIDTH,
      of(id) {
        const movie = byId.get(id);
        return movie && describe(movie);
      },
    },
    async *ratings() {
      own = 0;
      yield* imported(db, movies);
      for await (const { person, movie, stars } of sqlOpinions(db).stars()) {
        const rated = movies.get(movie);
        // A film whose first rating came while we read: the next training takes it in.
        if (!rated) continue;
        own += 1;
        yield { person: `own:${person}`, movie: rated.id, stars, at: 0 };
      }
    },
    own: () => own,
  };
}

async function ratedMovies(db: Kysely<Schema>): Promise<Map<number, RatedMovie>> {
  const rows = await db
    .selectFrom('movie')
    .select(['number', 'id', 'genres', 'year'])
    .where((eb) =>
      eb.or([
        eb('number', 'in', eb.selectFrom('rating').select('movie')),
        eb('number', 'in', eb.selectFrom('opinion').select('movie').where('stars', 'is not', null)),
      ]),
    )
    .execute();
  return new Map(
    rows.map(({ number, id, genres, year }) => [
      number,
      { id, genres: genres === null ? [] : (JSON.parse(genres) as Genre[]), year: year ?? undefined },
    ]),
  );
}

async function* imported(
  db: Kysely<Schema>,
  movies: ReadonlyMap<number, RatedMovie>,
): AsyncGenerator<Rating> {
  let last = { source: '', person: -1, movie: -1 };
  for (;;) {
    const rows = await db
      .selectFrom('rating')
      .selectAll()
      .where(sql<boolean>`(source, person, movie) > (${last.source}, ${last.person}, ${last.movie})`)
      .orderBy('source')
      .orderBy('person')
      .orderBy('movie')
      .limit(PAGE)
      .execute();
    for (const { source, person, movie, stars, at } of rows) {
      const rated = movies.get(movie);
      if (rated) yield { person: `${source}:${person}`, movie: rated.id, stars, at };
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end;
  }
}
