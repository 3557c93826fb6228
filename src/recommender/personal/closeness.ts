import { cosine } from '../blend.ts';
import type { Features, FeatureTable } from '../features.ts';
import { type RelevanceModel, relevance, signalsOf } from '../relevance.ts';
import type { Profile, Rated } from './profile.ts';

/** So many films stand for what somebody likes, and for what they do not: more cost time and say little more. */
const LIKED_COMPARED = 8;
const UNWANTED_COMPARED = 4;

/** How many of the liked films that are closest to a movie count together. */
const TOGETHER = 3;

/** How near a movie is to what somebody likes and to what they do not. */
export interface Closeness {
  /** 0 to 1: relevance to the liked films closest to it; 0 where none is liked. */
  readonly liked: number;
  /** 0 to 1: relevance to the unwanted film closest to it. */
  readonly unwanted: number;
  /** The liked film that says most for it. */
  readonly because: Features | undefined;
}

/** The films that every other movie is compared with. */
export interface Anchors {
  readonly liked: readonly Rated[];
  readonly unwanted: readonly Features[];
}

export function anchorsOf({ liked, unwanted }: Pick<Profile, 'liked' | 'unwanted'>): Anchors {
  // Sorting is stable: of equal stars the newest first.
  const best = liked.toSorted((a, b) => b.stars - a.stars).slice(0, LIKED_COMPARED);
  return { liked: best, unwanted: unwanted.slice(0, UNWANTED_COMPARED) };
}

export function closenessOf(
  anchors: Anchors,
  movie: Features,
  vectors: ReadonlyMap<string, Float32Array>,
  table: FeatureTable,
  model: RelevanceModel,
): Closeness {
  const own = vectors.get(movie.id);
  const relevanceTo = (other: Features) => {
    const vector = vectors.get(other.id);
    const close = own && vector ? cosine(own, vector) : undefined;
    return relevance(signalsOf(other, movie, close, table, model), model);
  };
  const toLiked = anchors.liked
    .map(({ features }) => ({ features, value: relevanceTo(features) }))
    .sort((a, b) => b.value - a.value);
  const first = toLiked.slice(0, TOGETHER);
  return {
    liked: first.reduce((sum, { value }) => sum + value, 0) / Math.max(1, first.length),
    unwanted: Math.max(0, ...anchors.unwanted.map(relevanceTo)),
    because: first[0]?.features,
  };
}
