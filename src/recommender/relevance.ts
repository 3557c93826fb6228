import { GENRE_SLUGS } from '../catalogue/genres.ts';
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
}

export type SignalName = keyof Signals;

/** How the signals add up, and how the cosines of this embedder spread. Fitted: see `docs/ranking.md`. */
export interface RelevanceModel {
  readonly weights: Readonly<Record<SignalName, number>>;
  readonly bias: number;
  /** Mean and standard deviation of the cosine between random movies. */
  readonly cosine: { readonly mean: number; readonly deviation: number };
}

/** Years after which closeness in time has faded to a third. */
const YEAR_SCALE = 12;

/** A cosine more unusual than this is a copy of the text, and says no more. */
const MAX_TEXT = 6;

/** Compares two movies. `cosine` is undefined where one of them has no vector. */
export function signalsOf(
  a: Features,
  b: Features,
  cosine: number | undefined,
  table: FeatureTable,
  model: RelevanceModel,
): Signals {
  const { mean, deviation } = model.cosine;
  return {
    text: cosine === undefined ? 0 : Math.max(-2, Math.min(MAX_TEXT, (cosine - mean) / deviation)),
    genres: genreOverlap(a.genres, b.genres, table),
    themes: overlap(a.keywords, b.keywords, (word) => table.wordWeight(word)),
    director: a.directors.some((person) => b.directors.includes(person)) ? 1 : 0,
    cast: castOverlap(a, b),
    year:
      a.year === undefined || b.year === undefined ? 0 : Math.exp(-Math.abs(a.year - b.year) / YEAR_SCALE),
  };
}

/** Relevance, 0 to 1: the chance, by the fitted model, that people who love the one love the other. */
export function relevance(signals: Signals, model: RelevanceModel): number {
  let sum = model.bias;
  for (const [name, weight] of Object.entries(model.weights)) sum += weight * signals[name as SignalName];
  return 1 / (1 + Math.exp(-sum));
}

/** Weighted Jaccard of two genre sets: rare genres count more. */
function genreOverlap(a: number, b: number, table: FeatureTable): number {
  let both = 0;
  let either = 0;
  for (let bit = 0; bit < GENRE_SLUGS.length; bit++) {
    if (!((a | b) & (1 << bit))) continue;
    const weight = table.genreWeight(bit);
    either += weight;
    if (a & b & (1 << bit)) both += weight;
  }
  return either === 0 ? 0 : both / either;
}

/** Cosine of two word sets under squared weights. */
function overlap(a: readonly number[], b: readonly number[], weightOf: (word: number) => number): number {
  if (a.length === 0 || b.length === 0) return 0;
  const square = (word: number) => weightOf(word) ** 2;
  const norm = (words: readonly number[]) => Math.sqrt(words.reduce((sum, word) => sum + square(word), 0));
  const shared = a.reduce((sum, word) => (b.includes(word) ? sum + square(word) : sum), 0);
  return shared === 0 ? 0 : shared / (norm(a) * norm(b));
}

/** 0.5 for one shared lead, 0.75 for two, and so on; a director who plays counts as cast. */
function castOverlap(a: Features, b: Features): number {
  const shared = a.cast.filter((person) => b.cast.includes(person) || b.directors.includes(person)).length;
  return 1 - 0.5 ** shared;
}
