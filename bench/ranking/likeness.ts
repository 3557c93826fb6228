import { tokenise } from '../../src/embedding/words/tokens.ts';
import { answersOf, type Corpus, cosineOf, filmsOf, pairsOf } from '../../src/recommender/fit/corpus.ts';
import { SIGNALS, signalsBetween } from '../../src/recommender/fit/fit-relevance.ts';
import { auc, bootstrap, type Interval, mean, ndcg, recall } from '../../src/recommender/fit/measures.ts';
import type { RelevanceModel } from '../../src/recommender/relevance.ts';

const DEPTH = 10;

/** How alike two films of a corpus are; higher is more. */
export type Likeness = (a: number, b: number) => number;

/** What films were measured, one figure to a film each: so that figures of two rankers can be compared film by film. */
export interface Quality {
  readonly ndcg: readonly number[];
  readonly recall: readonly number[];
  /** Of each film's own pairs. */
  readonly auc: readonly number[];
  /** Of all pairs together. */
  readonly pooled: number;
}

/** Ranks the films that were held back for each of them. */
export function measure(corpus: Corpus, likeness: Likeness): Quality {
  const among = filmsOf(corpus, 'held back');
  const lists = answersOf(corpus, 'held back').map(({ film, wanted }) => {
    const scores = new Map(among.map((other) => [other, likeness(film, other)]));
    const list = among
      .filter((other) => other !== film)
      .sort((a, b) => scores.get(b)! - scores.get(a)! || a - b)
      .slice(0, DEPTH);
    return { ndcg: ndcg(list, wanted, DEPTH), recall: recall(list, wanted, DEPTH) };
  });
  const pairs = pairsOf(corpus, 'held back').map((pair) => ({ ...pair, score: likeness(pair.a, pair.b) }));
  const area = (some: typeof pairs) =>
    auc(
      some.map(({ score }) => score),
      some.map(({ alike }) => alike),
    );
  const byFilm = [...Map.groupBy(pairs, ({ a }) => a).values()];
  return {
    ndcg: lists.map((list) => list.ndcg),
    recall: lists.map((list) => list.recall),
    auc: byFilm.filter((some) => some.some(({ alike }) => alike)).map(area),
    pooled: area(pairs),
  };
}

/** `0.123 (0.110–0.140)`. */
export function withInterval(values: readonly number[]): string {
  return `${mean(values).toFixed(3)} (${intervalText(bootstrap(values))})`;
}

/** By how much the first is better, film by film. */
export function gain(a: readonly number[], b: readonly number[]): string {
  const differences = a.map((value, i) => value - b[i]!);
  const { low, high } = bootstrap(differences);
  return `${signed(mean(differences))} (${signed(low)} to ${signed(high)})`;
}

function intervalText({ low, high }: Interval): string {
  return `${low.toFixed(3)}–${high.toFixed(3)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

export function rankerOf(corpus: Corpus, { weights }: Pick<RelevanceModel, 'weights'>): Likeness {
  return (a, b) => {
    const signals = signalsBetween(corpus, a, b);
    return SIGNALS.reduce((sum, name) => sum + weights[name] * signals[name], 0);
  };
}

export function baselinesOf(corpus: Corpus): Record<string, Likeness> {
  return {
    'text vector alone': (a, b) => cosineOf(corpus.films[a]!, corpus.films[b]!),
    'TF-IDF of the same text': tfIdf(corpus),
    'genres alone': (a, b) => signalsBetween(corpus, a, b).genres,
  };
}

function tfIdf({ films }: Corpus): Likeness {
  const texts = films.map(({ text }) => tokenise(text));
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vectors = texts.map((words) => {
    const vector = new Map<string, number>();
    for (const word of words)
      vector.set(word, (vector.get(word) ?? 0) + Math.log(films.length / counts.get(word)!));
    const length = Math.hypot(...vector.values()) || 1;
    return new Map([...vector].map(([word, weight]) => [word, weight / length]));
  });
  return (a, b) => {
    let sum = 0;
    for (const [word, weight] of vectors[a]!) sum += weight * (vectors[b]!.get(word) ?? 0);
    return sum;
  };
}
