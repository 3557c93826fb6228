import { sql } from 'kysely';
import { onConnection } from '../../store/kysely.ts';
import type {
  CallOptions,
  Catalogue,
  CatalogueStats,
  Changes,
  DescribedMovie,
  NumberedRecord,
  Revision,
  TitleRow,
  UpsertOutcome,
} from '../catalogue.ts';
import type { Kind, Movie, MovieId, MovieRecord, OtherTitle } from '../movie.ts';
import { DESCRIBED_COLUMNS, type DescribedValues, describedMovie } from './described.ts';
import { CATALOGUE_ID, readMeta } from './meta.ts';
import type { OpenDatabase } from './open.ts';
import { newRanking, noteRanking, writePopularity } from './popularity.ts';
import { recordsOf } from './records.ts';
import { differing, movieOf } from './rows.ts';
import type { MovieRow } from './schema.ts';
import { Statements } from './statements.ts';
import { upsertRecords } from './upsert.ts';

/** Titles to a page: it is read, parsed and sent to a worker in well under the 20 ms that the event loop may be held. */
const TITLE_PAGE = 1000;

/**
 * Rows written between two checkpoints: about 130 MB of log. From twice as much on SQLite would make one by itself,
 * within a transaction.
 */
const CHECKPOINT_ROWS = 16_000;

/** Movies counted between two breaths of the event loop: two milliseconds, and six where nothing was read before. */
const COUNTED_AT_ONCE = 5000;

const TITLE_COLUMNS = [
  'number',
  'id',
  'kind',
  'year',
  'popularity',
  'adult',
  'franchise',
  'title',
  'original',
  'aka',
  'revision',
  'merged_into',
] as const;

/** The catalogue in an SQL database. */
export class SqlCatalogue implements Catalogue {
  readonly #open: OpenDatabase;
  readonly #statements: Statements;
  #sinceCheckpoint = 0;

  constructor(open: OpenDatabase, statements = new Statements(open.sqlite)) {
    this.#open = open;
    this.#statements = statements;
  }

  get #db() {
    return this.#open.db;
  }

  async get(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, Movie>> {
    options.signal?.throwIfAborted();
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('movie')
      .select(['id', 'number'])
      .where('id', 'in', ids)
      .unionAll(this.#db.selectFrom('movie_id').select(['id', 'movie as number']).where('id', 'in', ids))
      .execute();
    const movies = await this.byNumber(rows.map((row) => row.number));
    return mapDefined(rows, (row) => [row.id, movies.get(row.number)]);
  }

  async byNumber(numbers: readonly number[], options: CallOptions = {}): Promise<Map<number, Movie>> {
    options.signal?.throwIfAborted();
    if (numbers.length === 0) return new Map();
    const asked = await this.#rows(numbers);
    const merged = asked.map((row) => row.merged_into).filter((number) => number !== null);
    const rows = merged.length > 0 ? [...asked, ...(await this.#rows(merged))] : asked;
    const living = new Map(
      rows.filter((row) => row.merged_into === null).map((row) => [row.number, movieOf(row)]),
    );
    return mapDefined(asked, (row) => [row.number, living.get(row.merged_into ?? row.number)]);
  }

  async byOutsideId(
    source: string,
    value: string,
    kind?: Kind,
    options: CallOptions = {},
  ): Promise<Movie | undefined> {
    return (await this.byOutsideIds(source, [value], kind, options)).get(value);
  }

  async byOutsideIds(
    source: string,
    values: readonly string[],
    kind?: Kind,
    options: CallOptions = {},
  ): Promise<Map<string, Movie>> {
    options.signal?.throwIfAborted();
    const kinds = kind ? [kind] : (['show', 'movie'] as const); // of both, the last one counts
    const owners = await this.#run((statements) =>
      kinds.flatMap((each) => statements.outsideOwners(source, each, values)),
    );
    if (owners.length === 0) return new Map();
    const movies = await this.byNumber(owners.map(([, number]) => number));
    return mapDefined(owners, ([value, number]) => [value, movies.get(number)]);
  }

  async *titles(options: CallOptions = {}): AsyncIterable<readonly TitleRow[]> {
    let after = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const rows = await this.#db
        .selectFrom('movie')
        .select(TITLE_COLUMNS)
        .where('number', '>', after)
        .orderBy('number')
        .limit(TITLE_PAGE)
        .execute();
      const last = rows.at(-1);
      if (!last) return;
      after = last.number;
      yield rows.filter((row) => row.merged_into === null).map(titleRow);
      await new Promise(setImmediate);
    }
  }

  async changesSince(revision: Revision, limit: number, options: CallOptions = {}): Promise<Changes> {
    options.signal?.throwIfAborted();
    const now = await this.revision();
    if (now <= revision) return { revision, titles: [], described: [], gone: [] };
    // A revision is taken whole, so that the next call can go on after it.
    const edge = await this.#db
      .selectFrom('movie')
      .select('revision')
      .where('revision', '>', revision)
      .orderBy('revision')
      .offset(limit - 1)
      .limit(1)
      .executeTakeFirst();
    const upTo = edge?.revision ?? now;
    const rows = await this.#db
      .selectFrom('movie')
      .select([...TITLE_COLUMNS, ...DESCRIBED_COLUMNS])
      .select((eb) => eb('overview', 'is not', null).as('has_overview'))
      .where('revision', '>', revision)
      .where('revision', '<=', upTo)
      .execute();
    const living = rows.filter((row) => row.merged_into === null);
    return {
      revision: upTo,
      titles: living.map(titleRow),
      described: living
        .filter((row) => row.has_overview || row.keywords !== null)
        .map((row) =>
          describedMovie(DESCRIBED_COLUMNS.map((column) => row[column]) as unknown as DescribedValues),
        ),
      gone: rows.filter((row) => row.merged_into !== null).map(({ id, number }) => ({ id, number })),
    };
  }

  async movies(after: number, limit: number, options: CallOptions = {}): Promise<Movie[]> {
    options.signal?.throwIfAborted();
    return (await this.#walk(after, limit)).map(movieOf);
  }

  async records(after: number, limit: number, options: CallOptions = {}): Promise<NumberedRecord[]> {
    options.signal?.throwIfAborted();
    return recordsOf(this.#db, await this.#walk(after, limit));
  }

  async described(after: number, limit: number, options: CallOptions = {}): Promise<DescribedMovie[]> {
    options.signal?.throwIfAborted();
    return (await this.#run((statements) => statements.described(after, limit))).map(describedMovie);
  }

  async merged(options: CallOptions = {}): Promise<Map<MovieId, MovieId>> {
    options.signal?.throwIfAborted();
    const rows = await this.#db
      .selectFrom('movie as gone')
      .innerJoin('movie as living', 'living.number', 'gone.merged_into')
      .select(['gone.id as from', 'living.id as to'])
      .execute();
    return new Map(rows.map(({ from, to }) => [from, to]));
  }

  async upsert(records: readonly MovieRecord[], options: CallOptions = {}): Promise<UpsertOutcome[]> {
    options.signal?.throwIfAborted();
    if (records.length === 0) return [];
    const outcomes = await this.#run((statements) => upsertRecords(statements, records));
    await this.#checkpointAfter(records.length);
    return outcomes;
  }

  async refreshPopularity(options: CallOptions = {}): Promise<number> {
    options.signal?.throwIfAborted();
    const ranking = await this.#run(newRanking);
    if (!ranking) return 0;
    let rest = ranking;
    while (rest.changes.length > 0) {
      options.signal?.throwIfAborted();
      const before = rest;
      rest = await this.#run((statements) => writePopularity(statements, before));
      await this.#checkpointAfter(before.changes.length - rest.changes.length);
      await new Promise(setImmediate);
    }
    await this.#run((statements) => noteRanking(statements, rest));
    return ranking.changes.length;
  }

  async stats(options: CallOptions = {}): Promise<CatalogueStats> {
    const stats = { movies: 0, shows: 0, titles: 0, described: 0, revision: await this.revision(options) };
    const last = await this.#run((statements) => statements.lastNumber());
    for (let after = 0; after < last; after += COUNTED_AT_ONCE) {
      options.signal?.throwIfAborted();
      const part = await this.#count(after, after + COUNTED_AT_ONCE);
      for (const what of ['movies', 'shows', 'titles', 'described'] as const) stats[what] += part[what];
      await new Promise(setImmediate);
    }
    return stats;
  }

  /** Of the movies numbered above `after` up to `last`. */
  #count(after: number, last: number): Promise<Omit<CatalogueStats, 'revision'>> {
    return this.#db
      .selectFrom('movie')
      .select([
        sql<number>`count(*) filter (where kind = 'movie')`.as('movies'),
        sql<number>`count(*) filter (where kind = 'show')`.as('shows'),
        sql<number>`coalesce(sum(1 + coalesce(original <> title, 0) + coalesce(json_array_length(aka), 0)), 0)`.as(
          'titles',
        ),
        sql<number>`count(*) filter (where overview is not null or keywords is not null)`.as('described'),
      ])
      .where('number', '>', after)
      .where('number', '<=', last)
      .where('merged_into', 'is', null)
      .executeTakeFirstOrThrow();
  }

  catalogueId(options: CallOptions = {}): Promise<number> {
    return this.#meta(CATALOGUE_ID, options);
  }

  revision(options: CallOptions = {}): Promise<Revision> {
    return this.#meta('revision', options);
  }

  async #meta(key: string, { signal }: CallOptions): Promise<number> {
    signal?.throwIfAborted();
    return (await readMeta(this.#db, key))!;
  }

  /** Runs prepared statements, within one transaction if they write, while Kysely has none open on the connection. */
  #run<T>(work: (statements: Statements) => T): Promise<T> {
    return onConnection(this.#db, () => work(this.#statements));
  }

  /** Checkpoints every so many rows, between transactions: within one, others would wait for it. */
  async #checkpointAfter(rows: number): Promise<void> {
    this.#sinceCheckpoint += rows;
    if (this.#sinceCheckpoint < CHECKPOINT_ROWS) return;
    this.#sinceCheckpoint = 0;
    await this.#run((statements) => statements.checkpoint());
  }

  #rows(numbers: readonly number[]): Promise<MovieRow[]> {
    return this.#db.selectFrom('movie').selectAll().where('number', 'in', numbers).execute();
  }

  #walk(after: number, limit: number): Promise<MovieRow[]> {
    return this.#db
      .selectFrom('movie')
      .selectAll()
      .where('number', '>', after)
      .where('merged_into', 'is', null)
      .orderBy('number')
      .limit(limit)
      .execute();
  }
}

function titleRow(row: Pick<MovieRow, (typeof TITLE_COLUMNS)[number]>): TitleRow {
  const aka: OtherTitle[] = row.aka === null ? [] : JSON.parse(row.aka);
  const original = differing(row);
  return {
    number: row.number,
    id: row.id,
    kind: row.kind as Kind,
    adult: row.adult === 1,
    titles: [row.title, ...(original === null ? [] : [original]), ...aka.map((other) => other.title)],
    ...(row.year !== null && { year: row.year }),
    ...(row.popularity !== null && { popularity: row.popularity }),
    ...(row.franchise !== null && { franchise: row.franchise }),
  };
}

function mapDefined<Row, Key, Value>(
  rows: readonly Row[],
  entry: (row: Row) => readonly [Key, Value | undefined],
): Map<Key, Value> {
  const map = new Map<Key, Value>();
  for (const row of rows) {
    const [key, value] = entry(row);
    if (value !== undefined) map.set(key, value);
  }
  return map;
}
