/**
 * How well taste is learned from ratings, beside simpler ways on the same folds.
 *
 *   npm run bench -- taste [--data FOLDER] [--folds 5] [--only-ours] [--only learning|product|million]
 *
 * The folder holds a MovieLens set, of the old format or the new. `product` measures what ratings add to `similar`,
 * and `/foryou` on the large catalogue; `million` the time that a million made-up ratings take.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBuiltInEmbedder } from '../src/embedding/built-in.ts';
import { SHIPPED } from '../src/paths.ts';
import { largeCatalogue } from '../src/recommender/fit/large.ts';
import { type MovieContent, NO_CONTENT } from '../src/taste/content.ts';
import { PersonTaste } from '../src/taste/fold-in.ts';
import { Taste } from '../src/taste/model.ts';
import { matrixOf, type RatingColumns, type RatingMatrix } from '../src/taste/ratings.ts';
import { learnTaste } from '../src/taste/train.ts';
import { biasedFactorisation, biases, type Predict, svdPlusPlus } from './taste/baselines.ts';
import { foldsOf, type RatingSet, readSet, syntheticSet } from './taste/data.ts';
import { measureForYou } from './taste/for-you.ts';
import { itemCosine, popularity, rated, recall } from './taste/ranking.ts';
import { measureSimilar } from './taste/similar.ts';

export interface TableRow {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
  readonly baseline?: string;
}

export interface TasteBenchOptions {
  readonly data?: string;
  readonly folds?: number;
  /** Leaves the slow baselines out. */
  readonly onlyOurs?: boolean;
  readonly log?: (line: string) => void;
}

const DATA = '../shared/data/ml-latest-small';
const CATALOGUE = '../shared/data/catalogue-large.jsonl.gz';
const MILLION = 1_000_000;
const FOLD_IN_PERCENTILE = 0.99;

/** Everything measured in one fold, by what it is. */
type Measures = Record<string, number>;

/** Measures on a MovieLens set; no rows where it is not there. */
export async function benchTaste(options: TasteBenchOptions = {}): Promise<TableRow[]> {
  const { data = DATA, folds = 5, onlyOurs = false, log = () => {} } = options;
  if (!existsSync(data)) return [];
  const set = await readSet(data);
  const foldOf = foldsOf(set.columns.stars.length, folds);
  const measures: Measures[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const measured = await measureFold(set, foldOf, fold, onlyOurs);
    measures.push(measured);
    log(
      `fold ${fold + 1}: ${Object.entries(measured)
        .map(([name, value]) => `${name} ${value.toFixed(4)}`)
        .join(', ')}`,
    );
  }
  return Object.keys(measures[0]!).map((what) => {
    const mean = measures.reduce((sum, each) => sum + each[what]!, 0) / folds;
    return { what, measured: mean.toFixed(4), ...(AIMS[what] && { aim: AIMS[what] }) };
  });
}

const OURS = 'RMSE, this';
const RECALL = 'recall@20, this';
const FOLD_IN = 'fold-in of all of a person’s ratings, p99 ms';
const AIMS: Readonly<Record<string, string>> = {
  [OURS]: '≤ 0.845',
  [RECALL]: 'ahead of popularity and item-item cosine',
  [FOLD_IN]: '≤ 20',
};

async function measureFold(
  set: RatingSet,
  foldOf: Uint8Array,
  fold: number,
  onlyOurs: boolean,
): Promise<Measures> {
  const places = Int32Array.from(foldOf, (_, place) => place);
  const trainPlaces = places.filter((place) => foldOf[place] !== fold);
  const train = matrixOf(set.columns, trainPlaces);
  const test = matrixOf(
    set.columns,
    places.filter((place) => foldOf[place] === fold),
  );
  const baselines: Record<string, () => Predict> = {
    'RMSE, mean and biases': () => biases(train),
    'RMSE, biased factorisation (100 factors, step 0.01, penalty 0.1, 60 epochs)': () =>
      biasedFactorisation(train, { rank: 100, step: 0.01, penalty: 0.1, epochs: 60 }),
    'RMSE, SVD++ (20 factors, step 0.007, penalty 0.02, 20 epochs)': () =>
      svdPlusPlus(train, { rank: 20, step: 0.007, penalty: 0.02, epochs: 20 }),
  };
  const simple = Object.entries(baselines).slice(0, onlyOurs ? 1 : undefined);
  const columns = chosen(set.columns, trainPlaces);
  return {
    ...Object.fromEntries(simple.map(([name, learn]) => [name, rmse(test, learn())])),
    'RMSE, this without content': rmse(test, (await learn(columns, train, NO_CONTENT)).predict),
    ...(await measureOurs(columns, train, test, set.content)),
    'recall@20, popularity': recall(train, test, popularity(train)),
    ...(!onlyOurs && { 'recall@20, item-item cosine': recall(train, test, itemCosine(train)) }),
  };
}

async function measureOurs(
  columns: RatingColumns,
  train: RatingMatrix,
  test: RatingMatrix,
  content: MovieContent,
): Promise<Measures> {
  const started = performance.now();
  const { predict, scores, foldInTimes, trainedAt } = await learn(columns, train, content);
  const times = foldInTimes.toSorted((a, b) => a - b);
  return {
    [OURS]: rmse(test, predict),
    [RECALL]: recall(train, test, scores),
    'training, s': (trainedAt - started) / 1000,
    [FOLD_IN]: times[Math.floor(times.length * FOLD_IN_PERCENTILE)]!,
  };
}

/** Trains on the columns and folds everybody in from their ratings there. */
async function learn(columns: RatingColumns, train: RatingMatrix, content: MovieContent) {
  const taste = new Taste(await learnTaste(columns, { content }));
  const trainedAt = performance.now();
  const places = columns.movies.map((movie) => taste.placeOf(movie, content.of(movie)));
  const foldInTimes: number[] = [];
  const people = Array.from({ length: columns.people }, (_, person) => {
    const ratings = rated(train, person).map(([movie, stars]) => ({
      movie: columns.movies[movie]!,
      stars,
      content: content.of(columns.movies[movie]!),
    }));
    const started = performance.now();
    const folded = new PersonTaste(taste, ratings);
    foldInTimes.push(performance.now() - started);
    return folded;
  });
  return {
    trainedAt,
    foldInTimes,
    predict: (person: number, movie: number) => people[person]!.expect(places[movie]!).stars,
    scores: (person: number) => Float64Array.from(places, (place) => people[person]!.score(place)),
  };
}

function rmse(test: RatingMatrix, predict: Predict): number {
  let squares = 0;
  for (let person = 0; person < test.byPerson.rows; person++) {
    for (const [movie, stars] of rated(test, person)) {
      squares += (stars - Math.max(0.5, Math.min(5, predict(person, movie)))) ** 2;
    }
  }
  return Math.sqrt(squares / test.count);
}

function chosen(columns: RatingColumns, places: Int32Array): RatingColumns {
  return {
    ...columns,
    person: Int32Array.from(places, (place) => columns.person[place]!),
    movie: Int32Array.from(places, (place) => columns.movie[place]!),
    stars: Float32Array.from(places, (place) => columns.stars[place]!),
  };
}

/** How long a million ratings take. */
export async function benchMillion(log: (line: string) => void = () => {}): Promise<TableRow[]> {
  const columns = syntheticSet(MILLION);
  const started = performance.now();
  await learnTaste(columns, {
    onProgress: ({ sweep, heldBackError }) => log(`sweep ${sweep}: ${heldBackError.toFixed(4)}`),
  });
  const seconds = (performance.now() - started) / 1000;
  return [{ what: 'training on 1,000,000 made-up ratings, s', measured: seconds.toFixed(0), aim: '≤ 300' }];
}

/** What ratings add to `similar`, and `/foryou` as people get it; nothing where the sets are not there. */
async function benchProduct(folder: string, catalogue: string): Promise<void> {
  if (!existsSync(join(folder, 'links.csv')) || !existsSync(catalogue)) return;
  const large = await largeCatalogue(catalogue, await openBuiltInEmbedder(SHIPPED.words));
  console.table(await measureSimilar(folder, large.file));
  console.table(await measureForYou(folder, large));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: DATA },
      catalogue: { type: 'string', default: CATALOGUE },
      folds: { type: 'string', default: '5' },
      'only-ours': { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const { data, catalogue, folds, 'only-ours': onlyOurs, only } = values;
  const log = console.error;
  if (!only || only === 'learning')
    console.table(await benchTaste({ data, folds: Number(folds), onlyOurs, log }));
  if (!only || only === 'product') await benchProduct(data, catalogue);
  if (!only || only === 'million') console.table(await benchMillion(log));
}
