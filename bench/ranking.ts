/**
 * How good the ranking is, and how fast.
 *
 *   npm run bench -- ranking [--data ../shared/data]
 *
 * Films liked by the same people (MovieLens, corrected for popularity and for who watches which era) should be close;
 * half of the films were held back from fitting, and only these are measured. Intervals hold 95 of 100 bootstrap draws.
 * The first run imports and indexes the large catalogue, which takes minutes; later ones use it again.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../src/catalogue/sql/sql-catalogue.ts';
import { loadStarter } from '../src/catalogue/starter.ts';
import { openBuiltInEmbedder } from '../src/embedding/built-in.ts';
import type { Embedder } from '../src/embedding/embedder.ts';
import { indexGenres } from '../src/ingest/index-genres.ts';
import { indexMovies } from '../src/ingest/index-movies.ts';
import { SHIPPED } from '../src/paths.ts';
import { answersOf, type Corpus } from '../src/recommender/fit/corpus.ts';
import {
  fitRelevance,
  listFor,
  ndcgOfLists,
  SIGNALS,
  signalsBetween,
} from '../src/recommender/fit/fit-relevance.ts';
import { type LargeCatalogue, largeCatalogue } from '../src/recommender/fit/large.ts';
import { mean } from '../src/recommender/fit/measures.ts';
import type { Question } from '../src/recommender/fit/plot-questions.ts';
import { readCorpora } from '../src/recommender/fit/train-ranking.ts';
import { type FittedWeights, readWeights } from '../src/recommender/model.ts';
import { relevance } from '../src/recommender/relevance.ts';
import { EmbeddedStore } from '../src/vectors/embedded/embedded-store.ts';
import { baselinesOf, gain, measure, rankerOf, withInterval } from './ranking/likeness.ts';
import { rankPlots, reciprocal, within } from './ranking/plots.ts';
import { measureRetrieval } from './ranking/retrieval.ts';
import { openRecommender, type Times, timePlot, timeSimilar, timeThin } from './ranking/speed.ts';

type Row = readonly (string | number)[];

function printTable(heading: string, columns: readonly string[], rows: readonly Row[]): void {
  console.log(`### ${heading}\n`);
  console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log();
}

function benchRankers(corpus: Corpus, weights: FittedWeights): void {
  const ours = measure(corpus, rankerOf(corpus, weights));
  const rows = Object.entries(baselinesOf(corpus)).map(([name, likeness]): Row => {
    const theirs = measure(corpus, likeness);
    return [
      name,
      withInterval(theirs.ndcg),
      withInterval(theirs.recall),
      `${theirs.pooled.toFixed(3)}; ${withInterval(theirs.auc)}`,
      gain(ours.ndcg, theirs.ndcg),
      gain(ours.auc, theirs.auc),
    ];
  });
  const own: Row = [
    '**this ranker**',
    withInterval(ours.ndcg),
    withInterval(ours.recall),
    `${ours.pooled.toFixed(3)}; ${withInterval(ours.auc)}`,
    '',
    '',
  ];
  printTable(
    `Rankers, ${corpus.name} catalogue, ${ours.ndcg.length} films held back`,
    ['', 'nDCG@10', 'recall@10', 'AUC: all pairs; by film', 'ours ahead, nDCG', 'ours ahead, AUC'],
    [own, ...rows],
  );
}

function benchSignals(corpora: readonly Corpus[], weights: FittedWeights): void {
  const all = corpora.map((corpus) => measure(corpus, rankerOf(corpus, weights)));
  const rows = SIGNALS.map((dropped): Row => {
    const fitted = fitRelevance(
      corpora,
      SIGNALS.filter((name) => name !== dropped),
    );
    const without = corpora.map((corpus) => measure(corpus, rankerOf(corpus, fitted)));
    const alone = corpora.map((corpus) => measure(corpus, (a, b) => signalsBetween(corpus, a, b)[dropped]));
    return [
      dropped,
      weights.weights[dropped],
      ...corpora.flatMap((_, i) => [
        alone[i]!.pooled.toFixed(3),
        gain(all[i]!.auc, without[i]!.auc),
        gain(all[i]!.ndcg, without[i]!.ndcg),
      ]),
    ];
  });
  const columns = corpora.flatMap(({ name }) => [`${name}: AUC alone`, 'adds, AUC', 'adds, nDCG']);
  printTable('Signals: alone, and what each adds to the others', ['', 'weight', ...columns], rows);
}

function benchVariety(corpora: readonly Corpus[], weights: FittedWeights): void {
  const { popularity, variety } = weights.order;
  const orders = {
    'relevance alone': { popularity: 0, variety: 0 },
    'with popularity': { popularity, variety: 0 },
    '**with popularity and variety**': { popularity, variety },
    'twice the variety': { popularity, variety: 2 * variety },
  };
  const rows = corpora.flatMap((corpus) =>
    Object.entries(orders).map(([name, order]): Row => {
      const lists = answersOf(corpus, 'held back').map(({ film }) =>
        listFor(corpus, 'held back', film, weights, order).slice(0, 10),
      );
      return [
        corpus.name,
        name,
        withInterval(ndcgOfLists(corpus, 'held back', weights, order)),
        withInterval(lists.map((list) => likenessWithin(corpus, weights, list))),
        mean(
          lists.map((list) => mostRepeated(list.flatMap((film) => corpus.films[film]!.features.directors))),
        ).toFixed(2),
        mean(
          lists.map((list) => mostRepeated(list.flatMap((film) => corpus.films[film]!.year ?? []))),
        ).toFixed(2),
      ];
    }),
  );
  printTable(
    'Order of the first ten',
    ['', '', 'nDCG@10', 'relevance among themselves', 'most films of one director', 'of one year'],
    rows,
  );
}

function likenessWithin(corpus: Corpus, weights: FittedWeights, list: readonly number[]): number {
  const model = { ...weights, cosine: corpus.cosine };
  return mean(
    list.flatMap((a, i) => list.slice(i + 1).map((b) => relevance(signalsBetween(corpus, a, b), model))),
  );
}

function mostRepeated(values: readonly number[]): number {
  return Math.max(
    0,
    ...Map.groupBy(values, (value) => value)
      .values()
      .map((same) => same.length),
  );
}

async function benchRetrieval(corpus: Corpus, large: LargeCatalogue, weights: FittedWeights): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const store = opened.adopt(await EmbeddedStore.open({ folder: large.folder }), (each) => each.close());
  const measured = await measureRetrieval(corpus, (await store.current())!, weights);
  printTable(
    `Which movies are ranked, of ${corpus.features.size.toLocaleString('en')}`,
    ['', 'first ten as when all are ranked', 'films that the same people like, among the fifty shown'],
    measured.map(({ way, sameFirst, wantedShown }) => [
      way,
      mean(sameFirst).toFixed(3),
      withInterval(wantedShown),
    ]),
  );
}

async function benchPlots(
  catalogues: Readonly<Record<string, LargeCatalogue>>,
  embedder: Embedder,
  weights: FittedWeights,
  questions: readonly Question[],
): Promise<void> {
  const rows: Row[] = [];
  for (const [name, catalogue] of Object.entries(catalogues)) {
    const { described, ranks } = await rankPlots(catalogue, embedder, weights, questions);
    for (const [way, found] of Object.entries(ranks))
      rows.push([
        `${name}, ${described.toLocaleString('en')} described`,
        way,
        withInterval(within(found, 10)),
        withInterval(within(found, 1)),
        reciprocal(found),
      ]);
  }
  printTable(
    `Films found by a paraphrase of their story (${questions.length} of our own)`,
    ['catalogue', 'by', 'in the first ten', 'first', 'mean reciprocal rank'],
    rows,
  );
}

async function benchSpeed(
  large: LargeCatalogue,
  embedder: Embedder,
  weights: FittedWeights,
  questions: readonly Question[],
): Promise<void> {
  await using open = await openRecommender(large, embedder, weights);
  const { movies, shows } = await open.catalogue.stats();
  const texts = questions.map(({ text }) => text);
  const row = (what: string, { p50, mean: average, p99, processor, held }: Times, aim: string): Row => [
    what,
    ...[p50, average, p99, processor, held].map((each) => `${each.toFixed(1)} ms`),
    aim,
  ];
  printTable(
    `Core time at ${(movies + shows).toLocaleString('en')} titles`,
    ['', 'p50', 'mean', 'p99', 'processor time, mean', 'event loop held at most', 'aim'],
    [
      row('/similar', await timeSimilar(open), 'mean ≤ 2 ms, p99 ≤ 20 ms'),
      row('/similar, of a film of which hardly anything is known', await timeThin(open), 'p99 ≤ 20 ms'),
      row('/plot', await timePlot(open, texts), 'mean < 150 ms, held ≤ 20 ms'),
    ],
  );
}

/** The starter catalogue with an index beside it. */
async function starterCatalogue(folder: string, embedder: Embedder): Promise<LargeCatalogue> {
  const file = join(folder, 'kindred.db');
  await using opened = new AsyncDisposableStack();
  const catalogue = new SqlCatalogue(opened.adopt(await openDatabase(file), (each) => each.close()));
  const store = opened.adopt(await EmbeddedStore.open({ folder }), (each) => each.close());
  await loadStarter(catalogue, SHIPPED.starter);
  await catalogue.refreshPopularity();
  const lockFile = join(folder, 'index.lock');
  await indexMovies({ catalogue, embedder, store, lockFile });
  const genres = join(folder, 'genres.json');
  await indexGenres({ catalogue, file: genres, lockFile });
  return { folder, file, genres };
}

const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' } } });
const source = join(values.data, 'catalogue-large.jsonl.gz');
if (existsSync(source)) {
  const embedder = await openBuiltInEmbedder(SHIPPED.words);
  const weights = await readWeights(SHIPPED.ranking);
  const large = await largeCatalogue(source, embedder);
  const paraphrases = new URL('paraphrases.json', import.meta.url);
  const questions = JSON.parse(readFileSync(paraphrases, 'utf8')) as Question[];
  const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  try {
    const corpora = await readCorpora(values.data, embedder, large);
    for (const corpus of corpora) benchRankers(corpus, weights);
    benchSignals(corpora, weights);
    benchVariety(corpora, weights);
    await benchRetrieval(corpora[1], large, weights);
    const starter = await starterCatalogue(folder, embedder);
    await benchPlots({ starter, large }, embedder, weights, questions);
    await benchSpeed(large, embedder, weights, questions);
  } finally {
    rmSync(folder, { recursive: true });
  }
} else console.error(`bench/ranking.ts is skipped: ${source} is not there`);
