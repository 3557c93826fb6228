import { setTimeout as sleep } from 'node:timers/promises';

/** How one question was answered. */
export interface Answered {
  readonly what: string;
  /** Until the first response reached the platform; not there where none came. */
  readonly milliseconds?: number;
  /** The first response was the answer, not a request for patience. */
  readonly atOnce?: boolean;
}

/** People of one platform, each asking once. */
export interface Crowd {
  readonly platform: string;
  /** Milliseconds after which an answer is lost on them. */
  readonly patience: number;
  /** Asks the question with this number; the same number asks the same in every run. Never rejects. */
  ask(number: number): Promise<Answered>;
}

/** So many questions a second for so long, whether or not earlier ones have been answered. */
export async function steadily(crowd: Crowd, perSecond: number, seconds: number): Promise<Answered[]> {
  const began = performance.now();
  const asked: Promise<Answered>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    const wait = began + (number * 1000) / perSecond - performance.now();
    if (wait > 1) await sleep(wait);
    asked.push(crowd.ask(number));
  }
  return Promise.all(asked);
}

/** All of a sudden. */
export function atOnce(crowd: Crowd, from: number, count: number): Promise<Answered[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => crowd.ask(from + index)));
}

/** One after another in each of so many places; `each` is told how many have been answered. */
export async function throughout(
  crowds: readonly Crowd[],
  { count, width, each }: { count: number; width: number; each: (done: number) => unknown },
): Promise<Answered[]> {
  const answered: Answered[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const number = next++;
      answered.push(await crowds[number % crowds.length]!.ask(number));
      await each(answered.length);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return answered;
}

/** "p50 3 ms, p99 9 ms, slowest 20 ms", and what was lost or put off. */
export function told(answers: readonly Answered[], patience: number): string {
  const times = answers.flatMap(({ milliseconds }) => milliseconds ?? []).sort((a, b) => a - b);
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0);
  const putOff = answers.filter((each) => each.milliseconds !== undefined && !each.atOnce).length;
  const lost = answers.length - times.filter((time) => time <= patience).length;
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms; ${answers.length} asked, ${lost} lost, ${putOff} put off`;
}

/** The slope of the line through the points, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
}
