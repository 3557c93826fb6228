import type { MovieId } from '../catalogue/movie.ts';
import type { Features, FeatureTable } from './features.ts';

/** What two movies have in common, each part 0 to 1 (text: the standard score of their cosine). Symmetric. */
export interface Signals {
  /** How unusual the cosine of their vectors is among pairs of this index, in standard deviations; 0 is chance. */
  readonly text: number;
  readonly genres: number;
  readonly themes: number;
  readonly director: number;
  readonly cast: number;
  readonly year: number;
  /** What people's ratings say, where both movies were rated. */
  readonly ratings?: RatedLikeness;
}

export type SignalName = Exclude<keyof Signals, 'ratings'>;

/** How far the same people choose and like two movies. */
export interface RatedLikeness {
  /** -1 to 1. */
  readonly likeness: number;
  /** 0 to 1: how much there is to go by. */
  readonly trust: number;
}

/** What becomes of the sum of the other signals where ratings are fully trusted. */
export interface RatingWeights {
  /** Weight of that sum, of the likeness, and what is added. */
  readonly others: number;
  readonly likeness: number;
  readonly bias: number;
}

/** How the signals add up, and how the cosines of this embedder spread. Fitted: see `docs/ranking.md`. */
export interface RelevanceModel {
  readonly weights: Readonly<Record<SignalName, number>>;
  readonly bias: number;
  /** Mean and standard deviation of the cosine between random movies. */
  readonly cosine: { readonly mean: number; readonly deviation: number };
  readonly ratings?: RatingWeights;
  /** Symmetric; absent where nothing was learned from ratings. */
  readonly likeness?: (a: MovieId, b: MovieId) => RatedLikeness | undefined;
}

/** Years after which closeness in time has faded to a third. */
const YEAR_SCALE = 12;

/** A cosine more unusual than this is a copy of the text, and says no more. */
const MAX_TEXT = 6;
const MIN_TEXT = -2;

/** What is assumed where a fact is not known: what two movies that have nothing to do with each other share. */
const UNKNOWN = { text: 0, genres: 0.22, year: 0.37 } as const;

/** Compares two movies. `cosine` is undefined where one of them has no vector. */
export function signalsOf(
  a: Features,
  b: Features,
  cosine: number | undefined,
  table: FeatureTable,
  model: Pick<RelevanceModel, 'cosine' | 'likeness'>,
): Signals {
  const ratings = model.likeness?.(a.id, b.id);
  return {
    ...(ratings && { ratings }),
    text: cosine === undefined ? UNKNOWN.text : standardScore(cosine, model),
    genres: genreOverlap(a.genres, b.genres),
    themes: themeOverlap(a, b, table),
    director: a.directors.some((person) => b.directors.includes(person)) ? 1 : 0,
    cast: castCloseness(a.cast, b.cast),
    year: yearCloseness(a.year, b.year),
  };
}

/** How unusual a cosine is among random pairs of this index, in standard deviations, within bounds. */
export function standardScore(
  cosine: number,
  { cosine: { mean, deviation } }: Pick<RelevanceModel, 'cosine'>,
): number {
  return Math.max(MIN_TEXT, Math.min(MAX_TEXT, (cosine - mean) / deviation));
}

/** Relevance, 0 to 1: the chance, by the fitted model, that people who love the one love the other. */
export function relevance(signals: Signals, model: RelevanceModel): number {
  return 1 / (1 + Math.exp(-logOdds(signals, model)));
}

function logOdds(signals: Signals, { weights, bias, ratings }: RelevanceModel): number {
  const sum =
    bias +
    weights.text * signals.text +
    weights.genres * signals.genres +
    weights.themes * signals.themes +
    weights.director * signals.director +
    weights.cast * signals.cast +
    weights.year * signals.year;
  if (!signals.ratings || !ratings) return sum;
  const { likeness, trust } = signals.ratings;
  const rated = ratings.others * sum + ratings.likeness * likeness + ratings.bias;
  return sum + trust * (rated - sum);
}

/** Relevance of a movie to free words, of which nothing but the text is known. */
export function relevanceOfText(cosine: number | undefined, model: RelevanceModel): number {
  const text = cosine === undefined ? UNKNOWN.text : standardScore(cosine, model);
  return relevance({ ...UNKNOWN, text, themes: 0, director: 0, cast: 0 }, model);
}

/** 1 in the same year, towards 0. */
export function yearCloseness(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? UNKNOWN.year : Math.exp(-Math.abs(a - b) / YEAR_SCALE);
}

/** Cosine of two genre sets, given as bits. Weighing rare genres more was measured, and was worse. */
export function genreOverlap(a: number, b: number): number {
  if (a === 0 || b === 0) return UNKNOWN.genres;
  return bitCount(a & b) / Math.sqrt(bitCount(a) * bitCount(b));
}

/** Cosine of two sets of themes, rare ones weighing more. */
function themeOverlap(a: Features, b: Features, table: FeatureTable): number {
  let shared = 0;
  for (const word of a.keywords) if (b.keywords.includes(word)) shared += table.wordWeight(word) ** 2;
  if (shared === 0) return 0;
  const square = (words: readonly number[]) =>
    words.reduce((sum, word) => sum + table.wordWeight(word) ** 2, 0);
  return Math.min(1, shared / Math.sqrt(square(a.keywords) * square(b.keywords)));
}

/**
 * 0.5 for a lead of both, 0.75 for two, and so on; less for whoever stands further down in one or the other: the third
 * counts half as much as the lead, the sixth two sevenths.
 */
export function castCloseness(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  a.forEach((person, place) => {
    const other = b.indexOf(person);
    if (other >= 0) shared += Math.sqrt(prominence(place) * prominence(other));
  });
  return 1 - 0.5 ** shared;
}

/** @param place From 0. */
function prominence(place: number): number {
  return 1 / (1 + place / 2);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}
