import type { Kind, Movie, MovieId, MovieRecord } from './movie.ts';

/** A point in the catalogue's history. Every write raises it and stamps the rows it touched. */
export type Revision = number;

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** One name of one movie, with what settles ties between namesakes. */
export interface TitleRow {
  readonly number: number;
  readonly id: MovieId;
  readonly kind: Kind;
  readonly year?: number;
  readonly popularity?: number;
  readonly adult: boolean;
  readonly franchise?: string;
  /** The main title first, then the original, then the others. */
  readonly titles: readonly string[];
}

/** What ranking needs of a movie that is not thin: its facts without its texts. */
export type DescribedMovie = Pick<
  Movie,
  | 'number'
  | 'id'
  | 'kind'
  | 'title'
  | 'year'
  | 'genres'
  | 'directors'
  | 'cast'
  | 'keywords'
  | 'popularity'
  | 'franchise'
  | 'adult'
  | 'runtime'
  | 'language'
  | 'countries'
  | 'votes'
>;

/** A movie as its record, for an export. */
export interface NumberedRecord {
  readonly number: number;
  readonly record: MovieRecord;
}

/** What became of one record of an import. */
export type UpsertOutcome =
  | { readonly outcome: 'added' | 'changed' | 'unchanged'; readonly id: MovieId; readonly because?: string }
  | {
      readonly outcome: 'merged';
      readonly id: MovieId;
      readonly absorbed: readonly MovieId[];
      readonly because: string;
    };

/** What happened since a revision, for a running process that follows. */
export interface Changes {
  readonly revision: Revision;
  readonly titles: readonly TitleRow[];
  /** Those of the changed movies that have an overview or keywords. Once described, a movie stays so. */
  readonly described: readonly DescribedMovie[];
  /** Movies that are no longer there under their own number, because they were found to be another one. */
  readonly gone: readonly { readonly id: MovieId; readonly number: number }[];
}

export interface CatalogueStats {
  readonly movies: number;
  readonly shows: number;
  readonly titles: number;
  /** Movies that have an overview or keywords, and so can have a vector. */
  readonly described: number;
  readonly revision: Revision;
}

/** The movies, and every id they were ever known by. All methods reject with the signal's reason once it fires. */
export interface Catalogue {
  /** Movies by id, old and merged ids too, keyed by the id that was asked. What is not there is absent. */
  get(ids: readonly MovieId[], options?: CallOptions): Promise<Map<MovieId, Movie>>;
  /** Movies by their small integer; a merged movie's integer leads to the living one. */
  byNumber(numbers: readonly number[], options?: CallOptions): Promise<Map<number, Movie>>;
  /** The movie with an outside id, e.g. `('tmdb', '27205', 'movie')`. Movies and shows are numbered apart. */
  byOutsideId(source: string, value: string, kind?: Kind, options?: CallOptions): Promise<Movie | undefined>;
  /** Movies by many outside ids of one source, keyed by the value; of a movie and a show with the same one, the movie. */
  byOutsideIds(
    source: string,
    values: readonly string[],
    kind?: Kind,
    options?: CallOptions,
  ): Promise<Map<string, Movie>>;
  /** Every title, in the order of the small integers, in pages that do not hold the event loop. */
  titles(options?: CallOptions): AsyncIterable<readonly TitleRow[]>;
  /**
   * What was written after `revision`; cheap when nothing was. About `limit` movies, as revisions are told whole, each
   * of 200 movies at most: ask again until nothing comes.
   */
  changesSince(revision: Revision, limit: number, options?: CallOptions): Promise<Changes>;
  /** Movies whose small integer is above `after`, in order: how pipelines walk the whole catalogue. */
  movies(after: number, limit: number, options?: CallOptions): Promise<Movie[]>;
  /** The same walk, as records that another catalogue takes in with `upsert` to become the same. */
  records(after: number, limit: number, options?: CallOptions): Promise<NumberedRecord[]>;
  /** Movies with an overview or keywords, numbered above `after`, in order; 1,000 of them take about 6 ms. */
  described(after: number, limit: number, options?: CallOptions): Promise<DescribedMovie[]>;
  /** The ids of movies that were found to be others, with the ids of those; what the catalogue itself never gives. */
  merged(options?: CallOptions): Promise<Map<MovieId, MovieId>>;
  /** Adds or merges records, in one transaction; outcomes stand in the order of the records. Idempotent. */
  upsert(records: readonly MovieRecord[], options?: CallOptions): Promise<UpsertOutcome[]>;
  /**
   * Works out anew how well known each movie is, from the votes of all, where anything was written since the last time.
   * Called when an import ends; safe to repeat and to interrupt. Answers how many movies changed.
   */
  refreshPopularity(options?: CallOptions): Promise<number>;
  /** A number that no other catalogue has, nor one that was made anew in the same place, nor a backup. */
  catalogueId(options?: CallOptions): Promise<number>;
  /** The revision of the last write; cheap. */
  revision(options?: CallOptions): Promise<Revision>;
  /** Goes through the whole catalogue, without holding the event loop: some 100 ms for 300,000 movies. */
  stats(options?: CallOptions): Promise<CatalogueStats>;
}

/** What a person of a rating set gave to a movie. */
export interface RatingOfMovie {
  /** The movie's number. */
  readonly movie: number;
  /** The person's number within the set; it names nobody. */
  readonly person: number;
  /** 0.5 to 5. */
  readonly stars: number;
  /** Seconds since 1970. */
  readonly at: number;
}

/** Ratings of public sets, for what people like together; those of the bot's own people are kept elsewhere. */
export interface RatingStore {
  /** Adds or replaces; of two that a person gave to a movie the newer counts. Answers how many were new. */
  put(source: string, ratings: readonly RatingOfMovie[]): Promise<number>;
  count(source: string): Promise<number>;
}

/** Texts too long for a button, under a hash of their content; they never expire. */
export interface ViewStore {
  put(body: string): Promise<string>;
  get(hash: string): Promise<string | undefined>;
}

/** What a person or a chat chose: for now the language of the answers. Keys are `platform:id`, never logged. */
export interface PreferenceStore {
  language(key: string): Promise<string | undefined>;
  setLanguage(key: string, language: string | undefined): Promise<void>;
  /** What was asked for under one key holds under another from now on, where nothing was asked for there yet. */
  move(from: string, to: string): Promise<void>;
}
