import { seededRandom } from '../../embedding/words/random.ts';
import { LIKED_STARS } from '../../taste/ratings.ts';
import type { LikingWeights } from '../model.ts';
import type { RecommenderParts, Serving } from '../parts.ts';
import { closenessOf } from '../personal/closeness.ts';
import { closeInputs } from '../personal/liking.ts';
import { profileOf } from '../personal/profile.ts';
import { fetchVectors, personOf, vectorsOf } from '../personal/rank.ts';
import type { RelevanceModel } from '../relevance.ts';
import { fitLogistic } from './regression.ts';

/** What one person gave, by the numbers of the movies. */
export type Given = readonly { readonly movie: number; readonly stars: number }[];

/** One movie that somebody rated, as ranking saw it beforehand, and what they gave. */
export interface LikingExample {
  /** See `closeInputs`. */
  readonly close: readonly number[];
  /** By everybody's ratings, where anything was learned from them. */
  readonly odds: number | undefined;
  readonly liked: boolean;
}

/** So many ratings are told of a person; the others are to be foreseen. */
const TOLD = [1, 3, 10, 30];
const FORESEEN = 20;

type Index = Pick<Serving, 'index'> & { readonly model: RelevanceModel };
type Parts = Pick<RecommenderParts, 'catalogue' | 'features' | 'taste'>;

/** Tells little of each person, then more, and looks at movies that were not told. */
export async function likingExamples(
  parts: Parts,
  serving: Index,
  people: readonly Given[],
  seed: number,
): Promise<LikingExample[]> {
  const random = seededRandom(seed);
  const examples: LikingExample[] = [];
  for (const given of people) {
    const known = given.filter(({ movie }) => parts.features.byNumber(movie));
    const shuffled = known
      .map((each) => ({ each, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ each }) => each);
    for (const count of TOLD)
      if (shuffled.length > count)
        examples.push(
          ...(await foresee(
            parts,
            serving,
            shuffled.slice(0, count),
            shuffled.slice(count, count + FORESEEN),
          )),
        );
  }
  return examples;
}

async function foresee(parts: Parts, serving: Index, told: Given, others: Given): Promise<LikingExample[]> {
  const opinions = told.map(({ movie, stars }) => ({ movie, stars, seen: true, dismissed: false, at: 0 }));
  const person = personOf(parts, await profileOf(parts, opinions, { adult: true }));
  const movies = others.map(({ movie }) => parts.features.byNumber(movie)!);
  const vectors = new Map([
    ...(await vectorsOf(serving, person.anchors, undefined)),
    ...(await fetchVectors(serving, movies, undefined)),
  ]);
  return movies.map((movie, i) => {
    const closeness = closenessOf(person.anchors, movie, vectors, parts.features, serving.model);
    return {
      close: closeInputs(closeness),
      odds: person.ratings?.judge(movie).odds,
      liked: others[i]!.stars >= LIKED_STARS,
    };
  });
}

/** The weights under which what people gave is likeliest. All examples must have odds by ratings. */
export function fitLiking(examples: readonly LikingExample[]): LikingWeights {
  const liked = examples.map((example) => (example.liked ? 1 : 0));
  const byRatings = fitLogistic(
    examples.map(({ odds }) => [odds!]),
    liked,
  );
  const byCloseness = fitLogistic(
    examples.map((example) => example.close),
    liked,
  );
  const [close, known, unwanted] = byCloseness.weights;
  return {
    rated: { odds: byRatings.weights[0]!, bias: byRatings.bias },
    close: { close: close!, known: known!, unwanted: unwanted!, bias: byCloseness.bias },
  };
}
