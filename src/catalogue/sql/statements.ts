import type { DatabaseSync, StatementResultingChanges, StatementSync } from 'node:sqlite';
import type { RatingOfMovie } from '../catalogue.ts';
import type { DescribedValues } from './described.ts';
import { DESCRIBED_COLUMNS } from './described.ts';
import { MOVIE_COLUMNS, type MovieRow, OPINION_STATE, type Schema } from './schema.ts';

/** What a title search in the catalogue tells of a movie before its whole row is read. */
export interface Namesake {
  readonly titleKey: string;
  readonly kind: string;
  readonly number: number;
  readonly id: string;
  readonly year: number | null;
  readonly ids: string | null;
}

/** How often the log was moved into the database. */
const CHECKPOINTS = 'checkpoints';

/**
 * The statements that an import or a start runs hundreds of thousands of times, prepared once and run as they are:
 * compiling them anew would take longer than SQLite does. Everything else goes through Kysely; a catalogue in another
 * database needs another one of this file. Lists go in as one JSON parameter.
 *
 * Kysely must not have a transaction open meanwhile: run these within `db.connection().execute`.
 */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #known = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Runs `write` in one transaction that holds the write lock from its beginning. */
  transaction<T>(write: () => T): T {
    this.#database.exec('begin immediate');
    try {
      const result = write();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      // A full disk may have rolled the transaction back already.
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    }
  }

  /**
   * Moves what was written from the log into the database, as far as no reader needs the old state. Whoever writes next
   * begins the log anew and waits for the disk: that is done here too, as a bot would be held by it. It has to be another
   * value: what is there already SQLite does not write.
   */
  checkpoint(): void {
    this.#database.exec('pragma wal_checkpoint(passive)');
    this.transaction(() => this.putMeta(CHECKPOINTS, (this.meta(CHECKPOINTS) ?? 0) + 1));
  }

  /** Raises the catalogue's revision. */
  nextRevision(): number {
    return this.#rows<[number]>(
      "update meta set value = value + 1 where key = 'revision' returning value",
    )[0]![0];
  }

  meta(key: string): number | undefined {
    return this.#rows<[number]>('select value from meta where key = ?', key)[0]?.[0];
  }

  putMeta(key: string, value: number): void {
    this.#run(
      'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      value,
    );
  }

  lastNumber(): number {
    return this.#rows<[number]>('select coalesce(max(number), 0) from movie')[0]![0];
  }

  /** Movies, living or merged, that an outside id leads to. */
  outsideOwners(source: string, kind: string, values: readonly string[]): [value: string, movie: number][] {
    return this.#rows(
      `select value, movie from outside_id
       where source = ? and kind = ? and value in (select value from json_each(?))`,
      source,
      kind,
      JSON.stringify(values),
    );
  }

  /** Movies, living or merged, that a movie id leads to. */
  idOwners(ids: readonly string[]): [id: string, movie: number][] {
    return this.#rows(
      `select id, number from movie where id in (select value from json_each(?1))
       union all select id, movie from movie_id where id in (select value from json_each(?1))`,
      JSON.stringify(ids),
    );
  }

  namesakes(titleKeys: readonly string[]): Namesake[] {
    const rows = this.#rows<[string, string, number, string, number | null, string | null]>(
      `select title_key, kind, number, id, year, ids from movie
       where title_key in (select value from json_each(?)) and merged_into is null`,
      JSON.stringify(titleKeys),
    );
    return rows.map(([titleKey, kind, number, id, year, ids]) => ({ titleKey, kind, number, id, year, ids }));
  }

  movies(numbers: readonly number[]): MovieRow[] {
    const rows = this.#rows<(string | number | null)[]>(
      `select ${MOVIE_COLUMNS.join(', ')} from movie where number in (select value from json_each(?)) order by number`,
      JSON.stringify(numbers),
    );
    return rows.map((values) => {
      const row: Record<string, string | number | null> = {};
      for (let column = 0; column < MOVIE_COLUMNS.length; column++)
        row[MOVIE_COLUMNS[column]!] = values[column]!;
      return row as unknown as MovieRow;
    });
  }

  votes(numbers: readonly number[]): Schema['vote'][] {
    const rows = this.#rows<[number, string, number, number | null]>(
      'select movie, source, votes, rating from vote where movie in (select value from json_each(?))',
      JSON.stringify(numbers),
    );
    return rows.map(([movie, source, votes, rating]) => ({ movie, source, votes, rating }));
  }

  /**
   * Movies whose popularity is not what it should be by more than `noticeable`, with what it should be: the highest of
   * its percentiles within the sources that counted votes for it, and of what a source gave outright.
   */
  stalePopularities(noticeable: number): [movie: number, popularity: number | null][] {
    return this.#rows(
      `with percentile as materialized (
         select movie, max(share) as best from (
           select movie, cume_dist() over (partition by source order by votes) as share from vote where votes > 0
         ) group by movie
       ), wanted as (
         select number, popularity, iif(best is null, given_popularity, max(best, coalesce(given_popularity, 0))) as value
         from movie left join percentile on percentile.movie = movie.number where merged_into is null
       )
       select number, value from wanted
       where (value is null) <> (popularity is null) or abs(value - popularity) >= ?`,
      noticeable,
    );
  }

  /** Movies with an overview or keywords: walks the index `movie_described`. */
  described(after: number, limit: number): DescribedValues[] {
    return this.#rows(
      `select ${DESCRIBED_COLUMNS.join(', ')} from movie
       where number > ? and (overview is not null or keywords is not null) and merged_into is null
       order by number limit ?`,
      after,
      limit,
    );
  }

  /** A movie that is not there yet. */
  addMovie(row: MovieRow): void {
    this.#run(ADD_MOVIE, ...MOVIE_COLUMNS.map((column) => row[column]));
  }

  putMovie(row: MovieRow): void {
    this.#run(PUT_MOVIE, ...MOVIE_COLUMNS.map((column) => row[column]));
  }

  putId({ id, movie }: Schema['movie_id']): void {
    this.#run('insert or ignore into movie_id (id, movie) values (?, ?)', id, movie);
  }

  putOutsideId({ source, kind, value, movie }: Schema['outside_id']): void {
    this.#run(
      'insert or ignore into outside_id (source, kind, value, movie) values (?, ?, ?, ?)',
      source,
      kind,
      value,
      movie,
    );
  }

  putVote({ movie, source, votes, rating }: Schema['vote']): void {
    this.#run(
      `insert into vote (movie, source, votes, rating) values (?, ?, ?, ?)
       on conflict (movie, source) do update set votes = excluded.votes, rating = excluded.rating`,
      movie,
      source,
      votes,
      rating,
    );
  }

  /** The newer one counts. Answers whether that changed anything. */
  putRating(source: string, { person, movie, stars, at }: RatingOfMovie): boolean {
    const { changes } = this.#run(
      `insert into rating (source, person, movie, stars, at) values (?, ?, ?, ?, ?)
       on conflict (source, person, movie) do update set stars = excluded.stars, at = excluded.at
       where excluded.at > rating.at`,
      source,
      person,
      movie,
      stars,
      at,
    );
    return Number(changes) > 0;
  }

  putPopularity(movie: number, popularity: number | null, revision: number): void {
    this.#run('update movie set popularity = ?, revision = ? where number = ?', popularity, revision, movie);
  }

  /** Leads what belonged to a movie that was found to be another one over to that one. */
  leadOver(from: number, to: number): void {
    this.#noteOpinionsApart(from, to);
    this.#run('update movie set merged_into = ? where merged_into = ?', to, from);
    this.#run('delete from vote where movie = ?', from);
    this.#run('update or ignore rating set movie = ? where movie = ?', to, from);
    this.#run('delete from rating where movie = ?', from);
    this.#leadOpinionsOver(from, to);
  }

  /**
   * Taking an import back leaves what was said before of any of the films that became one. So what it did not bring is
   * noted as it stands, before the two opinions become one.
   */
  #noteOpinionsApart(from: number, to: number): void {
    this.#run(NOTE_APART, from, to);
  }

  /** Of two opinions that one person has of what is one movie the newer counts. */
  #leadOpinionsOver(from: number, to: number): void {
    this.#run(
      `insert into opinion (owner, movie, stars, seen, dismissed, at)
       select owner, ?, stars, seen, dismissed, at from opinion where movie = ?
       on conflict (owner, movie) do update set stars = excluded.stars, seen = excluded.seen,
         dismissed = excluded.dismissed, at = excluded.at
       where excluded.at > opinion.at`,
      to,
      from,
    );
    this.#run('delete from opinion where movie = ?', from);
  }

  #rows<Row>(sql: string, ...parameters: (string | number | null)[]): Row[] {
    return this.#prepared(sql).all(...parameters) as unknown as Row[];
  }

  #run(sql: string, ...parameters: (string | number | null)[]): StatementResultingChanges {
    return this.#prepared(sql).run(...parameters);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#known.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true); // half the time of making objects
    this.#known.set(sql, statement);
    return statement;
  }
}

const ADD_MOVIE = `insert into movie (${MOVIE_COLUMNS.join(', ')}) values (${MOVIE_COLUMNS.map(() => '?').join(', ')})`;

const PUT_MOVIE = `${ADD_MOVIE}
  on conflict (number) do update set ${MOVIE_COLUMNS.filter((column) => column !== 'number')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

/** Of two movies that become one, ?1 and ?2, what an import changed: of the one, itself or what became it earlier. */
const CHANGES_APART = `(select after, iif(number = ?1 or merged_into = ?1, ?1, ?2) as side
  from movie cross join history_change on history_change.import = history_import.id and history_change.movie = number
  where number in (?1, ?2) or merged_into in (?1, ?2))`;

const NOTE_APART = `insert into history_change (import, movie, before, after)
  select id, opinion.movie, ${OPINION_STATE}, ${OPINION_STATE}
  from opinion cross join history_import using (owner)
  where opinion.movie in (?1, ?2) and exists (select 1 from ${CHANGES_APART})
    and not exists (select 1 from ${CHANGES_APART} where side = opinion.movie and after = ${OPINION_STATE})
  on conflict do update set before = excluded.before, after = excluded.after`;
