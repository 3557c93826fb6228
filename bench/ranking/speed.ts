import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { isThin } from '../../src/catalogue/movie.ts';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { createRecommender } from '../../src/recommender/create.ts';
import type { LargeCatalogue } from '../../src/recommender/fit/large.ts';
import { genresInUse } from '../../src/recommender/genres-in-use.ts';
import type { FittedWeights } from '../../src/recommender/model.ts';
import { readFeatures } from '../../src/recommender/read-features.ts';
import type { Recommender } from '../../src/recommender/recommender.ts';
import { openPlotSearch } from '../../src/search/open.ts';
import { servingFrom } from '../../src/serving.ts';
import type { Taste } from '../../src/taste/model.ts';
import { EmbeddedStore } from '../../src/vectors/embedded/embedded-store.ts';

const QUESTIONS = 1000;
const WARM_UP = 100;

export interface OpenRecommender extends AsyncDisposable {
  readonly catalogue: SqlCatalogue;
  readonly recommender: Recommender;
}

/** What answers `/similar` and `/plot`, on a catalogue with an index beside it. */
export async function openRecommender(
  { file, folder, genres }: LargeCatalogue,
  embedder: Embedder,
  weights: FittedWeights,
  taste?: () => Taste | undefined,
): Promise<OpenRecommender> {
  const opened = new AsyncDisposableStack();
  const catalogue = new SqlCatalogue(opened.adopt(await openDatabase(file), (each) => each.close()));
  const vectors = opened.adopt(await EmbeddedStore.open({ folder, serve: true }), (each) => each.close());
  const plots = opened.adopt(openPlotSearch({ catalogue: file, index: join(folder, 'plots.db') }), (each) =>
    each.close(),
  );
  const features = await readFeatures(catalogue);
  await features.linkSeries();
  const serving = servingFrom({ vectors, embedders: [embedder], features, weights });
  const teller = genresInUse(genres, ({ guesses }) => features.guess(guesses));
  await plots.refresh();
  return {
    catalogue,
    recommender: createRecommender({
      catalogue,
      features,
      plots,
      serving,
      genres: teller,
      ...(taste && { taste }),
    }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

export interface Times {
  readonly p50: number;
  readonly mean: number;
  readonly p99: number;
  /** Processor time to an answer, of all threads: on a busy machine it says more than the clock. */
  readonly processor: number;
  /** The longest that the event loop was held. */
  readonly held: number;
}

/** Core time of the first page of `/similar`, over all described movies in turn. */
export async function timeSimilar({ catalogue, recommender }: OpenRecommender): Promise<Times> {
  const ids = (await catalogue.described(0, 100_000)).map(({ id }) => id);
  const asked = Array.from({ length: QUESTIONS + WARM_UP }, (_, i) => ids[(i * 7919) % ids.length]!);
  const movies = await catalogue.get([...new Set(asked)]);
  return time(
    asked.map((id) => movies.get(id)!),
    (movie) => recommender.similar({ seeds: [movie], filters: {}, page: 1, pageSize: 5 }),
  );
}

/** The same for movies that say too little to have a vector. */
export async function timeThin({ catalogue, recommender }: OpenRecommender): Promise<Times> {
  const numbers = Array.from({ length: 4 * (QUESTIONS + WARM_UP) }, (_, i) => 1 + i * 67);
  const movies = [...(await catalogue.byNumber(numbers)).values()].filter(
    (movie) => isThin(movie) && !movie.adult,
  );
  return time(movies.slice(0, QUESTIONS + WARM_UP), (movie) =>
    recommender.similar({ seeds: [movie], filters: {}, page: 1, pageSize: 5 }),
  );
}

export function timePlot({ recommender }: OpenRecommender, texts: readonly string[]): Promise<Times> {
  const twice = [...texts, ...texts];
  return time(twice, (text) => recommender.plot({ text, filters: {}, page: 1, pageSize: 5 }), texts.length);
}

export async function time<T>(
  questions: readonly T[],
  ask: (question: T) => Promise<unknown>,
  warmUp = WARM_UP,
): Promise<Times> {
  for (const question of questions.slice(0, warmUp)) await ask(question);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  let processor = 0;
  for (const question of questions.slice(warmUp)) {
    const start = performance.now();
    const used = process.cpuUsage();
    await ask(question);
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    processor += (user + system) / 1000;
    await pause(1);
  }
  delay.disable();
  times.sort((a, b) => a - b);
  return {
    p50: times[times.length >> 1]!,
    mean: times.reduce((sum, each) => sum + each, 0) / times.length,
    p99: times[Math.floor(0.99 * times.length)]!,
    processor: processor / times.length,
    held: delay.max / 1e6,
  };
}
