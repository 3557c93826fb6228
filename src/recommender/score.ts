import type { MovieId } from '../catalogue/movie.ts';
import { AWAY, cosine } from './blend.ts';
import type { Features, FeatureTable } from './features.ts';
import { callOptions, type Ranked, type Serving } from './parts.ts';
import { type RelevanceModel, relevance, relevanceOfText, type Signals, signalsOf } from './relevance.ts';

/** What a blend moves towards, or away from. */
export interface BlendSide {
  readonly movies: readonly { readonly features: Features; readonly vector: Float32Array | undefined }[];
  /** Vectors of free words. */
  readonly words: readonly Float32Array[];
}

export interface Blend {
  readonly towards: BlendSide;
  readonly away: BlendSide;
}

/** A movie to be ranked; the cosine of its vector with what was asked for, where it is known. */
export interface Candidate {
  readonly id: MovieId;
  readonly score?: number;
}

/** Each candidate's relevance to one seed, from the cosines of the search. */
export function scoreOne(
  table: FeatureTable,
  model: RelevanceModel,
  seed: Features,
  candidates: readonly Candidate[],
): Ranked[] {
  return candidates.flatMap(({ id, score }) => {
    const features = table.get(id);
    if (!features) return [];
    const signals = signalsOf(seed, features, score, table, model);
    return [{ features, relevance: relevance(signals, model), near: signals.text }];
  });
}

/**
 * Each candidate's relevance to several seeds: the mean, which is shown. Its place goes by the geometric mean, so that
 * what is like both stands before what is like only one, less what it has of what is not wanted.
 */
export async function scoreBlend(
  table: FeatureTable,
  { index, model }: Serving,
  { towards, away }: Blend,
  candidates: readonly Candidate[],
  signal: AbortSignal | undefined,
): Promise<Ranked[]> {
  const vectors = await index.fetch(
    candidates.map((each) => each.id),
    callOptions(signal),
  );
  const known = candidates.flatMap(({ id }) => table.get(id) ?? []);
  return known.map((features) => {
    const vector = vectors.get(features.id);
    const shared = sharedWith(towards, features, vector, table, model);
    const toMovies = shared.map((signals) => relevance(signals, model));
    const toWords = textRelevances(towards, vector, model);
    const from = [
      ...sharedWith(away, features, vector, table, model).map((signals) => relevance(signals, model)),
      ...textRelevances(away, vector, model),
    ];
    return {
      features,
      relevance: mean(toMovies),
      near: Math.max(...shared.map(({ text }) => text)),
      place:
        Math.exp(mean([...toMovies, ...toWords].map(Math.log))) - (from.length > 0 ? AWAY * mean(from) : 0),
    };
  });
}

function sharedWith(
  { movies }: BlendSide,
  features: Features,
  vector: Float32Array | undefined,
  table: FeatureTable,
  model: RelevanceModel,
): Signals[] {
  return movies.map((movie) => {
    const close = movie.vector && vector ? cosine(movie.vector, vector) : undefined;
    return signalsOf(movie.features, features, close, table, model);
  });
}

function textRelevances(
  { words }: BlendSide,
  vector: Float32Array | undefined,
  model: RelevanceModel,
): number[] {
  return words.map((word) => relevanceOfText(vector ? cosine(word, vector) : undefined, model));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
