import type { Genre } from './genres.ts';

/**
 * A movie's public name for good: made from the strongest outside id known when the movie was first seen
 * (`tt1375666`, `tmdbm27205`, `tmdbs1399`, `traktm16662`, `trakts1390`), else `h` and 16 hexadecimal digits.
 * It is also the key of the movie's vector in every index.
 */
export type MovieId = string;

export type Kind = 'movie' | 'show';

export interface OtherTitle {
  readonly title: string;
  /** ISO 639-1. */
  readonly language?: string;
}

/** What a movie source tells about one movie. Only the title is sure; what is unknown is absent, never guessed. */
export interface MovieFacts {
  readonly title: string;
  /** The title in the language the movie was made in, where it differs. */
  readonly original?: string;
  /** Year of first release, 1870 to 2100. */
  readonly year?: number;
  /** ISO 8601 date of first release. */
  readonly released?: string;
  readonly kind: Kind;
  readonly aka: readonly OtherTitle[];
  readonly overview?: string;
  readonly tagline?: string;
  readonly genres: readonly Genre[];
  /** Themes, lower case, most telling first. */
  readonly keywords: readonly string[];
  readonly directors: readonly string[];
  /** Most important first. */
  readonly cast: readonly string[];
  /** Minutes; of one episode for a show. */
  readonly runtime?: number;
  /** Main spoken language, ISO 639-1. */
  readonly language?: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Mean rating, 0 to 10. */
  readonly rating?: number;
  /** How many people rated it at the source. */
  readonly votes?: number;
  /** How well known it is, 0 to 1: a percentile within its source, since votes of two sources do not compare. */
  readonly popularity?: number;
  /** An `https` address. */
  readonly poster?: string;
  /** The series it belongs to, by its usual name. */
  readonly franchise?: string;
  readonly adult: boolean;
}

/** A movie as a source delivers it, before the catalogue has given it an id of its own. */
export interface MovieRecord extends MovieFacts {
  readonly id?: MovieId;
  /** Outside ids, one per source: `{ imdb: 'tt1375666', tmdb: '27205' }`. Sources we do not know are kept. */
  readonly ids: Readonly<Record<string, string>>;
  /** Which import it came from: `starter`, `jsonl`, `wikipedia`, … Also names the scale of `votes`. */
  readonly source: string;
  /** What only an export of our own tells. */
  readonly past?: MoviePast;
}

/** What merges have left on a movie, so that an export loses none of it. */
export interface MoviePast {
  /** Its catalogue told it from every other movie: only ids, no likeness of title, may say it is one of them. */
  readonly distinct?: boolean;
  /** Ids that lead to this movie beside its own. */
  readonly formerIds?: readonly MovieId[];
  /** Further outside ids, where a source has more than one for this movie. */
  readonly otherIds?: readonly (readonly [source: string, value: string])[];
  /** Votes of every source that counted them; they include the record's own. */
  readonly votes?: readonly SourceVotes[];
  readonly overviewSource?: string;
  readonly posterSource?: string;
}

/** What one source counted; not comparable with another's. */
export interface SourceVotes {
  readonly source: string;
  readonly votes: number;
  /** 0 to 10. */
  readonly rating?: number;
}

/** A movie of the catalogue. */
export interface Movie extends MovieFacts {
  readonly id: MovieId;
  /** A small integer, never given to another movie: what buttons carry instead of the id. */
  readonly number: number;
  readonly ids: Readonly<Record<string, string>>;
  readonly source: string;
  /** Source of the overview, for credit; absent where there is none. */
  readonly overviewSource?: string;
  readonly posterSource?: string;
  /** Source of the rating that is shown: the one with the most votes. */
  readonly ratingSource?: string;
}

/** Little is known: no overview and no keywords. Such a movie has no vector and never outranks a described one. */
export function isThin(movie: Pick<MovieFacts, 'overview' | 'keywords'>): boolean {
  return !movie.overview && movie.keywords.length === 0;
}
