import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { loadStarter } from '../../src/catalogue/starter.ts';
import { openBuiltInEmbedder } from '../../src/embedding/built-in.ts';
import { SHIPPED } from '../../src/paths.ts';
import { type Corpus, pairsOf, readCorpus } from '../../src/recommender/fit/corpus.ts';
import { SIGNALS, signalsBetween } from '../../src/recommender/fit/fit-relevance.ts';
import { readLikes } from '../../src/recommender/fit/likes.ts';
import { mean } from '../../src/recommender/fit/measures.ts';
import { fitLogistic } from '../../src/recommender/fit/regression.ts';
import { Taste } from '../../src/taste/model.ts';
import type { RatingColumns } from '../../src/taste/ratings.ts';
import { learnTaste } from '../../src/taste/train.ts';
import { type Likeness, measure } from '../ranking/likeness.ts';

export interface SimilarGain {
  readonly name: string;
  /** Area under the ROC curve over pairs, and nDCG@10, of films that were held back. */
  readonly auc: number;
  readonly ndcg: number;
  /** Fitted weight of likeness by ratings, where it takes part. */
  readonly weight?: number;
}

type Row = (a: number, b: number) => number[];

/**
 * What likeness by ratings adds to `similar`. Half of the people teach where films stand, the other half judge which
 * films are alike; weights are fitted on half of the films, the other half measures. So nobody judges themselves.
 *
 * @param folder A MovieLens set with `links.csv`.
 */
export async function measureSimilar(folder: string, columns: RatingColumns): Promise<SimilarGain[]> {
  const taste = new Taste(await learnTaste(byTeachers(columns, imdbIds(folder))));
  const corpus = await starterJudgedBy(folder);
  const collaborative = (a: number, b: number) =>
    taste.collaborativeSimilarity(corpus.films[a]!.features.id, corpus.films[b]!.features.id) ?? 0;
  const facts = (a: number, b: number) => {
    const signals = signalsBetween(corpus, a, b);
    return SIGNALS.map((name) => signals[name]);
  };
  return [
    fitted('text and facts', corpus, facts),
    fitted('ratings alone', corpus, (a, b) => [collaborative(a, b)]),
    fitted(
      'text, facts and ratings',
      corpus,
      (a, b) => [...facts(a, b), collaborative(a, b)],
      SIGNALS.length,
    ),
  ];
}

function fitted(name: string, corpus: Corpus, rowOf: Row, ratingsAt?: number): SimilarGain {
  const pairs = pairsOf(corpus, 'fitting');
  const { weights } = fitLogistic(
    pairs.map(({ a, b }) => rowOf(a, b)),
    pairs.map(({ alike }) => (alike ? 1 : 0)),
  );
  const likeness: Likeness = (a, b) => rowOf(a, b).reduce((sum, value, i) => sum + weights[i]! * value, 0);
  const { pooled, ndcg } = measure(corpus, likeness);
  const weight = ratingsAt === undefined ? {} : { weight: weights[ratingsAt]! };
  return { name, auc: pooled, ndcg: mean(ndcg), ...weight };
}

/** Every second person teaches; the others judge. */
function isTeacher(person: number): boolean {
  return person % 2 === 0;
}

/** The films of the starter catalogue, alike where the judges like them together. */
async function starterJudgedBy(folder: string): Promise<Corpus> {
  const likes = new Map(
    [...(await readLikes(folder))].map(([movie, people]) => [
      movie,
      new Set([...people].filter((person) => !isTeacher(person))),
    ]),
  );
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(':memory:'), (each) => each.close());
  const catalogue = new SqlCatalogue(database);
  await loadStarter(catalogue, SHIPPED.starter);
  return await readCorpus('starter', catalogue, await openBuiltInEmbedder(SHIPPED.words), likes);
}

/** Ratings of the teachers, with movies by their IMDb ids. People are numbered as in the file, from 0. */
function byTeachers(columns: RatingColumns, imdb: ReadonlyMap<string, string>): RatingColumns {
  const places = Int32Array.from(columns.stars, (_, place) => place).filter((place) =>
    isTeacher(columns.person[place]!),
  );
  return {
    movies: columns.movies.map((movie) => imdb.get(movie) ?? movie),
    people: columns.people,
    person: Int32Array.from(places, (place) => columns.person[place]!),
    movie: Int32Array.from(places, (place) => columns.movie[place]!),
    stars: Float32Array.from(places, (place) => columns.stars[place]!),
  };
}

function imdbIds(folder: string): Map<string, string> {
  const lines = readFileSync(join(folder, 'links.csv'), 'utf8').trim().split(/\r?\n/u).slice(1);
  return new Map(
    lines.map((line) => {
      const [movie, imdb] = line.split(',') as [string, string];
      return [movie, `tt${imdb.padStart(7, '0')}`];
    }),
  );
}
