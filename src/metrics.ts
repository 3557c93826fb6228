import { channel } from 'node:diagnostics_channel';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What became of a question: a person's mistake is `refused`, a store that is down `unavailable`, ours `failed`. */
export type Outcome = 'answered' | 'refused' | 'unavailable' | 'failed';

/** One question. Labels come from short fixed lists: never what a person typed, never who they are. */
export interface Answered {
  /** A command's name, or `unknown`. */
  readonly command: string;
  readonly platform: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export interface Metrics {
  answered(question: Answered): void;
}

/** For whoever counts nothing. */
export const noMetrics: Metrics = { answered() {} };

/** A call of a service over the network went wrong: it is made again, or was given up. */
interface OutsideTrouble {
  readonly service: string;
  readonly outcome: 'retried' | 'failed';
}

/** What went wrong outside, told from wherever such calls are made to whoever counts. */
const outsideTrouble = channel('kindred:outside');

/** Counts a call of a service over the network that went wrong. */
export function countOutside(service: string, outcome: OutsideTrouble['outcome']): void {
  outsideTrouble.publish({ service, outcome } satisfies OutsideTrouble);
}

/** How much is there; asked for whenever the metrics are read. */
export type Sizes = () => Promise<{
  readonly movies: number;
  readonly shows: number;
  readonly titles: number;
  readonly vectors: number;
}>;

export interface MetricsRegistry extends Metrics {
  readonly contentType: string;
  /** Everything that was counted, in Prometheus' text format. */
  text(): Promise<string>;
}

/** From a cached answer to the time after which people have gone. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics(sizes: Sizes): MetricsRegistry {
  const registry = new Registry();
  const registers = [registry];
  // Event-loop delay, memory, garbage collection and open handles.
  collectDefaultMetrics({ register: registry });
  const latency = new Histogram({
    name: 'kindred_answer_seconds',
    help: 'Time to answer a question, by command, platform and outcome.',
    labelNames: ['command', 'platform', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const outside = new Counter({
    name: 'kindred_outside_calls_total',
    help: 'Calls of outside services that went wrong, retried or failed.',
    labelNames: ['service', 'outcome'],
    registers,
  });
  outsideTrouble.subscribe((told) => {
    const { service, outcome } = told as OutsideTrouble;
    outside.inc({ service, outcome });
  });
  new Gauge({
    name: 'kindred_size',
    help: 'How many movies, shows, titles and vectors there are.',
    labelNames: ['what'],
    registers,
    async collect() {
      // A store that is down has no size, and must not hide the rest.
      const counts = await sizes().catch(() => ({}));
      this.reset();
      for (const [what, count] of Object.entries(counts)) this.set({ what }, count);
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: ({ seconds, ...labels }) => latency.observe(labels, seconds),
  };
}
