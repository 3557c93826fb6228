import type { DatabaseSync } from 'node:sqlite';
import { openSqlite, StatementCache } from '../store/sqlite.ts';
import type { Filter } from '../vectors/filter.ts';
import { type SqlConditions, sqlConditions } from './conditions.ts';
import type { PlotHit } from './plot-search.ts';
import { type Telling, type Term, telling, termsOf } from './terms.ts';

/** Written into the index's file: another number means it is made anew. */
const FORMAT = 2;

/** Rows to a transaction while the index is brought up to date. */
const BATCH = 500;

/** Words of a text that are looked for: the rarest. A whole plot's other words would only cost time. */
const MAX_TERMS = 48;

/**
 * How much a word counts where it stands: in the overview, among the keywords, in the title. A title names more often
 * than it tells: at 0.6 a western called "Shark River" was all about a shark, and fewer paraphrases found their films.
 */
const WEIGHTS = '1.0, 1.5, 0.1';

/** So many of the rarest words found make a full score: no retelling has every word of a long text. */
const FULL_SCORE_TERMS = 12;

/**
 * Fewer words than this make no full score, for a movie may have all three of "robots fall in love" by chance. One or
 * two are no story but a theme ("a heist"), which a movie has or has not.
 */
const FEWEST_TERMS = 6;
const THEME_TERMS = 2;

/** Words whose counts are remembered: a few hundred kilobytes. */
const MAX_COUNTS = 5000;

/** How many times what is wanted is looked at before a filter is asked of every match. */
const SPARE = 3;

/** bm25's k1 + 1: what one very frequent rare word can reach, relative to its rarity. */
const SATURATION = 2.2;

/** FTS5 over the described movies of one catalogue. Synchronous: lives in a worker. */
export class FullText {
  readonly #database: DatabaseSync;
  readonly #statements: StatementCache;
  /** How many movies have a word, as of what was taken in last. */
  readonly #counts = new Map<string, number>();

  constructor(catalogue: string, index: string) {
    this.#database = openSqlite(index);
    this.#database.prepare('attach database ? as catalogue').run(catalogue);
    this.#prepareSchema();
    this.#statements = new StatementCache(this.#database);
  }

  /**
   * Takes in rows of the catalogue that are newer than what is here: some hundred, in one transaction. Answers whether
   * there may be more.
   */
  refresh(): boolean {
    this.#database.exec('begin immediate');
    try {
      const taken = this.#refreshBatch();
      this.#database.exec('commit');
      return taken === BATCH;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }

  search(text: string, limit: number, filter: Filter): PlotHit[] {
    const { terms, asked } = this.#telling(termsOf(text));
    if (terms.length === 0) return [];
    const rows = this.#best(terms, limit, filter);
    const scoring = terms.slice(0, FULL_SCORE_TERMS);
    const rarities = scoring.reduce((sum, term) => sum + term.rarity, 0);
    // Of a story in another language one word may occur here: that makes no theme of it.
    const isTheme = asked <= THEME_TERMS;
    const full = isTheme ? rarities : rarities * Math.max(1, FEWEST_TERMS / scoring.length);
    return rows.map(({ id, score }) => ({ id, score: score / (SATURATION * full) }));
  }

  /**
   * Most filters let nearly everything pass: the best that pass are then among a few times as many of the best, and the
   * movies' own rows are read for these alone. To read them for all that have some word takes three times as long.
   */
  #best(terms: readonly Term[], limit: number, filter: Filter): Row[] {
    const match = terms.map(({ word }) => `"${word}"`).join(' OR ');
    const conditions = sqlConditions(filter);
    const looked = filter.length === 0 ? limit : SPARE * limit;
    const among = this.#statements
      .get(
        `select movie.id as id, score, movie.merged_into is null ${conditions.sql} as passes from (
           select rowid as number, -bm25(plot, ${WEIGHTS}) as score
           from plot where plot match ? order by score desc, number limit ?
         ) as best join catalogue.movie as movie on movie.number = best.number
         order by score desc, best.number`,
      )
      .all(...conditions.parameters, match, looked) as unknown as (Row & { passes: number | null })[];
    const found = among.filter(({ passes }) => passes === 1).slice(0, limit);
    return found.length === limit || among.length < looked
      ? found
      : this.#bestOfAll(match, limit, conditions);
  }

  #bestOfAll(match: string, limit: number, conditions: SqlConditions): Row[] {
    return this.#statements
      .get(
        `select movie.id as id, -bm25(plot, ${WEIGHTS}) as score
         from plot join catalogue.movie as movie on movie.number = plot.rowid
         where plot match ? and movie.merged_into is null ${conditions.sql}
         order by score desc, movie.number limit ?`,
      )
      .all(match, ...conditions.parameters, limit) as unknown as Row[];
  }

  #prepareSchema(): void {
    if (this.#isOfThisCatalogue()) return;
    this.#database.exec(`
      begin immediate;
      drop table if exists plot; drop table if exists vocabulary; drop table if exists taken;
      create virtual table plot using fts5(
        overview, keywords, title,
        content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
      );
      create virtual table vocabulary using fts5vocab(plot, 'row');
      create table taken (
        catalogue integer not null, revision integer not null, number integer not null, movies integer not null
      );
      insert into taken select value, 0, 0, 0 from catalogue.meta where key = 'catalogue';
      pragma user_version = ${FORMAT};
      commit;`);
  }

  /**
   * A catalogue that was brought back from a backup has an id of its own, and a history that went another way. One that
   * was brought back from a copy of the file keeps its id, but its revision is behind what was taken in.
   */
  #isOfThisCatalogue(): boolean {
    const [row] = this.#database.prepare('pragma user_version').all() as { user_version: number }[];
    if (row?.user_version !== FORMAT) return false;
    const same = `select 1 from taken
      join catalogue.meta as id on id.key = 'catalogue' and id.value = taken.catalogue
      join catalogue.meta as now on now.key = 'revision' and now.value >= taken.revision`;
    return this.#database.prepare(same).get() !== undefined;
  }

  #refreshBatch(): number {
    const [after] = this.#database.prepare('select revision, number from taken').all() as {
      revision: number;
      number: number;
    }[];
    const rows = this.#statements
      .get(
        `select number, revision, title, overview, keywords, merged_into from catalogue.movie
         where (revision, number) > (?, ?) order by revision, number limit ${BATCH}`,
      )
      .all(after!.revision, after!.number) as unknown as CatalogueRow[];
    for (const row of rows) this.#take(row);
    const last = rows.at(-1);
    if (last) {
      this.#counts.clear();
      this.#statements
        .get('update taken set revision = ?, number = ?, movies = (select count(*) from plot)')
        .run(last.revision, last.number);
    }
    return rows.length;
  }

  #take(row: CatalogueRow): void {
    this.#statements.get('delete from plot where rowid = ?').run(row.number);
    const keywords = row.keywords === null ? '' : (JSON.parse(row.keywords) as string[]).join(', ');
    if (row.merged_into !== null || (!row.overview && !keywords)) return;
    this.#statements
      .get('insert into plot (rowid, overview, keywords, title) values (?, ?, ?, ?)')
      .run(row.number, row.overview ?? '', keywords, row.title);
  }

  /** The rarest of the terms that occur at all, with how rare they are. */
  #telling(words: readonly string[]): Telling {
    const [row] = this.#database.prepare('select movies from taken').all() as { movies: number }[];
    const movies = Math.max(1, row?.movies ?? 0);
    return telling(words, movies, MAX_TERMS, (word) => this.#countOf(word, movies));
  }

  /** Up to a quarter of the movies, and one. Common words are asked for again and again, and take longest to count. */
  #countOf(word: string, movies: number): number {
    const known = this.#counts.get(word);
    if (known !== undefined) return known;
    const counted = this.#statements
      .get(
        `select count(*) as found from (select 1 from plot where plot match ? limit ${Math.ceil(movies / 4) + 1})`,
      )
      .get(`"${word}"`) as { found: number };
    if (this.#counts.size >= MAX_COUNTS) this.#counts.clear();
    this.#counts.set(word, counted.found);
    return counted.found;
  }
}

interface Row {
  readonly id: string;
  readonly score: number;
}

interface CatalogueRow {
  readonly number: number;
  readonly revision: number;
  readonly title: string;
  readonly overview: string | null;
  readonly keywords: string | null;
  readonly merged_into: number | null;
}
