import type { MovieId } from '../../catalogue/movie.ts';
import { describe } from '../../taste/content.ts';
import { PersonTaste } from '../../taste/fold-in.ts';
import type { Place, Taste } from '../../taste/model.ts';
import { LIKED_STARS } from '../../taste/ratings.ts';
import type { Features } from '../features.ts';
import { genresOfBits } from '../genre-bits.ts';
import type { LikingWeights } from '../model.ts';
import type { Closeness } from './closeness.ts';
import type { Profile } from './profile.ts';

/** What ratings of everybody say of one person and the movies. */
export class PersonByRatings {
  readonly #taste: Taste;
  readonly #person: PersonTaste;

  constructor(taste: Taste, { rated }: Pick<Profile, 'rated'>) {
    this.#taste = taste;
    this.#person = new PersonTaste(
      taste,
      rated
        .map(({ features, stars }) => ({ movie: features.id, stars, content: contentOf(features) }))
        .reverse(),
    );
  }

  /** How likely they like a movie, in log odds, and how likely they choose it among all. */
  judge(movie: Features): { odds: number; pull: number } {
    const place = this.#placeOf(movie);
    return { odds: this.#person.oddsOf(place, LIKED_STARS), pull: this.#person.score(place) };
  }

  /** Of the movies that others rated and that can be shown: those that this person would choose first. */
  first(count: number, shown: (id: MovieId) => Features | undefined): Features[] {
    const found: Features[] = [];
    for (const row of bestFirst(this.#person.scores())) {
      const id = this.#taste.idOf(row);
      const movie = id === undefined ? undefined : shown(id);
      if (movie) found.push(movie);
      if (found.length === count) break;
    }
    return found;
  }

  #placeOf(movie: Features): Place {
    return this.#taste.placeOf(movie.id, contentOf(movie));
  }
}

/** So many of the best are put in order at first; where that is not enough, all of them. */
const ORDERED_FIRST = 1000;

/** Places of the scores, the highest first: most readers stop early. */
function* bestFirst(scores: Float64Array): Generator<number> {
  const least = scores.toSorted().at(-ORDERED_FIRST) ?? -Infinity;
  const places = (wanted: (score: number) => boolean) =>
    Int32Array.from(scores.keys())
      .filter((place) => wanted(scores[place]!))
      .sort((a, b) => scores[b]! - scores[a]! || a - b);
  yield* places((score) => score >= least);
  yield* places((score) => score < least);
}

function contentOf({ genres, year }: Features): Float32Array {
  return describe({ genres: genresOfBits(genres), year });
}

/** What closeness tells, in the order of the weights. */
export function closeInputs({ because, liked, unwanted }: Closeness): [number, number, number] {
  return [because ? Math.log(liked / (1 - liked)) : 0, because ? 1 : 0, unwanted];
}

/**
 * The chance, 0 to 1, that a person gives a movie four stars or more once they see it: by everybody's ratings where
 * there are odds by them, else by what the movie is close to. Closeness adds nothing to ratings: it was measured.
 */
export function chanceOfLiking(
  closeness: Closeness,
  odds: number | undefined,
  { rated, close: weights }: LikingWeights,
): number {
  if (odds !== undefined) return logistic(rated.odds * odds + rated.bias);
  const [close, known, unwanted] = closeInputs(closeness);
  return logistic(weights.close * close + weights.known * known + weights.unwanted * unwanted + weights.bias);
}

function logistic(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}
