import type { Generated, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { HistorySource } from '../../history/entry.ts';
import type { NightPhase } from '../../people/nights.ts';

/** One row a movie. Lists are JSON text; a merged movie's row stays and points at the living one. */
export interface MovieRow {
  number: number;
  id: string;
  revision: number;
  merged_into: number | null;
  kind: string;
  title: string;
  /** The title folded for the merge rule: NFKC, lower case, spaces folded. */
  title_key: string;
  original: string | null;
  year: number | null;
  released: string | null;
  aka: string | null;
  overview: string | null;
  overview_source: string | null;
  tagline: string | null;
  genres: string | null;
  keywords: string | null;
  directors: string | null;
  cast_names: string | null;
  runtime: number | null;
  language: string | null;
  countries: string | null;
  rating: number | null;
  rating_source: string | null;
  votes: number | null;
  given_popularity: number | null;
  popularity: number | null;
  poster: string | null;
  poster_source: string | null;
  franchise: string | null;
  adult: number;
  source: string;
  /** Outside ids as in the `jsonl` format: a text, or a list where a merge left several. */
  ids: string | null;
}

export const MOVIE_COLUMNS = [
  'number',
  'id',
  'revision',
  'merged_into',
  'kind',
  'title',
  'title_key',
  'original',
  'year',
  'released',
  'aka',
  'overview',
  'overview_source',
  'tagline',
  'genres',
  'keywords',
  'directors',
  'cast_names',
  'runtime',
  'language',
  'countries',
  'rating',
  'rating_source',
  'votes',
  'given_popularity',
  'popularity',
  'poster',
  'poster_source',
  'franchise',
  'adult',
  'source',
  'ids',
] as const satisfies readonly (keyof MovieRow)[];

export interface Schema {
  movie: MovieRow;
  /**
   * Ids that lead to a movie and are no row's own `id`. Like outside ids they may lead to a merged movie's row, whose
   * `merged_into` leads on.
   */
  movie_id: { id: string; movie: number };
  outside_id: { source: string; kind: string; value: string; movie: number };
  /** Votes of each source, which do not compare with another's. */
  vote: { movie: number; source: string; votes: number; rating: number | null };
  meta: { key: string; value: number };
  view: { hash: string; body: string };
  preference: { owner: string; language: string };
  /** What people of a rating set (MovieLens) gave to movies: stars from 0.5 to 5, `at` in seconds since 1970. */
  rating: { source: string; person: number; movie: number; stars: number; at: number };
  /** What the bot's own people said of movies; an owner is `platform:id`, `at` in milliseconds since 1970. */
  opinion: {
    owner: string;
    movie: number;
    stars: number | null;
    seen: number;
    dismissed: number;
    at: number;
  };
  /** Movie nights: see `Night`. Filters and the proposal are JSON; times are milliseconds since 1970. */
  night: {
    id: Generated<number>;
    chat: string;
    thread: string | null;
    shared: Generated<number>;
    starter: string | null;
    language: string;
    adult: number;
    mood: string | null;
    filters: string;
    hours: number;
    phase: NightPhase;
    proposal: string;
    poll: string | null;
    ends: number | null;
    winner: number | null;
    announced: number;
    began: number;
  };
  /** Who takes part in a movie night, and what they voted where the platform has no polls. */
  night_member: {
    night: number;
    owner: string;
    name: string | null;
    named: number;
    mood: string | null;
    wish: string;
    joined: number;
  };
  night_vote: { night: number; owner: string; choice: number };
  /**
   * One-time links for bringing a history: a hash of the secret part, when it ends, in milliseconds since 1970, and
   * whether it was used.
   */
  upload_link: { hash: string; owner: string; expires: number; used: Generated<number> };
  /** The last history that each account brought, in milliseconds since 1970. */
  history_import: { id: Generated<number>; owner: string; source: HistorySource; at: number };
  /**
   * What that changed, film by film, so that it can be taken back: `[stars, seen, dismissed, at]` as JSON before and
   * after, `before` null where nothing was said.
   */
  history_change: { import: number; movie: number; before: string | null; after: string };
}

/** An opinion as one text, so that two can be compared, as in `history_change`. */
export const OPINION_STATE = 'json_array(opinion.stars, opinion.seen, opinion.dismissed, opinion.at)';

/** Forward only. A released migration is never changed; the next one is added at the end. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-catalogue': {
    async up(db: Kysely<unknown>) {
      // Numbers only rise, though nothing but the highest one is kept: no movie's row is ever deleted.
      await sql`create table movie (
        number integer primary key,
        id text not null unique,
        revision integer not null,
        merged_into integer references movie (number),
        kind text not null check (kind in ('movie', 'show')),
        title text not null check (title <> ''),
        title_key text not null,
        original text, year integer, released text, aka text,
        overview text, overview_source text, tagline text,
        genres text, keywords text, directors text, cast_names text,
        runtime integer, language text, countries text,
        rating real, votes integer, given_popularity real, popularity real,
        poster text, poster_source text, franchise text,
        adult integer not null, source text not null
      ) strict`.execute(db);
      await sql`create index movie_by_title on movie (title_key, kind)`.execute(db);
      await sql`create index movie_by_revision on movie (revision, number)`.execute(db);
      await sql`create table movie_id (
        id text primary key, movie integer not null references movie (number)
      ) strict, without rowid`.execute(db);
      await sql`create index movie_id_by_movie on movie_id (movie)`.execute(db);
      await sql`create table outside_id (
        source text not null, kind text not null, value text not null,
        movie integer not null references movie (number),
        primary key (source, kind, value)
      ) strict, without rowid`.execute(db);
      await sql`create index outside_id_by_movie on outside_id (movie)`.execute(db);
      await sql`create table vote (
        movie integer not null references movie (number), source text not null,
        votes integer not null, rating real,
        primary key (movie, source)
      ) strict, without rowid`.execute(db);
      await sql`create table meta (key text primary key, value integer not null) strict, without rowid`.execute(
        db,
      );
      await sql`insert into meta values ('revision', 0)`.execute(db);
      await sql`create table view (hash text primary key, body text not null) strict, without rowid`.execute(
        db,
      );
      await sql`create table preference (
        owner text primary key, language text not null
      ) strict, without rowid`.execute(db);
    },
  },
  '0002-described': {
    async up(db: Kysely<unknown>) {
      // Most movies of a large catalogue are thin: what walks the others must not read their rows.
      await sql`create index movie_described on movie (number)
        where (overview is not null or keywords is not null) and merged_into is null`.execute(db);
    },
  },
  '0003-lighter-import': {
    async up(db: Kysely<unknown>) {
      // A movie's own id and outside ids are on its row: a table and an index less to write for each.
      await sql`alter table movie add column ids text`.execute(db);
      await sql`update movie set ids = (
        select json_group_object(source, value) from outside_id where outside_id.movie = movie.number
      ) where exists (select 1 from outside_id where outside_id.movie = movie.number)`.execute(db);
      await sql`delete from movie_id where exists (select 1 from movie where movie.id = movie_id.id)`.execute(
        db,
      );
      await sql`drop index outside_id_by_movie`.execute(db);
      await sql`create index movie_merged on movie (merged_into) where merged_into is not null`.execute(db);
    },
  },
  '0004-ratings': {
    async up(db: Kysely<unknown>) {
      await sql`create table rating (
        source text not null, person integer not null,
        movie integer not null references movie (number),
        stars real not null, at integer not null,
        primary key (source, person, movie)
      ) strict, without rowid`.execute(db);
      await sql`create index rating_by_movie on rating (movie)`.execute(db);
    },
  },
  '0005-opinions': {
    async up(db: Kysely<unknown>) {
      await sql`create table opinion (
        owner text not null, movie integer not null references movie (number),
        stars real check (stars between 0.5 and 5 and stars * 2 = round(stars * 2)),
        seen integer not null, dismissed integer not null, at integer not null,
        primary key (owner, movie)
      ) strict, without rowid`.execute(db);
      await sql`create index opinion_by_movie on opinion (movie)`.execute(db);
    },
  },
  '0006-movie-nights': {
    async up(db: Kysely<unknown>) {
      await sql`create table night (
        id integer primary key autoincrement,
        chat text not null, thread text, starter text,
        language text not null, adult integer not null,
        mood text, filters text not null, hours integer not null,
        phase text not null check (phase in ('gathering', 'proposed', 'voting', 'over')),
        proposal text not null, poll text, ends integer, winner integer,
        announced integer not null, began integer not null
      ) strict`.execute(db);
      // One that is not over to a chat: of two started at once, one begins and the other finds it.
      await sql`create unique index night_open on night (chat) where phase <> 'over'`.execute(db);
      await sql`create index night_voting on night (ends) where phase = 'voting'`.execute(db);
      await sql`create table night_member (
        night integer not null references night (id), owner text not null,
        name text, named integer not null, mood text, wish text not null, joined integer not null,
        primary key (night, owner)
      ) strict, without rowid`.execute(db);
      await sql`create index night_member_by_owner on night_member (owner)`.execute(db);
      await sql`create table night_vote (
        night integer not null references night (id), owner text not null, choice integer not null,
        primary key (night, owner)
      ) strict, without rowid`.execute(db);
      await sql`create index night_vote_by_owner on night_vote (owner)`.execute(db);
    },
  },
  '0007-rating-source': {
    async up(db: Kysely<unknown>) {
      await sql`alter table movie add column rating_source text`.execute(db);
      await sql`update movie set rating_source = (
        select source from vote where vote.movie = movie.number and vote.rating = movie.rating
        order by votes desc, source limit 1
      ) where rating is not null`.execute(db);
    },
  },
  '0008-upload-links': {
    async up(db: Kysely<unknown>) {
      await sql`create table upload_link (
        hash text primary key, owner text not null, expires integer not null
      ) strict, without rowid`.execute(db);
      await sql`create index upload_link_by_owner on upload_link (owner)`.execute(db);
    },
  },
  '0009-used-upload-links': {
    async up(db: Kysely<unknown>) {
      await sql`alter table upload_link add column used integer not null default 0`.execute(db);
    },
  },
  '0010-imports': {
    async up(db: Kysely<unknown>) {
      // Ids only rise: a button of an import that was taken back must not mean a later one.
      await sql`create table history_import (
        id integer primary key autoincrement, owner text not null unique, source text not null, at integer not null
      ) strict`.execute(db);
      await sql`create table history_change (
        import integer not null references history_import (id), movie integer not null references movie (number),
        before text, after text not null,
        primary key (import, movie)
      ) strict, without rowid`.execute(db);
    },
  },
  '0011-untold-winners': {
    async up(db: Kysely<unknown>) {
      await sql`update night set ends = null where phase = 'over'`.execute(db);
      await sql`create index night_untold on night (ends) where phase = 'over' and ends is not null`.execute(
        db,
      );
    },
  },
  '0012-shared-nights': {
    async up(db: Kysely<unknown>) {
      await sql`alter table night add column shared integer not null default 0`.execute(db);
      await sql`update night set shared = 1 where chat = starter
        or id in (select night from night_member where instr(owner, '#') > 0)`.execute(db);
      // Of nights that are over nobody knows any more whether their chat was private: who won was told there.
      await sql`update night set chat = '' where phase = 'over' and (announced = 1 or winner is null)`.execute(
        db,
      );
    },
  },
  '0013-private-nights': {
    async up(db: Kysely<unknown>) {
      // Of nights that began before 0012 it is not always known whether their chat is private. Wrongly taken for one, a
      // night says a little less once it is over; wrongly taken for a group, it would name somebody's chat for good.
      const unsure = sql`shared = 0 and chat <> '' and chat not like 'telegram:-%' and began < (
        select unixepoch(timestamp) * 1000 from kysely_migration where name = '0012-shared-nights')`;
      await sql`update night set shared = 1 where phase <> 'over' and ${unsure} and not exists (
        select 1 from night_member where night = night.id
          and owner <> starter and substr(owner, 1, length(starter) + 1) <> starter || '#')`.execute(db);
      // Who won is shown for a day.
      await sql`update night set shared = 1, ends = began + hours * 3600000 + 86400000
        where phase = 'over' and ends is null and ${unsure}`.execute(db);
      // The log may still hold what was deleted: it is emptied once.
      await sql`insert into meta values ('forgotten', 1) on conflict do nothing`.execute(db);
    },
  },
  '0014-catalogue-id': {
    async up(db: Kysely<unknown>) {
      // 53 bits: what JavaScript's numbers hold.
      await sql`insert into meta values ('catalogue', random() & 9007199254740991)`.execute(db);
    },
  },
};
