import type { Movie } from '../../catalogue/movie.ts';
import type { Opinion } from '../../people/opinions.ts';
import { DISLIKED_STARS, LIKED_STARS } from '../../taste/ratings.ts';
import type { Features } from '../features.ts';
import { callOptions, type RecommenderParts } from '../parts.ts';
import type { Sureness } from './queries.ts';

/** A film that somebody gave stars. */
export interface Rated {
  readonly features: Features;
  readonly stars: number;
}

/** What a person's opinions say, as ranking needs it. Each list has the newest first. */
export interface Profile {
  readonly rated: readonly Rated[];
  readonly liked: readonly Rated[];
  /** Disliked, or dismissed with "not this": to keep away from, with its like. */
  readonly unwanted: readonly Features[];
  /** Numbers of all movies that are not to be shown. */
  readonly known: ReadonlySet<number>;
}

/** So many of the newest stars are looked at: somebody's taste of years ago is another's. */
const LATEST = 1000;

interface ProfileOptions {
  /** Reasons may name adult titles. Otherwise they count as known, and for nothing else. */
  readonly adult?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Movies without a description are not in the table of features and are read from the catalogue. */
export async function profileOf(
  { catalogue, features: table }: Pick<RecommenderParts, 'catalogue' | 'features'>,
  opinions: readonly Opinion[],
  { adult = false, signal }: ProfileOptions = {},
): Promise<Profile> {
  const latest = opinions.filter(({ stars, dismissed }) => stars !== undefined || dismissed).slice(0, LATEST);
  const missing = latest.filter(({ movie }) => !table.byNumber(movie)).map(({ movie }) => movie);
  const thin: ReadonlyMap<number, Movie> =
    missing.length > 0 ? await catalogue.byNumber(missing, callOptions(signal)) : new Map();
  const found = latest.flatMap((opinion) => {
    const movie = thin.get(opinion.movie);
    const features = table.byNumber(opinion.movie) ?? (movie && table.of(movie));
    return features ? [{ ...opinion, features }] : [];
  });
  const rated = found.flatMap(({ features, stars }) =>
    stars === undefined || (features.adult && !adult) ? [] : [{ features, stars }],
  );
  return {
    rated,
    liked: likedOf(rated),
    unwanted: found
      .filter(({ stars, dismissed }) => dismissed || (stars ?? LIKED_STARS) <= DISLIKED_STARS)
      .map(({ features }) => features),
    known: new Set(opinions.map(({ movie }) => movie)),
  };
}

/** What they liked; of somebody who gives no four stars, what they like better than the rest. */
function likedOf(rated: readonly Rated[]): Rated[] {
  const liked = rated.filter(({ stars }) => stars >= LIKED_STARS);
  if (liked.length > 0) return liked;
  const mean = rated.reduce((sum, { stars }) => sum + stars, 0) / Math.max(1, rated.length);
  return rated.filter(({ stars }) => stars > DISLIKED_STARS && stars >= mean);
}

/** Ratings from which a list is worth so much. */
const FAIR = 5;
const GOOD = 20;

export function surenessOf({ rated: { length: ratings } }: Pick<Profile, 'rated'>): Sureness {
  const level = ratings === 0 ? 'nothing' : ratings < FAIR ? 'guess' : ratings < GOOD ? 'fair' : 'good';
  return { ratings, level };
}
