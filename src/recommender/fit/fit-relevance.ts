import { arrange } from '../arrange.ts';
import type { RankingModel } from '../model.ts';
import { type RelevanceModel, relevance, type SignalName, type Signals, signalsOf } from '../relevance.ts';
import { answersOf, type Corpus, cosineOf, filmsOf, type Half, pairsOf } from './corpus.ts';
import { mean, ndcg } from './measures.ts';
import { fitLogistic } from './regression.ts';

export const SIGNALS = [
  'text',
  'genres',
  'themes',
  'director',
  'cast',
  'year',
] as const satisfies SignalName[];

/** What two films of a corpus share. */
export function signalsBetween(corpus: Corpus, a: number, b: number): Signals {
  const [first, second] = [corpus.films[a]!, corpus.films[b]!];
  return signalsOf(first.features, second.features, cosineOf(first, second), corpus.features, corpus);
}

/** Fits the weights of some signals on the pairs of several corpora together; the others get 0. */
export function fitRelevance(
  corpora: readonly Corpus[],
  signals: readonly SignalName[] = SIGNALS,
): Pick<RelevanceModel, 'weights' | 'bias'> {
  const examples = corpora.flatMap((corpus) =>
    pairsOf(corpus, 'fitting').map((pair) => ({
      row: pickSignals(signalsBetween(corpus, pair.a, pair.b), signals),
      alike: pair.alike ? 1 : 0,
    })),
  );
  const { weights, bias } = fitLogistic(
    examples.map(({ row }) => row),
    examples.map(({ alike }) => alike),
  );
  const fitted = Object.fromEntries(SIGNALS.map((name) => [name, weights[signals.indexOf(name)] ?? 0]));
  return { weights: fitted as RelevanceModel['weights'], bias };
}

function pickSignals(all: Signals, names: readonly SignalName[]): number[] {
  return names.map((name) => all[name]);
}

type Order = RankingModel['order'];
const TRIED = { popularity: [0.02, 0.04, 0.07, 0.1], variety: [0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08] };

/** What each of them may cost: so much of the nDCG without it. */
const WORTH = 0.99;

/**
 * As much popularity, and then as much variety, as costs next to nothing. Neither can gain: all films with ratings are
 * known, so they cannot tell how to settle ties with obscure ones.
 */
export function fitOrder(corpora: readonly Corpus[], model: Pick<RelevanceModel, 'weights' | 'bias'>): Order {
  const quality = (order: Order) =>
    mean(corpora.map((corpus) => mean(ndcgOfLists(corpus, 'fitting', model, order))));
  const strongest = (orders: readonly Order[], without: Order) => {
    const least = WORTH * quality(without);
    return orders.findLast((order) => quality(order) >= least) ?? orders[0]!;
  };
  const plain = { popularity: 0, variety: 0 };
  const popular = strongest(
    TRIED.popularity.map((popularity) => ({ ...plain, popularity })),
    plain,
  );
  return strongest(
    TRIED.variety.map((variety) => ({ ...popular, variety })),
    popular,
  );
}

const DEPTH = 10;

/** For each film of a half: how good the first ten of its list are, when the rest of that half is ranked for it. */
export function ndcgOfLists(
  corpus: Corpus,
  half: Half,
  model: Pick<RelevanceModel, 'weights' | 'bias'>,
  order: Order,
): number[] {
  return answersOf(corpus, half).map(({ film, wanted }) =>
    ndcg(listFor(corpus, half, film, model, order), wanted, DEPTH),
  );
}

/** The other films of a half as `/similar` would order them. */
export function listFor(
  corpus: Corpus,
  half: Half,
  film: number,
  model: Pick<RelevanceModel, 'weights' | 'bias'>,
  order: Order,
): number[] {
  const byId = new Map(corpus.films.map(({ features }, i) => [features.id, i]));
  const ranked = filmsOf(corpus, half)
    .filter((other) => other !== film)
    .map((other) => ({
      features: corpus.films[other]!.features,
      relevance: relevance(signalsBetween(corpus, film, other), { ...model, cosine: corpus.cosine }),
    }))
    .sort((a, b) => b.relevance - a.relevance)
    .slice(0, 60);
  return arrange(ranked, order, corpus.features.size).map(({ features }) => byId.get(features.id)!);
}
