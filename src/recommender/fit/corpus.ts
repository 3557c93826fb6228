import { hash } from 'node:crypto';
import type { SqlCatalogue } from '../../catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import { movieText } from '../../embedding/movie-text.ts';
import { dot } from '../../embedding/words/vector.ts';
import { measureCosines } from '../calibrate.ts';
import type { Features, FeatureTable } from '../features.ts';
import { readFeatures } from '../read-features.ts';
import type { RelevanceModel } from '../relevance.ts';
import { type LikedFilm, type Likes, togetherness } from './likes.ts';
import { alikeTo, choosePairs, type Pair } from './pairs.ts';

/** A film liked by fewer people says too little about who else likes it. */
const FEWEST_LIKES = 12;

export interface CorpusFilm extends LikedFilm {
  readonly features: Features;
  readonly vector: Float32Array;
  /** Genres, themes and overview, as it is embedded. */
  readonly text: string;
}

/** The films of one catalogue that people of the rating set like, and who likes which. */
export interface Corpus {
  readonly name: string;
  readonly features: FeatureTable;
  readonly cosine: RelevanceModel['cosine'];
  readonly films: readonly CorpusFilm[];
  /** See `togetherness`. */
  readonly together: readonly Float32Array[];
}

/** Half of the films are for fitting, the other half are held back; which is which hangs on a film's id alone. */
export type Half = 'fitting' | 'held back';

export function filmsOf({ films }: Corpus, half: Half): number[] {
  return films.flatMap(({ features }, film) => (halfOf(features.id) === half ? [film] : []));
}

function halfOf(id: string): Half {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 2), 16) & 1 ? 'held back' : 'fitting';
}

export function pairsOf(corpus: Corpus, half: Half): Pair[] {
  return choosePairs(corpus.together, filmsOf(corpus, half), half === 'fitting' ? 1 : 2);
}

/** For each film of a half: the others of that half that belong to it. Films to which none belongs are left out. */
export function answersOf(corpus: Corpus, half: Half): { film: number; wanted: Set<number> }[] {
  const among = filmsOf(corpus, half);
  return among
    .map((film) => ({ film, wanted: new Set(alikeTo(film, corpus.together[film]!, among)) }))
    .filter(({ wanted }) => wanted.size > 0);
}

export function cosineOf(a: CorpusFilm, b: CorpusFilm): number {
  return dot(a.vector, b.vector);
}

export async function readCorpus(
  name: string,
  catalogue: SqlCatalogue,
  embedder: Embedder,
  likes: Likes,
): Promise<Corpus> {
  const features = await readFeatures(catalogue);
  await features.linkSeries();
  const films = await likedFilms(catalogue, features, embedder, likes);
  const fetch = async (ids: readonly string[]) => vectorsOf(catalogue, embedder, ids);
  return {
    name,
    features,
    films,
    cosine: await measureCosines({ fetch }, features.ids()),
    together: togetherness(films),
  };
}

async function likedFilms(
  catalogue: SqlCatalogue,
  table: FeatureTable,
  embedder: Embedder,
  likes: Likes,
): Promise<CorpusFilm[]> {
  const liked = [...likes].filter(([, people]) => people.size >= FEWEST_LIKES);
  const movies = await catalogue.get(liked.map(([imdb]) => imdb));
  const known = liked.flatMap(([imdb, likedBy]) => {
    const movie = movies.get(imdb);
    const features = movie && table.get(movie.id);
    const text = movie && movieText(movie);
    return features && text ? [{ features, text, likedBy, year: features.year }] : [];
  });
  const vectors = await embedder.embed(
    known.map(({ text }) => text),
    { task: 'document' },
  );
  const films = known.flatMap((film, i) => (vectors[i] ? [{ ...film, vector: vectors[i] }] : []));
  return [...new Map(films.map((film) => [film.features.id, film])).values()];
}

async function vectorsOf(
  catalogue: SqlCatalogue,
  embedder: Embedder,
  ids: readonly string[],
): Promise<Map<string, Float32Array>> {
  const movies = [...(await catalogue.get(ids)).values()];
  const vectors = await embedder.embed(
    movies.map((movie) => movieText(movie) ?? ''),
    { task: 'document' },
  );
  return new Map(movies.flatMap((movie, i) => (vectors[i] ? [[movie.id, vectors[i]]] : [])));
}
