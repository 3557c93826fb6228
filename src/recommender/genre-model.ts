import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import type { Movie } from '../catalogue/movie.ts';
import { movieText } from '../embedding/movie-text.ts';
import { tokenise } from '../embedding/words/tokens.ts';
import { type MultiLabelFit, probabilities } from './fit/multi-label.ts';
import { wordRow } from './genre-words.ts';

export interface GenreChance {
  readonly genre: Genre;
  /** 0 to 1. */
  readonly probability: number;
}

/** How well a model was measured to do, on movies it had not seen: micro-F1, 0 to 1. */
export interface GenreMeasure {
  readonly movies: number;
  readonly f1: number;
  /** The same where the text does not name its genre, as a plot that somebody asks for does not. */
  readonly f1OfStories: number;
  /** The same for nine words out of the middle of a story. */
  readonly f1OfPhrases: number;
}

export interface GenreModelParts {
  /** How it was trained, for whoever reads the file. */
  readonly trained: string;
  readonly measure: GenreMeasure;
  /** A genre at least as probable as this is said. */
  readonly threshold: number;
  readonly words: readonly string[];
  /** One to a word: how telling it is. */
  readonly idf: Float32Array;
  readonly fit: MultiLabelFit;
}

/** A text in which fewer different words than this are known says nothing about genres. */
const FEWEST_WORDS = 2;

/** Of a guess no more than this: the most probable. Movies have two genres, as a rule. */
const MOST_GUESSED = 3;

/**
 * Genres from a text: a logistic regression to each genre over the text's words. It needs no embedder, so that it
 * serves every index alike; over the embedder's vectors it did worse (`npm run bench -- genres`).
 */
export class GenreModel {
  readonly parts: GenreModelParts;
  readonly #columns: ReadonlyMap<string, number>;

  constructor(parts: GenreModelParts) {
    this.parts = parts;
    this.#columns = new Map(parts.words.map((word, column) => [word, column]));
  }

  /** All genres, the most probable first; empty where the text says too little in words that the model knows. */
  predict(text: string): GenreChance[] {
    const known = tokenise(text).flatMap((word) => this.#columns.get(word) ?? []);
    const row = wordRow(known, this.parts.idf);
    if (row.columns.length < FEWEST_WORDS) return [];
    const chances = probabilities(this.parts.fit, row, new Float32Array(GENRE_SLUGS.length));
    return GENRE_SLUGS.map((genre, label) => ({ genre, probability: chances[label]! })).sort(
      (a, b) => b.probability - a.probability,
    );
  }

  /** What a movie of unknown genres may be taken for; often nothing. */
  guess(movie: GenreSource): Genre[] {
    const text = genreText(movie);
    if (text === undefined) return [];
    return this.likely(this.predict(text));
  }

  /** Those of predicted genres that are probable enough to be said. */
  likely(predicted: readonly GenreChance[]): Genre[] {
    return predicted
      .slice(0, MOST_GUESSED)
      .filter(({ probability }) => probability >= this.parts.threshold)
      .map(({ genre }) => genre);
  }
}

export type GenreSource = Pick<Movie, 'title' | 'overview' | 'keywords'>;

/** The text genres are told from: what a movie is embedded from, without its genres. `undefined` for a thin movie. */
export function genreText(movie: GenreSource): string | undefined {
  return movieText({ ...movie, genres: [] });
}

/**
 * How well a movie's genres fit predicted ones, 0 to 1: the share that what is expected of both has in what is
 * expected of either. 0 for a movie without genres.
 */
export function genreAffinity(predicted: readonly GenreChance[], genres: readonly Genre[]): number {
  let [both, either] = [0, genres.length];
  for (const { genre, probability } of predicted)
    if (genres.includes(genre)) both += probability;
    else either += probability;
  return either === 0 ? 0 : both / either;
}
