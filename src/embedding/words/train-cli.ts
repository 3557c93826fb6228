import { readFile, rename, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { encodeTable } from './file.ts';
import { type TrainingDocument, type TrainingOptions, type TrainingProgress, train } from './train.ts';

export interface TrainWordsOptions {
  /** The public wikipedia-movie-data JSON, `.gz` or not. */
  readonly from: string;
  /** The file to write, replaced only when training is done. */
  readonly to: string;
  readonly options?: Partial<TrainingOptions>;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

export interface TrainWordsResult {
  readonly documents: number;
  readonly words: number;
  readonly dimensions: number;
  /** Size of the file. */
  readonly bytes: number;
}

/**
 * Trains word vectors on Wikipedia's film summaries and writes them to one file: `npm run train -- words`.
 * The same input gives the same bytes.
 *
 * @throws Error where `from` cannot be read or holds no summaries.
 */
export async function trainWords({
  from,
  to,
  options,
  onProgress,
}: TrainWordsOptions): Promise<TrainWordsResult> {
  const documents = await readWikipedia(from);
  const table = await train(documents, options, onProgress);
  const bytes = encodeTable(table);
  await writeFile(`${to}.new`, bytes);
  await rename(`${to}.new`, to);
  return {
    documents: documents.length,
    words: table.words.length,
    dimensions: table.dimensions,
    bytes: bytes.length,
  };
}

async function readWikipedia(file: string): Promise<TrainingDocument[]> {
  const bytes = await readFile(file);
  const movies: unknown = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  if (!Array.isArray(movies)) throw new Error(`${file} is not a JSON array of movies`);
  const documents = movies.flatMap((movie: { extract?: string; genres?: string[]; cast?: string[] }) =>
    movie.extract ? { text: movie.extract, genres: movie.genres ?? [], people: movie.cast ?? [] } : [],
  );
  if (documents.length === 0) throw new Error(`${file} holds no movie with an "extract" to learn from`);
  return documents;
}
