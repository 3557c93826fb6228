import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../catalogue/sql/open.ts';
import { SqlCatalogue } from '../../catalogue/sql/sql-catalogue.ts';
import { loadStarter } from '../../catalogue/starter.ts';
import { openBuiltInEmbedder } from '../../embedding/built-in.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import { SHIPPED } from '../../paths.ts';
import { FullText } from '../../search/full-text.ts';
import { EmbeddedStore } from '../../vectors/embedded/embedded-store.ts';
import { loadGenres } from '../genre-file.ts';
import type { FittedWeights } from '../model.ts';
import { type Corpus, pairsOf, readCorpus } from './corpus.ts';
import { fitLiking, likingExamples } from './fit-liking.ts';
import { fitPlot } from './fit-plot.ts';
import { fitRatings } from './fit-ratings.ts';
import { fitOrder, fitRelevance, SIGNALS, signalsBetween } from './fit-relevance.ts';
import { judgedCorpus, judgesIn, taughtTaste } from './judged.ts';
import { type LargeCatalogue, largeCatalogue } from './large.ts';
import { readLikes } from './likes.ts';
import { auc } from './measures.ts';
import { plotSides, tmdbQuestions } from './plot-questions.ts';

export interface TrainRankingOptions {
  /** Folder with `catalogue-large.jsonl.gz`, `ml-latest-small/` and `tmdb-5000/`. */
  readonly data: string;
  /** The file to write. */
  readonly to: string;
  /** Today, for the record. */
  readonly date: Date;
}

/**
 * Fits all weights of ranking and writes them with how they were found: `npm run train -- ranking`. The same data
 * gives the same weights.
 */
export async function trainRanking({ data, to, date }: TrainRankingOptions): Promise<FittedWeights> {
  const embedder = await openBuiltInEmbedder(SHIPPED.words);
  const large = await largeCatalogue(join(data, 'catalogue-large.jsonl.gz'), embedder);
  const corpora = await readCorpora(data, embedder, large);
  const model = fitRelevance(corpora);
  const order = fitOrder(corpora, model);
  const { plot, questions } = await fitPlotOn(data, embedder, large, corpora[1]!);
  const plain = { ...model, order, plot };
  const weights = { ...plain, ...(await fitTasteOn(join(data, 'ml-latest-small'), embedder, large, plain)) };
  const fitted = describe(corpora, weights, questions, date);
  const rounded = JSON.parse(JSON.stringify({ fitted, ...weights }, roundNumbers)) as FittedWeights;
  await writeFile(`${to}.new`, `${JSON.stringify(rounded, undefined, 2)}\n`);
  await rename(`${to}.new`, to);
  return rounded;
}

/** The starter catalogue, where every film has themes and directors, and the large one, as different as can be. */
export async function readCorpora(
  data: string,
  embedder: Embedder,
  large: LargeCatalogue,
): Promise<readonly [Corpus, Corpus]> {
  const likes = await readLikes(join(data, 'ml-latest-small'));
  await using opened = new AsyncDisposableStack();
  const small = opened.adopt(await openDatabase(':memory:'), (each) => each.close());
  const big = opened.adopt(await openDatabase(large.file), (each) => each.close());
  await loadStarter(new SqlCatalogue(small), SHIPPED.starter);
  return [
    await readCorpus('starter', new SqlCatalogue(small), embedder, likes),
    await readCorpus('large', new SqlCatalogue(big), embedder, likes),
  ];
}

/** One half of the people teaches; the other half tells what is alike, and what they like. */
async function fitTasteOn(
  folder: string,
  embedder: Embedder,
  large: LargeCatalogue,
  weights: Omit<FittedWeights, 'fitted' | 'ratings' | 'liking'>,
): Promise<Pick<FittedWeights, 'ratings' | 'liking'>> {
  await using opened = new AsyncDisposableStack();
  const big = new SqlCatalogue(opened.adopt(await openDatabase(large.file), (each) => each.close()));
  const small = new SqlCatalogue(opened.adopt(await openDatabase(':memory:'), (each) => each.close()));
  const store = opened.adopt(await EmbeddedStore.open({ folder: large.folder }), (each) => each.close());
  await loadStarter(small, SHIPPED.starter);
  const taste = await taughtTaste(folder, big);
  const corpora = [
    await judgedCorpus('starter', small, embedder, folder),
    await judgedCorpus('large', big, embedder, folder),
  ];
  const ratings = fitRatings(corpora, weights, taste);
  const features = corpora[1]!.features;
  const parts = { catalogue: big, features, taste: () => taste };
  const model = { ...weights, ratings, cosine: corpora[1]!.cosine };
  const judges = (await judgesIn(folder, big)).filter((_, i) => i % 2 === 0);
  const examples = await likingExamples(parts, { index: (await store.current())!, model }, judges, 1);
  return { ratings, liking: fitLiking(examples) };
}

async function fitPlotOn(data: string, embedder: Embedder, large: LargeCatalogue, corpus: Corpus) {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(large.file), (each) => each.close());
  const store = opened.adopt(await EmbeddedStore.open({ folder: large.folder }), (each) => each.close());
  const search = new FullText(large.file, join(large.folder, 'plots.db'));
  while (search.refresh());
  const { model: teller } = (await loadGenres(large.genres))!;
  const find = plotSides(search, (await store.current())!, embedder, teller);
  const file = join(data, 'tmdb-5000', 'tmdb_5000_movies.csv.gz');
  const questions = await tmdbQuestions(file, new SqlCatalogue(database));
  const asked = [];
  for (const question of questions) asked.push({ question, sides: await find(question.text) });
  return { plot: fitPlot(asked, corpus.features, corpus.cosine), questions: questions.length };
}

function describe(
  corpora: readonly Corpus[],
  model: Omit<FittedWeights, 'fitted'>,
  questions: number,
  date: Date,
): string {
  const parts = corpora.map((corpus) => {
    const pairs = pairsOf(corpus, 'held back');
    const sums = pairs.map(({ a, b }) => {
      const signals = signalsBetween(corpus, a, b);
      return SIGNALS.reduce((sum, name) => sum + model.weights[name] * signals[name], 0);
    });
    const area = auc(
      sums,
      pairs.map(({ alike }) => alike),
    );
    return `${corpus.films.length} films of the ${corpus.name} catalogue (AUC ${area.toFixed(3)} on the half held back)`;
  });
  return (
    `${date.toISOString().slice(0, 10)}, npm run train -- ranking: logistic regression on films liked by the same ` +
    `people in MovieLens latest small, ${parts.join(' and ')}; plot: ${questions} questions from TMDB overviews that ask for ` +
    'films described by Wikipedia; ratings and liking: likeness learned from one half of the people, fitted to what the other half ' +
    'likes together and gave. See docs/ranking.md and docs/taste.md.'
  );
}

function roundNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
