import { stat } from 'node:fs/promises';
import { loadGenres, type TrainedGenres } from './genre-file.ts';
import type { GenreModel } from './genre-model.ts';

/** Milliseconds between two looks at the file. */
const LOOK_EVERY = 2000;

/**
 * The genre model in a file, now: `undefined` before anything was learned. Whoever indexes writes the file anew, so it
 * is looked at again from time to time; looking costs a tenth of a millisecond. `take` is told of what was read.
 */
export function genresInUse(
  file: string,
  take: (trained: TrainedGenres) => void,
): () => Promise<GenreModel | undefined> {
  let inUse: GenreModel | undefined;
  let written: number | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  let looking = Promise.resolve();

  async function look(): Promise<void> {
    const now = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (now === undefined || now === written) return;
    written = now;
    const trained = await loadGenres(file);
    if (!trained) return;
    inUse = trained.model;
    take(trained);
  }

  return async () => {
    if (performance.now() - looked >= LOOK_EVERY) {
      looked = performance.now();
      looking = look();
    }
    await looking;
    return inUse;
  };
}
