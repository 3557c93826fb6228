import type { Genre } from '../catalogue/genres.ts';
import type { Movie } from '../catalogue/movie.ts';
import type { FilterName, MovieFilters } from './filters.ts';
import type { Personal } from './personal/queries.ts';
import type { Reason } from './reasons.ts';

export interface SimilarQuery {
  /** What the answer should be like: one movie, or several that are blended. */
  readonly seeds: readonly Movie[];
  /** What it should move away from. */
  readonly away?: readonly Movie[];
  /** Free words to move towards or away from, beside the movies: `Heat - violence`. */
  readonly words?: readonly BlendWords[];
  readonly filters: MovieFilters;
  /** Adult titles may be among the answers. */
  readonly adult?: boolean;
  /** From 1. */
  readonly page: number;
  /** Movies to a page, 1 to 50. */
  readonly pageSize: number;
  readonly signal?: AbortSignal;
}

export interface BlendWords {
  readonly text: string;
  readonly away: boolean;
}

/** A series that takes one place in a list. */
export interface Series {
  readonly name: string;
  /** How many of its movies there are in the catalogue, at least 2. */
  readonly count: number;
}

/** A series with its movies that are in the catalogue, oldest first. */
export interface MovieSeries {
  readonly name: string;
  readonly movies: readonly Movie[];
}

export interface Recommendation {
  /** From 1, over all pages. */
  readonly rank: number;
  readonly movie: Movie;
  /** Relevance, 0 to 1: symmetric, and the same scale in every list. */
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** The movie stands for its whole series. */
  readonly series?: Series;
}

/** What is special about a list, for the command to word. */
export type Remark =
  /** Little is known of this seed: it was answered by genres, year, people and votes. */
  | { readonly kind: 'thinSeed'; readonly movie: Movie }
  /** The seed has no stored vector yet. */
  | { readonly kind: 'notIndexed'; readonly movie: Movie }
  /** The seed's genres are not known: these were told from its text. */
  | { readonly kind: 'guessedGenres'; readonly movie: Movie; readonly genres: readonly Genre[] }
  /** The text sounds like these genres, and movies that have them go first. */
  | { readonly kind: 'plotGenres'; readonly genres: readonly Genre[] }
  /** Even the best match is weak. */
  | { readonly kind: 'weak' }
  /** So many close movies were left out because what a filter asks for is not known of them. */
  | { readonly kind: 'unknownField'; readonly count: number }
  /** Nothing passed the filters; without this one something would. */
  | { readonly kind: 'emptiedBy'; readonly filter: FilterName }
  /** The other movies of the seed's own series, oldest first, which are not in the list. */
  | { readonly kind: 'ownSeries'; readonly name: string; readonly movies: readonly Movie[] }
  /** The embedder does not know the words of the text, so only the words themselves were looked for. */
  | { readonly kind: 'wordsOnly' }
  /** The embedder does not answer just now, so only the words themselves were looked for. */
  | { readonly kind: 'meaningAway' }
  /** The words for a group's mood meant nothing to the embedder, or it does not answer: the list goes without them. */
  | { readonly kind: 'moodNotUnderstood' }
  /** The index in use does not answer just now, so the spare one did. */
  | { readonly kind: 'spareIndex' };

export interface RecommendationPage {
  readonly items: readonly Recommendation[];
  readonly page: number;
  readonly pages: number;
  readonly remarks: readonly Remark[];
}

/** A search by what happens in the story, in free words. */
export interface PlotQuery extends Omit<SimilarQuery, 'seeds' | 'away' | 'words'> {
  /** From a few words to a whole plot. */
  readonly text: string;
}

export interface Similarity {
  /** Relevance, 0 to 1, as every list shows it. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** A movie of a neighbourhood, on a plane where near means alike. */
export interface MapPoint {
  readonly movie: Movie;
  /** -1 to 1; the seed is at the origin. */
  readonly x: number;
  readonly y: number;
  /** Relevance to the seed; 1 for the seed itself. */
  readonly score: number;
}

/** Knows movies and vectors, and no chat words. */
export interface Recommender extends Personal {
  /** Movies like the seeds: best first, never a seed, never a movie twice over all pages. */
  similar(query: SimilarQuery): Promise<RecommendationPage>;
  /** Movies whose story is like the text, best first. */
  plot(query: PlotQuery): Promise<RecommendationPage>;
  /** How alike two movies are: symmetric, and the number that lists show. */
  similarity(a: Movie, b: Movie, options?: { signal?: AbortSignal }): Promise<Similarity>;
  /** Whether free words mean something that a list can move towards or away from. */
  understands(words: string): Promise<boolean>;
  /** The series of a movie; the movie alone, by its title, where it has none. */
  seriesOf(movie: Movie, options?: { adult?: boolean; signal?: AbortSignal }): Promise<MovieSeries>;
  /** The seed and at most `count` of the movies nearest to it, laid out on a plane; the same every time. */
  neighbourhood(
    seed: Movie,
    options: { count: number; adult?: boolean; signal?: AbortSignal },
  ): Promise<MapPoint[]>;
}
