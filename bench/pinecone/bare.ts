/**
 * The requests that indexing makes, through `fetch` and `JSON` and nothing else: for each batch a look at what is
 * stored, the embedding, the upserts. Whatever its time and its processor time are, a program that talks JSON over HTTP
 * cannot be expected to take less. Run by `bench/pinecone.ts` in a process of its own, with {@link BareWork} as argument.
 */

import { eachAtOnce } from '../../src/at-once.ts';
import { GEMINI_BATCH } from '../../src/embedding/gemini/batches.ts';
import { movieText } from '../../src/embedding/movie-text.ts';
import { metadataOf } from '../../src/vectors/filter.ts';
import { storedFields } from '../../src/vectors/pinecone/metadata.ts';
import { FETCH_BATCH, recordsPerRequest } from '../../src/vectors/pinecone/records.ts';
import { films } from './films.ts';

export interface BareWork {
  /** Address of the model. */
  readonly gemini: string;
  /** Address of the index. */
  readonly pinecone: string;
  readonly namespace: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dimensions: number;
  readonly movies: number;
  /** Movies to a batch. */
  readonly batchSize: number;
  /** Batches under way at the same time. */
  readonly atOnce: number;
}

/** Milliseconds. */
export interface BareTimes {
  readonly elapsed: number;
  readonly processor: number;
}

interface Film {
  readonly id: string;
  readonly text: string;
  readonly metadata: object;
}

const work = JSON.parse(process.argv[2] ?? '{}') as BareWork;

async function ask<T>(url: string, body?: unknown): Promise<T> {
  const { headers } = work;
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (await fetch(url, init)).json()) as T;
}

function* batches(): Generator<Film[]> {
  const { movies, batchSize } = work;
  for (let first = 1; first <= movies; first += batchSize)
    yield films(first, Math.min(batchSize, movies - first + 1)).map((movie) => ({
      id: movie.id,
      text: movieText(movie) ?? '',
      metadata: storedFields(metadataOf(movie), '0123456789abcdef'),
    }));
}

function look(batch: readonly Film[]): Promise<unknown> {
  const ids = batch.map(({ id }) => `ids=${id}`).join('&');
  return ask(`${work.pinecone}/vectors/fetch?namespace=${work.namespace}&${ids}`);
}

async function embed(batch: readonly Film[]): Promise<number[][]> {
  const requests = batch.map(({ text }) => ({
    content: { role: 'user', parts: [{ text }] },
    taskType: 'RETRIEVAL_DOCUMENT',
    outputDimensionality: work.dimensions,
  }));
  const answer = await ask<{ embeddings: { values: number[] }[] }>(`${work.gemini}:batchEmbedContents`, {
    requests,
  });
  return answer.embeddings.map(({ values }) => values);
}

async function index(batch: readonly Film[]): Promise<void> {
  await Promise.all(slices(batch, FETCH_BATCH).map(look));
  const values = (await Promise.all(slices(batch, GEMINI_BATCH).map(embed))).flat();
  const vectors = batch.map(({ id, metadata }, i) => ({ id, values: values[i], metadata }));
  const upsert = (part: unknown) =>
    ask(`${work.pinecone}/vectors/upsert`, { vectors: part, namespace: work.namespace });
  await Promise.all(slices(vectors, recordsPerRequest(work.dimensions)).map(upsert));
}

function slices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

const before = process.cpuUsage();
const started = performance.now();
await eachAtOnce(batches(), work.atOnce, index);
const elapsed = performance.now() - started;
const { user, system } = process.cpuUsage(before);
process.send?.({ elapsed, processor: (user + system) / 1000 } satisfies BareTimes);
process.disconnect?.();
