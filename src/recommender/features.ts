import { setImmediate } from 'node:timers/promises';
import type { Changes } from '../catalogue/catalogue.ts';
import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import type { Kind, Movie, MovieFacts, MovieId } from '../catalogue/movie.ts';
import { type FilterableFacts, type Metadata, metadataOf } from '../vectors/filter.ts';
import { FactColumns } from './fact-columns.ts';
import { genreBits } from './genre-bits.ts';
import type { RelevanceModel } from './relevance.ts';
import { type Series, SeriesFinder } from './series.ts';
import { saysSequel } from './series-evidence.ts';
import { Vocabulary } from './vocabulary.ts';

/** What ranking compares of a movie, without its text: small enough to keep for every described movie. */
export interface Features {
  readonly id: MovieId;
  readonly number: number;
  readonly kind: Kind;
  readonly title: string;
  readonly year: number | undefined;
  /** One bit for each of `GENRE_SLUGS`. */
  readonly genres: number;
  /** The genres are not known: they were told from the text. */
  readonly genresGuessed: boolean;
  /** Numbers of names and words in the table's vocabularies. */
  readonly directors: readonly number[];
  readonly cast: readonly number[];
  readonly keywords: readonly number[];
  /** 0 to 1; 0 where nothing is known. */
  readonly popularity: number;
  readonly franchise: string | undefined;
  /** A theme calls it a sequel or the like. */
  readonly sequel: boolean;
  readonly adult: boolean;
  /** What a filter asks about, as vector stores keep it. */
  readonly metadata: Metadata;
}

/** The facts that features are made of. */
export type FeatureFacts = FilterableFacts &
  Pick<MovieFacts, 'title' | 'directors' | 'cast' | 'keywords'> &
  Pick<Movie, 'id' | 'number'>;

/** Of the cast only so many count: further names are walk-ons that say nothing about likeness. */
const CAST_COMPARED = 6;
const KEYWORDS_COMPARED = 40;

/** Milliseconds of looking for series between two looks at what else there is to do. */
const LINKING_SLICE = 5;

/** The features of every described movie, kept up to date while others import. */
export class FeatureTable {
  readonly people: Vocabulary;
  readonly words: Vocabulary;
  readonly #byId = new Map<MovieId, Features>();
  readonly #byNumber = new Map<number, Features>();
  readonly #genreCounts = new Array<number>(GENRE_SLUGS.length).fill(0);
  readonly #yearCounts = new Map<number, number>();
  readonly #franchises = new Map<string, Set<MovieId>>();
  readonly #series = new SeriesFinder((person) => this.people.name(person));
  readonly #columns = new FactColumns();
  /** Their series are not looked for yet. */
  readonly #unlinked = new Set<MovieId>();
  #guesses: ReadonlyMap<MovieId, readonly Genre[]> = new Map();

  /** The vocabularies are empty, or those of features that are going to be added. */
  constructor(people = new Vocabulary(), words = new Vocabulary()) {
    this.people = people;
    this.words = words;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: MovieId): Features | undefined {
    return this.#byId.get(id);
  }

  byNumber(number: number): Features | undefined {
    return this.#byNumber.get(number);
  }

  ids(): MovieId[] {
    return [...this.#byId.keys()];
  }

  all(): Features[] {
    return [...this.#byId.values()];
  }

  /**
   * The series of a movie, of which the table has at least two movies: what the catalogue calls a franchise, and what
   * titles, people and years tell where it calls nothing so. The same seen from each of its movies.
   */
  seriesOf({ id, franchise }: Pick<Features, 'id' | 'franchise'>): Series | undefined {
    const found = this.#series.of(id);
    const name = franchise ?? found?.name;
    if (name === undefined) return undefined;
    const named = this.#franchises.get(name);
    const isNamed = franchise !== undefined || [...(found?.members ?? [])].some((each) => named?.has(each));
    const members =
      isNamed && named
        ? new Set([...named].flatMap((each) => [each, ...(this.#series.of(each)?.members ?? [])]))
        : (found?.members ?? new Set());
    return members.size > 1 ? { name, members } : undefined;
  }

  /**
   * Looks for the series of what was put since, without holding the event loop. Until it resolves, new movies are taken
   * to stand alone where the catalogue names no series.
   */
  async linkSeries(signal?: AbortSignal): Promise<void> {
    for (let began = performance.now(); !signal?.aborted && this.#linkNext(); ) {
      if (performance.now() - began < LINKING_SLICE) continue;
      await setImmediate();
      began = performance.now();
    }
  }

  #linkNext(): boolean {
    for (const id of this.#unlinked) {
      this.#unlinked.delete(id);
      this.#series.put(this.#byId.get(id)!);
      return true;
    }
    return false;
  }

  /** Features of a movie that need not be in the table, such as a thin one that is asked for. */
  of(facts: FeatureFacts): Features {
    const guess = facts.genres.length === 0 ? this.#guesses.get(facts.id) : undefined;
    return {
      id: facts.id,
      number: facts.number,
      kind: facts.kind,
      title: facts.title,
      year: facts.year,
      genres: genreBits(guess ?? facts.genres),
      genresGuessed: guess !== undefined,
      directors: facts.directors.map((name) => this.people.intern(name)),
      cast: facts.cast.slice(0, CAST_COMPARED).map((name) => this.people.intern(name)),
      keywords: facts.keywords.slice(0, KEYWORDS_COMPARED).map((word) => this.words.intern(word)),
      popularity: facts.popularity ?? 0,
      franchise: facts.franchise,
      sequel: facts.keywords.some(saysSequel),
      adult: facts.adult,
      metadata: metadataOf(facts),
    };
  }

  put(facts: FeatureFacts): void {
    this.add(this.of(facts));
  }

  /** Puts features that were made of this table's vocabularies. */
  add(features: Features): void {
    this.delete(features.id);
    this.#byId.set(features.id, features);
    this.#byNumber.set(features.number, features);
    this.#columns.put(features);
    this.#count(features, 1);
    this.#unlinked.add(features.id);
  }

  /** Takes in what the catalogue wrote. */
  apply({ gone, described }: Pick<Changes, 'gone' | 'described'>): void {
    for (const { id } of gone) this.delete(id);
    for (const movie of described) this.put(movie);
  }

  /** Takes movies whose genres are not known for what was guessed, until it is called again. */
  guess(guesses: ReadonlyMap<MovieId, readonly Genre[]>): void {
    const before = this.#guesses;
    this.#guesses = guesses;
    for (const id of new Set([...before.keys(), ...guesses.keys()])) {
      const known = this.#byId.get(id);
      if (!known || (known.genres !== 0 && !known.genresGuessed)) continue;
      const guess = guesses.get(id);
      const features = { ...known, genres: genreBits(guess ?? []), genresGuessed: guess !== undefined };
      this.#countGenres(known, -1);
      this.#countGenres(features, 1);
      this.#byId.set(id, features);
      this.#byNumber.set(features.number, features);
      this.#columns.putGenres(features);
    }
  }

  delete(id: MovieId): void {
    const known = this.#byId.get(id);
    if (!known) return;
    this.#byId.delete(id);
    this.#byNumber.delete(known.number);
    this.#columns.delete(id);
    this.#series.delete(id);
    this.#unlinked.delete(id);
    this.#count(known, -1);
  }

  /**
   * The `wanted` movies that have most in common with all of these apart from the text, among those that pass, roughly
   * the closest first.
   */
  closestByFacts(
    seeds: readonly Features[],
    model: Pick<RelevanceModel, 'weights'>,
    wanted: number,
    passes: (movie: Features) => boolean,
  ): Features[] {
    const likeness = this.#columns.likenessTo(seeds, model, (word) => this.wordWeight(word));
    return this.#columns.best(likeness, wanted, passes);
  }

  /** The `wanted` best-known movies among those that pass, the best-known first. */
  bestKnown(wanted: number, passes: (movie: Features) => boolean): Features[] {
    return this.#columns.best(this.#columns.popularity, wanted, passes);
  }

  /** In how many of the table's movies it occurs. */
  genreCount(genre: Genre): number {
    return this.#genreCounts[GENRE_SLUGS.indexOf(genre)] ?? 0;
  }

  /** Of how many of the table's movies it is a theme. */
  themeCount(theme: string): number {
    return this.words.countOf(theme);
  }

  /** How many of the table's movies came out in these years, both included. */
  yearCount(first: number, last: number): number {
    let count = 0;
    for (let year = first; year <= last; year++) count += this.#yearCounts.get(year) ?? 0;
    return count;
  }

  /** 1 for a theme that one movie alone has, towards 0 for one that they all have. */
  wordWeight(word: number): number {
    return rarity(this.words.count(word), this.size);
  }

  #count(features: Features, times: 1 | -1): void {
    this.people.add(features.directors, times);
    this.people.add(features.cast, times);
    this.words.add(features.keywords, times);
    this.#countGenres(features, times);
    const { year } = features;
    if (year !== undefined) this.#yearCounts.set(year, (this.#yearCounts.get(year) ?? 0) + times);
    if (!features.franchise) return;
    const members = this.#franchises.get(features.franchise) ?? new Set();
    if (times === 1) members.add(features.id);
    else members.delete(features.id);
    this.#franchises.set(features.franchise, members);
  }

  #countGenres({ genres }: Features, times: 1 | -1): void {
    GENRE_SLUGS.forEach((_, bit) => {
      if (genres & (1 << bit)) this.#genreCounts[bit]! += times;
    });
  }
}

/** 1 for what one movie alone has, towards 0 for what they all have. */
function rarity(count: number, total: number): number {
  return Math.log((total + 2) / (count + 1)) / Math.log(total + 2);
}
