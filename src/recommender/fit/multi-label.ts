import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '../../embedding/words/random.ts';

/** What is not zero of a long row: `values[i]` stands in column `columns[i]`. */
export interface SparseRow {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** One logistic regression to a label, all over the same columns. */
export interface MultiLabelFit {
  readonly labels: number;
  /** `columns × labels`: the weights of a column stand together. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface MultiLabelData {
  /** Of each example, the rows it may be seen as; every time it is seen, chance chooses one. */
  readonly examples: readonly (readonly SparseRow[])[];
  /** Of each example, one bit for each label it has. */
  readonly outcomes: Int32Array;
  readonly columns: number;
  readonly labels: number;
}

const RATE = 0.2;
const BIAS_RATE = 0.1;
/** What AdaGrad's sums of squares begin with: the first steps must not be endless. */
const FIRST_SQUARE = 1e-3;
const RIDGE = 1e-5;
/** Milliseconds for which the event loop is held. */
const STEP_LIMIT = 5;
const EXAMPLES_PER_STEP = 32;

/**
 * Fits all labels in one walk by stochastic gradient descent with AdaGrad's rates, `rounds` times over the examples.
 * The same input gives the same output. Yields to the event loop. Rejects with the signal's reason.
 */
export async function fitMultiLabel(
  data: MultiLabelData,
  { rounds, signal }: { rounds: number; signal?: AbortSignal | undefined },
): Promise<MultiLabelFit> {
  const { examples, outcomes, columns, labels } = data;
  const descent = new Descent(columns, labels);
  const random = seededRandom(1);
  const order = Int32Array.from(examples, (_, example) => example);
  let stepStart = performance.now();
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const [at, example] of order.entries()) {
      const views = examples[example]!;
      descent.learn(views[Math.floor(random() * views.length)]!, outcomes[example]!);
      if (at % EXAMPLES_PER_STEP !== 0 || performance.now() - stepStart < STEP_LIMIT) continue;
      await setImmediate();
      signal?.throwIfAborted();
      stepStart = performance.now();
    }
  }
  return descent.fit;
}

/** The probability of each label, into `into`. */
export function probabilities(fit: MultiLabelFit, row: SparseRow, into: Float32Array): Float32Array {
  const { labels, weights } = fit;
  into.set(fit.bias);
  for (let i = 0; i < row.columns.length; i++) {
    const value = row.values[i]!;
    const start = row.columns[i]! * labels;
    for (let label = 0; label < labels; label++) into[label]! += weights[start + label]! * value;
  }
  for (let label = 0; label < labels; label++) into[label] = 1 / (1 + Math.exp(-into[label]!));
  return into;
}

/** Micro-averaged F1: the harmonic mean of precision and recall over all labels of all examples together. */
export function microF1(
  chances: readonly Float32Array[],
  outcomes: ArrayLike<number>,
  threshold: number,
): number {
  let [both, either] = [0, 0];
  for (const [example, chance] of chances.entries())
    for (let label = 0; label < chance.length; label++) {
      const said = chance[label]! >= threshold ? 1 : 0;
      const is = (outcomes[example]! >> label) & 1;
      both += said & is;
      either += said + is;
    }
  return either === 0 ? 0 : (2 * both) / either;
}

/**
 * The threshold with the best micro-F1. One for all labels: for true probabilities no set of several is better, and
 * one of each genre's own measured worse (0.687 against 0.688).
 */
export function bestThreshold(chances: readonly Float32Array[], outcomes: ArrayLike<number>): number {
  let [best, bestF1] = [0.5, -1];
  for (let percent = 5; percent <= 80; percent++) {
    const f1 = microF1(chances, outcomes, percent / 100);
    if (f1 >= bestF1) [best, bestF1] = [percent / 100, f1];
  }
  return best;
}

class Descent {
  readonly fit: MultiLabelFit;
  readonly #squares: Float32Array;
  readonly #biasSquares: Float32Array;
  readonly #error: Float32Array;

  constructor(columns: number, labels: number) {
    const size = columns * labels;
    this.fit = { labels, weights: new Float32Array(size), bias: new Float32Array(labels) };
    this.#squares = new Float32Array(size).fill(FIRST_SQUARE);
    this.#biasSquares = new Float32Array(labels).fill(FIRST_SQUARE);
    this.#error = new Float32Array(labels);
  }

  learn(row: SparseRow, outcome: number): void {
    const { labels, weights, bias } = this.fit;
    const error = probabilities(this.fit, row, this.#error);
    for (let label = 0; label < labels; label++) error[label]! -= (outcome >> label) & 1;
    for (let i = 0; i < row.columns.length; i++) {
      const value = row.values[i]!;
      const start = row.columns[i]! * labels;
      for (let label = 0; label < labels; label++) {
        const at = start + label;
        const slope = error[label]! * value + RIDGE * weights[at]!;
        this.#squares[at]! += slope * slope;
        weights[at]! -= (RATE * slope) / Math.sqrt(this.#squares[at]!);
      }
    }
    for (let label = 0; label < labels; label++) {
      this.#biasSquares[label]! += error[label]! ** 2;
      bias[label]! -= (BIAS_RATE * error[label]!) / Math.sqrt(this.#biasSquares[label]!);
    }
  }
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
}
