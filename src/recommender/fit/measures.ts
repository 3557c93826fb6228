import { seededRandom } from '../../embedding/words/random.ts';

/** The chance that an alike pair scores higher than an unlike one; ties count half. 0.5 is guessing. */
export function auc(scores: ArrayLike<number>, alike: ArrayLike<boolean>): number {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, positives] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let i = start; i < end; i++)
      if (alike[order[i]!]) {
        ranks += (start + 1 + end) / 2;
        positives++;
      }
    start = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** Normalised discounted cumulative gain of the first `depth`: 1 where all that belongs there stands first. */
export function ndcg<T>(list: readonly T[], wanted: ReadonlySet<T>, depth: number): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 2);
  let [got, best] = [0, 0];
  for (let rank = 0; rank < Math.min(depth, wanted.size); rank++) best += gain(rank);
  for (const [rank, item] of list.slice(0, depth).entries()) if (wanted.has(item)) got += gain(rank);
  return best === 0 ? 0 : got / best;
}

/** The share of what belongs in a list that is among its first `depth`. */
export function recall<T>(list: readonly T[], wanted: ReadonlySet<T>, depth: number): number {
  return list.slice(0, depth).filter((item) => wanted.has(item)).length / Math.max(1, wanted.size);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Between what the mean lies in 95 of 100 draws with replacement, each as large as the sample. */
export function bootstrap(values: readonly number[], draws = 1000, seed = 1): Interval {
  const random = seededRandom(seed);
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!;
    return sum / values.length;
  }).sort();
  return { low: means[Math.floor(0.025 * draws)]!, high: means[Math.ceil(0.975 * draws) - 1]! };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
