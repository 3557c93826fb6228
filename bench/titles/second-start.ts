/**
 * Opens the title index at `argv[2]` as the program does at its second start, in a process that does nothing else, and
 * prints what that took as JSON. Beside the bench's own heap, a collection of garbage would be counted as loading.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openTitles } from '../../src/titles/open.ts';
import { catalogueOf, filmId } from './corpus.ts';

/** Milliseconds, and megabytes that stay: objects and what lies outside the heap. */
export interface SecondStart {
  readonly load: number;
  /** The longest turn of the event loop. */
  readonly held: number;
  readonly memory: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** `external` holds the array buffers, too. */
function megabytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

const catalogue = {
  ...catalogueOf([]),
  byNumber: async (numbers: readonly number[]) =>
    new Map(numbers.map((number) => [number, { number, id: filmId(number) }])),
} as unknown as ReturnType<typeof catalogueOf>;
const before = megabytes();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const start = performance.now();
const titles = await openTitles({ catalogue, file: process.argv[2]! });
const load = performance.now() - start;
await new Promise((resolve) => setTimeout(resolve, 2));
delay.disable();
const result: SecondStart = { load, held: delay.max / 1e6, memory: megabytes() - before };
if (titles.size === 0) throw new Error('the index was not read but built anew');
console.log(JSON.stringify(result));
await titles.close();
