import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { GENRE_SLUGS, type Genre } from '../../src/catalogue/genres.ts';
import type { Movie } from '../../src/catalogue/movie.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { movieText } from '../../src/embedding/movie-text.ts';
import { createRecommender } from '../../src/recommender/create.ts';
import { FeatureTable } from '../../src/recommender/features.ts';
import { GenreModel } from '../../src/recommender/genre-model.ts';
import type { RankingModel } from '../../src/recommender/model.ts';
import type { Recommender } from '../../src/recommender/recommender.ts';
import { termsOf } from '../../src/search/terms.ts';
import type { Taste } from '../../src/taste/model.ts';
import { type Filter, metadataOf, passes } from '../../src/vectors/filter.ts';
import type { QueryOptions, VectorIndex } from '../../src/vectors/vector-index.ts';
import { aMovie } from '../fixtures/movies.ts';
import { themeEmbedder } from '../fixtures/theme-embedder.ts';

/** Weights that can be reckoned with: a shared genre set counts 2, a year or a director 1, a standard score 1. */
export const model: RankingModel = {
  weights: { text: 1, genres: 2, themes: 1, director: 1, cast: 1, year: 1 },
  bias: -2,
  order: { popularity: 0, variety: 0 },
  plot: { text: 1, words: 4, genres: 1, bias: -3.2 },
  ratings: { others: 0.5, likeness: 2, bias: 0 },
  liking: {
    rated: { odds: 1, bias: 0 },
    close: { close: 1, known: 0, unwanted: -1, bias: 0 },
  },
  cosine: { mean: 0, deviation: 0.5 },
};

export interface World {
  readonly recommender: Recommender;
  readonly features: FeatureTable;
  readonly movies: Movie[];
  /** The index of each answer, which has one of its own. */
  readonly indexes: readonly WeakRef<VectorIndex>[];
}

/** Movies numbered from 1, of which only what a test is about is told, and a recommender over them. */
export function aWorld(
  facts: readonly Partial<Movie>[],
  weights: RankingModel = model,
  genres?: GenreModel,
  taste?: Taste,
  embedder: Embedder = themeEmbedder(),
): World {
  const movies = facts.map((each, at) => aMovie({ id: `tt${at + 1}`, number: at + 1, ...each }));
  const features = new FeatureTable();
  for (const movie of movies) if (movieText(movie)) features.put(movie);
  const indexes: WeakRef<VectorIndex>[] = [];
  const recommender = createRecommender({
    catalogue: catalogueOf(movies),
    features,
    plots: { search: async (text, options) => wordHits(movies, text, options), refresh, close: refresh },
    genres: async () => genres,
    async serving() {
      await features.linkSeries();
      const index = indexOf(movies);
      indexes.push(new WeakRef(index));
      return { index, embedder, model: weights };
    },
    taste: () => taste,
  });
  return { recommender, features, movies, indexes };
}

/** Takes every text with a word in it for one genre. */
export function tellerOf(genre: Genre, word: string): GenreModel {
  const labels = GENRE_SLUGS.length;
  const weights = new Float32Array(2 * labels).fill(-9);
  weights[GENRE_SLUGS.indexOf(genre)] = 9;
  return new GenreModel({
    trained: 'by hand',
    measure: { movies: 0, f1: 0, f1OfStories: 0, f1OfPhrases: 0 },
    threshold: 0.5,
    words: [word, 'noon'],
    idf: Float32Array.of(1, 0.01),
    fit: { labels, weights, bias: new Float32Array(labels) },
  });
}

const refresh = async () => {};

function catalogueOf(movies: readonly Movie[]): Catalogue {
  const byId = new Map(movies.map((movie) => [movie.id, movie]));
  const get = async (ids: readonly string[]) =>
    new Map(ids.flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!] as const] : [])));
  const byNumber = async (numbers: readonly number[]) =>
    new Map(movies.filter(({ number }) => numbers.includes(number)).map((movie) => [movie.number, movie]));
  return { get, byNumber } as unknown as Catalogue;
}

async function vectorsOf(movies: readonly Movie[]): Promise<Map<string, Float32Array>> {
  const texts = movies.map((movie) => movieText(movie) ?? '');
  const vectors = await themeEmbedder().embed(texts, { task: 'document' });
  return new Map(movies.flatMap(({ id }, i) => (vectors[i] ? [[id, vectors[i]] as const] : [])));
}

function indexOf(movies: readonly Movie[]): VectorIndex {
  return {
    async fetch(ids: readonly string[]) {
      return new Map([...(await vectorsOf(movies))].filter(([id]) => ids.includes(id)));
    },
    async query(vector: Float32Array, { topK, filter = [], exclude = [], also = [] }: QueryOptions) {
      const vectors = await vectorsOf(movies);
      return movies
        .filter((movie) => vectors.has(movie.id) && !exclude.includes(movie.id))
        .filter((movie) => passes(metadataOf(movie), filter))
        .map(({ id }) => ({
          id,
          score: vectors.get(id)!.reduce((sum, value, i) => sum + value * vector[i]!, 0),
        }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .filter(({ id }, place) => place < topK || also.includes(id));
    },
  } as unknown as VectorIndex;
}

/** The share of the text's words that an overview has. */
function wordHits(
  movies: readonly Movie[],
  text: string,
  { limit, filter }: { limit: number; filter: Filter },
): { id: string; score: number }[] {
  const words = termsOf(text);
  return movies
    .filter((movie) => passes(metadataOf(movie), filter))
    .map(({ id, overview = '' }) => ({
      id,
      score: words.filter((word) => termsOf(overview).includes(word)).length / words.length,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}
