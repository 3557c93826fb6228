import type { StatementSync } from 'node:sqlite';
import { sql } from 'kysely';
import type {
  CallOptions,
  Catalogue,
  CatalogueStats,
  Changes,
  DescribedMovie,
  Revision,
  TitleRow,
  UpsertOutcome,
} from '../catalogue.ts';
import type { Kind, Movie, MovieId, MovieRecord, OtherTitle } from '../movie.ts';
import { DESCRIBED_COLUMNS, type DescribedValues, describedMovie, describedStatement } from './described.ts';
import type { OpenDatabase } from './open.ts';
import { refreshPopularity } from './popularity.ts';
import { movieOf } from './rows.ts';
import type { MovieRow } from './schema.ts';
import { upsertRecords } from './upsert.ts';

/** Titles to a page: a page is read and parsed in well under the 20 ms that the event loop may be held. */
const TITLE_PAGE = 2000;

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
  readonly #described: StatementSync;

  constructor(open: OpenDatabase) {
    this.#open = open;
    this.#described = describedStatement(open.sqlite);
  }

  get #db() {
    return this.#open.db;
  }

  async get(ids: readonly MovieId[], options: CallOptions = {}): Promise<Map<MovieId, Movie>> {
    options.signal?.throwIfAborted();
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('movie_id').selectAll().where('id', 'in', ids).execute();
    const movies = await this.#living(rows.map((row) => row.movie));
    return mapDefined(rows, (row) => [row.id, movies.get(row.movie)]);
  }

  async byNumber(numbers: readonly number[], options: CallOptions = {}): Promise<Map<number, Movie>> {
    options.signal?.throwIfAborted();
    if (numbers.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('movie')
      .select(['number', 'merged_into'])
      .where('number', 'in', numbers)
      .execute();
    const movies = await this.#living(rows.map((row) => row.merged_into ?? row.number));
    return mapDefined(rows, (row) => [row.number, movies.get(row.merged_into ?? row.number)]);
  }

  async byOutsideId(
    source: string,
    value: string,
    kind?: Kind,
    options: CallOptions = {},
  ): Promise<Movie | undefined> {
    options.signal?.throwIfAborted();
    let query = this.#db
      .selectFrom('outside_id')
      .select('movie')
      .where('source', '=', source)
      .where('value', '=', value);
    if (kind) query = query.where('kind', '=', kind);
    const row = await query.orderBy('kind').executeTakeFirst();
    return row && (await this.#living([row.movie])).get(row.movie);
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
    const now = await this.#revision();
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
      .select([...TITLE_COLUMNS, 'genres', 'directors', 'cast_names', 'keywords'])
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
    const rows = await this.#db
      .selectFrom('movie')
      .selectAll()
      .where('number', '>', after)
      .where('merged_into', 'is', null)
      .orderBy('number')
      .limit(limit)
      .execute();
    return this.#withIds(rows);
  }

  async described(after: number, limit: number, options: CallOptions = {}): Promise<DescribedMovie[]> {
    options.signal?.throwIfAborted();
    // The statement runs beside Kysely, which must not have a transaction open meanwhile.
    const rows = await this.#db.connection().execute(async () => this.#described.all(after, limit));
    return (rows as unknown as DescribedValues[]).map(describedMovie);
  }

  async upsert(records: readonly MovieRecord[], options: CallOptions = {}): Promise<UpsertOutcome[]> {
    options.signal?.throwIfAborted();
    return upsertRecords(this.#open, records);
  }

  /** Votes → percentiles within each source. Called at the end of an import. Answers how many movies changed. */
  refreshPopularity(options: CallOptions = {}): Promise<number> {
    return refreshPopularity(this.#open, options.signal);
  }

  async stats(options: CallOptions = {}): Promise<CatalogueStats> {
    options.signal?.throwIfAborted();
    const row = await this.#db
      .selectFrom('movie')
      .select([
        sql<number>`count(*) filter (where kind = 'movie')`.as('movies'),
        sql<number>`count(*) filter (where kind = 'show')`.as('shows'),
        sql<number>`coalesce(sum(1 + (original is not null) + coalesce(json_array_length(aka), 0)), 0)`.as(
          'titles',
        ),
        sql<number>`count(*) filter (where overview is not null or keywords is not null)`.as('described'),
      ])
      .where('merged_into', 'is', null)
      .executeTakeFirstOrThrow();
    return { ...row, revision: await this.#revision() };
  }

  async #revision(): Promise<Revision> {
    const row = await this.#db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'revision')
      .executeTakeFirstOrThrow();
    return row.value;
  }

  async #living(numbers: readonly number[]): Promise<Map<number, Movie>> {
    if (numbers.length === 0) return new Map();
    const rows = await this.#db.selectFrom('movie').selectAll().where('number', 'in', numbers).execute();
    return new Map((await this.#withIds(rows)).map((movie) => [movie.number, movie]));
  }

  async #withIds(rows: readonly MovieRow[]): Promise<Movie[]> {
    if (rows.length === 0) return [];
    const found = await this.#db
      .selectFrom('outside_id')
      .select(['movie', 'source', 'value'])
      .where(
        'movie',
        'in',
        rows.map((row) => row.number),
      )
      .orderBy('source')
      .orderBy('value')
      .execute();
    const ids = Map.groupBy(found, (row) => row.movie);
    return rows.map((row) => movieOf(row, idsOf(ids.get(row.number) ?? [])));
  }
}

/** One id a source; where a merge left two, the first is shown and both still resolve. */
function idsOf(rows: readonly { source: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(rows.toReversed().map((row) => [row.source, row.value]));
}

function titleRow(row: Pick<MovieRow, (typeof TITLE_COLUMNS)[number]>): TitleRow {
  const aka: OtherTitle[] = row.aka === null ? [] : JSON.parse(row.aka);
  return {
    number: row.number,
    id: row.id,
    kind: row.kind as Kind,
    adult: row.adult === 1,
    titles: [row.title, ...(row.original === null ? [] : [row.original]), ...aka.map((other) => other.title)],
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
