import { seededRandom } from '../../embedding/words/random.ts';

/** Two films, by their places in a list, and whether the same people like them. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly alike: boolean;
}

/** To each film, at most so many that belong to it; all of them well beyond chance. */
const ALIKE = 8;
const SURELY_ALIKE = 2;

/** To each film, so many that do not belong to it: at most a little beyond chance. */
const UNLIKE = 24;
const HARDLY_ALIKE = 1;

/** The films that belong to a film, closest first. `scores` as `togetherness` gives them, of this film. */
export function alikeTo(film: number, scores: Float32Array, among: readonly number[]): number[] {
  return among
    .filter((other) => other !== film && scores[other]! > SURELY_ALIKE)
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, ALIKE);
}

/** Pairs among some films of a list, to fit on or to measure with; the same for the same seed. */
export function choosePairs(scores: readonly Float32Array[], among: readonly number[], seed: number): Pair[] {
  const random = seededRandom(seed);
  return among.flatMap((film) => {
    const row = scores[film]!;
    const others = among.filter((other) => other !== film && row[other]! < HARDLY_ALIKE);
    const unlike = Array.from({ length: Math.min(UNLIKE, others.length) }, () => {
      const [chosen] = others.splice(Math.floor(random() * others.length), 1);
      return { a: film, b: chosen!, alike: false };
    });
    return [...alikeTo(film, row, among).map((other) => ({ a: film, b: other, alike: true })), ...unlike];
  });
}
