import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Genre } from '../catalogue/genres.ts';
import type { MovieId } from '../catalogue/movie.ts';
import { loadGenres, saveGenres } from '../recommender/genre-file.ts';
import type { GenreMeasure, GenreModel } from '../recommender/genre-model.ts';
import { describedMovies, genreExamples, trainGenres } from '../recommender/genre-training.ts';
import { acquireLock } from '../store/lock.ts';

export interface GenreIndexOptions {
  readonly catalogue: Catalogue;
  /** Where what was learned is written. */
  readonly file: string;
  /** The index's: held while the job runs. */
  readonly lockFile: string;
  readonly signal?: AbortSignal;
}

/**
 * Learns genres from the described movies that have some, guesses those of the movies that have none, and writes both
 * beside the index. Answers how well the model does on movies it did not learn from; `undefined` where there are too
 * few to learn from. Yields to the event loop. Rejects with `Locked`, and with the signal's reason.
 */
export async function indexGenres(options: GenreIndexOptions): Promise<GenreMeasure | undefined> {
  const { catalogue, file, signal } = options;
  const release = acquireLock(options.lockFile);
  try {
    const revision = await catalogue.revision(signal ? { signal } : {}); // before: others may write meanwhile
    const model = await trainGenres(genreExamples(catalogue, signal), signal ? { signal } : {});
    if (!model) return undefined;
    await saveGenres(file, { model, guesses: await guessesOf(model, catalogue, signal), revision });
    return model.parts.measure;
  } finally {
    release();
  }
}

/** Whether the catalogue is another one than genres were learned from, or nothing was learned yet. */
export async function genresAreStale({ catalogue, file, signal }: GenreIndexOptions): Promise<boolean> {
  const revision = await catalogue.revision(signal ? { signal } : {});
  return (await loadGenres(file))?.revision !== revision;
}

async function guessesOf(
  model: GenreModel,
  catalogue: Catalogue,
  signal: AbortSignal | undefined,
): Promise<Map<MovieId, Genre[]>> {
  const guesses = new Map<MovieId, Genre[]>();
  for await (const movie of describedMovies(catalogue, signal)) {
    const guess = movie.genres.length === 0 ? model.guess(movie) : [];
    if (guess.length > 0) guesses.set(movie.id, guess);
  }
  return guesses;
}
