import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Revision } from '../catalogue/catalogue.ts';
import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import type { MovieId } from '../catalogue/movie.ts';
import { GenreModel, type GenreModelParts } from './genre-model.ts';

/** Changes when the file or the way texts are taken apart does: an older file is then as good as none. */
const FORMAT = 2;

/** A weight is stored as one byte, in parts of the largest of its word. */
const TOP = 127;

const schema = z.object({
  format: z.literal(FORMAT),
  trained: z.string(),
  measure: z.object({ movies: z.number(), f1: z.number(), f1OfStories: z.number(), f1OfPhrases: z.number() }),
  threshold: z.number(),
  /** New genres are appended to the project's list: a model may know fewer. */
  labels: z.literal(GENRE_SLUGS.length),
  bias: z.array(z.number()).length(GENRE_SLUGS.length),
  words: z.array(z.string()),
  /** Base64 of float32, one to a word. What is none has another length: a schema of it would go through a megabyte. */
  idf: z.string(),
  scales: z.string(),
  /** Base64 of int8, words × labels. */
  weights: z.string(),
  guesses: z.record(z.string(), z.array(z.enum(GENRE_SLUGS))),
  /** Absent in files of earlier versions. */
  revision: z.int().optional(),
});

/** What was learned of genres from a catalogue, kept beside its index. */
export interface TrainedGenres {
  readonly model: GenreModel;
  /** What the movies of unknown genres may be taken for. */
  readonly guesses: ReadonlyMap<MovieId, readonly Genre[]>;
  /** The catalogue's, when it was learned from; absent where that was not kept. */
  readonly revision?: Revision | undefined;
}

/** Writes all of it or nothing. */
export async function saveGenres(file: string, { model, guesses, revision }: TrainedGenres): Promise<void> {
  const { fit, words, idf, ...rest } = model.parts;
  const { weights, scales } = quantise(fit.weights, fit.labels);
  const body: z.input<typeof schema> = {
    format: FORMAT,
    ...rest,
    labels: fit.labels,
    bias: [...fit.bias],
    words: [...words],
    idf: base64(idf),
    scales: base64(scales),
    weights: base64(weights),
    guesses: Object.fromEntries([...guesses].map(([id, genres]) => [id, [...genres]])),
    revision,
  };
  await writeFile(`${file}.new`, JSON.stringify(body));
  await rename(`${file}.new`, file);
}

/** What is in a file; `undefined` where there is none, or it is foreign, damaged or of another version. */
export async function loadGenres(file: string): Promise<TrainedGenres | undefined> {
  try {
    const { guesses, revision, ...body } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    const parts = partsOf(body);
    return parts && { model: new GenreModel(parts), guesses: new Map(Object.entries(guesses)), revision };
  } catch {
    return undefined;
  }
}

function partsOf(body: Omit<z.output<typeof schema>, 'guesses' | 'revision'>): GenreModelParts | undefined {
  const { labels, bias, words, idf, scales, weights, format: _, ...rest } = body;
  const bytes = new Int8Array(bufferOf(weights));
  const factors = new Float32Array(bufferOf(scales));
  const telling = new Float32Array(bufferOf(idf));
  const whole = telling.length === words.length && factors.length === words.length;
  if (!whole || bytes.length !== words.length * labels) return undefined;
  const values = new Float32Array(bytes.length);
  for (let word = 0, at = 0; word < factors.length; word++)
    for (const end = at + labels; at < end; at++) values[at] = bytes[at]! * factors[word]!;
  return { ...rest, words, idf: telling, fit: { labels, bias: Float32Array.from(bias), weights: values } };
}

function quantise(weights: Float32Array, labels: number): { weights: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(weights.length / labels);
  const bytes = Int8Array.from(weights, (weight, at) => {
    const word = Math.floor(at / labels);
    if (at % labels === 0)
      for (let label = 0; label < labels; label++)
        scales[word] = Math.max(scales[word]!, Math.abs(weights[at + label]!) / TOP);
    return scales[word] ? Math.round(weight / scales[word]) : 0;
  });
  return { weights: bytes, scales };
}

function base64(array: Float32Array | Int8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

function bufferOf(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer;
}
