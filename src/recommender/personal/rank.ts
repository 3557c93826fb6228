import type { MovieId } from '../../catalogue/movie.ts';
import type { Filter } from '../../vectors/filter.ts';
import type { Features } from '../features.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from '../parts.ts';
import { candidatesOf } from './candidates.ts';
import { type Anchors, anchorsOf, closenessOf } from './closeness.ts';
import { chanceOfLiking, PersonByRatings } from './liking.ts';
import type { Profile } from './profile.ts';

/** A movie on its way into somebody's list. */
export interface RankedFor extends Ranked {
  readonly place: number;
  /** The liked film that says most for it. */
  readonly because: Features | undefined;
}

interface RankOptions {
  readonly filter: Filter;
  readonly signal?: AbortSignal;
}

/** What the best-known film counts beside one that is all that somebody likes, where no ratings of others tell more. */
const FAME = 0.2;

/** How much being like what is not wanted costs, beside being like what is liked. */
const AWAY = 0.5;

/** What closeness counts beside what everybody's ratings say of whom a movie draws. Measured: see `docs/taste.md`. */
const CLOSE = 0.3;

/** Described movies that pass the filter and that the person does not know, best first. */
export async function rankFor(
  parts: RecommenderParts,
  serving: Serving,
  profile: Profile,
  { filter, signal }: RankOptions,
): Promise<RankedFor[]> {
  const person = personOf(parts, profile);
  const own = await vectorsOf(serving, person.anchors, signal);
  const candidates = await candidatesOf(parts, serving, {
    known: profile.known,
    near: nearTo(person, own),
    ratings: person.ratings,
    filter,
    signal,
  });
  const others = await fetchVectors(serving, candidates, signal);
  const score = scorerFor(parts, serving, person, new Map([...own, ...others]));
  return candidates.map(score).sort((a, b) => b.place - a.place || a.features.number - b.features.number);
}

/** A person as ranking sees them. */
export interface Person {
  readonly anchors: Anchors;
  /** Where anything was learned from everybody's ratings, and this person gave some. */
  readonly ratings: PersonByRatings | undefined;
}

export function personOf({ taste }: Pick<RecommenderParts, 'taste'>, profile: Profile): Person {
  const learned = profile.rated.length > 0 ? taste?.() : undefined;
  return { anchors: anchorsOf(profile), ratings: learned && new PersonByRatings(learned, profile) };
}

/** Vectors of what a person likes. */
export function nearTo({ anchors }: Person, vectors: ReadonlyMap<MovieId, Float32Array>): Float32Array[] {
  return anchors.liked.flatMap(({ features }) => vectors.get(features.id) ?? []);
}

/** Tells what one person makes of a movie. */
export function scorerFor(
  { features: table }: Pick<RecommenderParts, 'features'>,
  { model }: Pick<Serving, 'model'>,
  { anchors, ratings }: Person,
  vectors: ReadonlyMap<MovieId, Float32Array>,
): (movie: Features) => RankedFor {
  return (features) => {
    const closeness = closenessOf(anchors, features, vectors, table, model);
    const judged = ratings?.judge(features);
    const near = closeness.liked - AWAY * closeness.unwanted;
    return {
      features,
      relevance: chanceOfLiking(closeness, judged?.odds, model.liking),
      place: judged ? judged.pull + CLOSE * near : near + FAME * features.popularity,
      because: closeness.because,
    };
  };
}

/** Stored vectors of what a movie is compared with. */
export function vectorsOf(
  serving: Pick<Serving, 'index'>,
  { liked, unwanted }: Anchors,
  signal: AbortSignal | undefined,
): Promise<Map<MovieId, Float32Array>> {
  return fetchVectors(serving, [...liked.map(({ features }) => features), ...unwanted], signal);
}

export function fetchVectors(
  { index }: Pick<Serving, 'index'>,
  movies: readonly Features[],
  signal: AbortSignal | undefined,
): Promise<Map<MovieId, Float32Array>> {
  return index.fetch(
    movies.map(({ id }) => id),
    callOptions(signal),
  );
}
