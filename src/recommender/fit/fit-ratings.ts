import type { Taste } from '../../taste/model.ts';
import type { RatingWeights, RelevanceModel } from '../relevance.ts';
import { type Corpus, pairsOf } from './corpus.ts';
import { SIGNALS, signalsBetween } from './fit-relevance.ts';
import { fitLogistic } from './regression.ts';

type Base = Pick<RelevanceModel, 'weights' | 'bias'>;

/** Pairs of films that fewer people rated tell how little is known of them, not what ratings say. */
const LEAST_TRUST = 0.5;

/** The log odds of two films of a corpus by everything but ratings. */
export function baseOdds(corpus: Corpus, { weights, bias }: Base, a: number, b: number): number {
  const signals = signalsBetween(corpus, a, b);
  return SIGNALS.reduce((sum, name) => sum + weights[name] * signals[name], bias);
}

/**
 * Fits what ratings change, on pairs of films that are known by ratings; the other weights stay as they are. Ratings
 * must be of other people than those who tell which films are alike.
 */
export function fitRatings(corpora: readonly Corpus[], base: Base, taste: Taste): RatingWeights {
  const examples = corpora.flatMap((corpus) =>
    pairsOf(corpus, 'fitting').flatMap(({ a, b, alike }) => {
      const rated = taste.likeness(corpus.films[a]!.features.id, corpus.films[b]!.features.id);
      if (!rated || rated.trust < LEAST_TRUST) return [];
      return [{ row: [baseOdds(corpus, base, a, b), rated.likeness], alike: alike ? 1 : 0 }];
    }),
  );
  const { weights, bias } = fitLogistic(
    examples.map(({ row }) => row),
    examples.map(({ alike }) => alike),
  );
  return { others: weights[0]!, likeness: weights[1]!, bias };
}
