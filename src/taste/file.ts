import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { momentsLength } from './belief.ts';
import { featureWidth } from './features.ts';
import type { LearnedTaste } from './model.ts';
import { packedLength } from './packed.ts';

/*
 * taste.bin, little-endian like every machine Node runs on in earnest:
 *   8 bytes "KINDTAST", then as 32-bit integers: format version, bytes of header
 *   32 bytes SHA-256 of everything after it
 *   the header, JSON
 *   the arrays in the order of `arraysOf`, those of wider numbers first
 *   the movie ids, UTF-8, joined by line feeds
 */
const MAGIC = 'KINDTAST';
const FORMAT_VERSION = 1;
const DIGEST_START = MAGIC.length + 2 * 4;
const HEADER_START = DIGEST_START + 32;

const headerSchema = z.object({
  movies: z.int().min(0),
  rank: z.int().min(0),
  mean: z.number(),
  noise: z.number().positive(),
  affinityRank: z.int().min(0),
  contentId: z.string(),
  contentWidth: z.int().min(0),
});

type Header = z.infer<typeof headerSchema>;

/** The file is no taste file, of another format version, cut short or damaged. */
export class UnreadableTaste extends Error {
  override readonly name = 'UnreadableTaste';
}

/** Writes what was learned into one file, which appears whole or not at all. */
export async function saveTaste(file: string, learned: LearnedTaste): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(encodeTaste(learned));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * @returns `undefined` where there is no such file: nothing was trained yet.
 * @throws UnreadableTaste
 */
export async function loadTaste(file: string): Promise<LearnedTaste | undefined> {
  try {
    return decodeTaste(await readFile(file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The same taste always gives the same bytes. */
export function encodeTaste(learned: LearnedTaste): Buffer {
  const { factors, movies, affinityRank, contentId, contentWidth } = learned;
  const { rank, mean, noise } = factors;
  const header: Header = { movies: movies.length, rank, mean, noise, affinityRank, contentId, contentWidth };
  const text = Buffer.from(JSON.stringify(header));
  const body = Buffer.concat([
    text,
    ...arraysOf(learned).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
    Buffer.from(movies.join('\n')),
  ]);
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(FORMAT_VERSION, 0);
  counts.writeUInt32LE(text.length, 4);
  return Buffer.concat([Buffer.from(MAGIC), counts, sha256(body), body]);
}

function arraysOf({ factors, affinityMap, affinity, raters }: LearnedTaste) {
  const { moviePrior, personPrior, movies } = factors;
  return [
    moviePrior.map.weights,
    moviePrior.covariance,
    personPrior.mean,
    personPrior.precision,
    affinityMap.weights,
    movies,
    affinity,
    raters,
  ];
}

/**
 * @param name What to call the file in an error.
 * @throws UnreadableTaste
 */
export function decodeTaste(bytes: Buffer, name: string): LearnedTaste {
  if (bytes.length < HEADER_START || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new UnreadableTaste(`${name} is not a taste file`);
  const version = bytes.readUInt32LE(MAGIC.length);
  if (version !== FORMAT_VERSION)
    throw new UnreadableTaste(
      `${name} has format version ${version}; this program reads version ${FORMAT_VERSION}`,
    );
  const body = bytes.subarray(HEADER_START);
  if (!sha256(body).equals(bytes.subarray(DIGEST_START, HEADER_START)))
    throw new UnreadableTaste(`${name} is damaged: its contents do not match its checksum`);
  const headerBytes = bytes.readUInt32LE(MAGIC.length + 4);
  const header = headerSchema.parse(JSON.parse(body.toString('utf8', 0, headerBytes)));
  return readArrays(body.subarray(headerBytes), header);
}

function readArrays(body: Buffer, header: Header): LearnedTaste {
  const { movies: rows, rank, mean, noise, affinityRank, contentId, contentWidth } = header;
  // A copy, so that the arrays begin where their kind of number may.
  const { buffer } = new Uint8Array(body);
  const width = featureWidth(affinityRank, contentWidth);
  const size = rank + 1;
  let at = 0;
  const take = <A extends ArrayBufferView>(
    kind: new (buffer: ArrayBuffer, at: number, length: number) => A,
    length: number,
  ): A => {
    const array = new kind(buffer, at, length);
    at += array.byteLength;
    return array;
  };
  const weights = take(Float64Array, width * size);
  const covariance = take(Float64Array, packedLength(size));
  const personPrior = { mean: take(Float64Array, size), precision: take(Float64Array, packedLength(size)) };
  const affinityWeights = take(Float64Array, contentWidth * affinityRank);
  const movies = take(Float32Array, rows * momentsLength(rank));
  const affinity = take(Float32Array, rows * affinityRank);
  const raters = take(Int32Array, rows);
  const names = body.toString('utf8', at);
  return {
    movies: names === '' ? [] : names.split('\n'),
    raters,
    factors: {
      rank,
      mean,
      noise,
      movies,
      moviePrior: { map: { width, outputs: size, weights }, covariance },
      personPrior,
    },
    affinity,
    affinityRank,
    affinityMap: { width: contentWidth, outputs: affinityRank, weights: affinityWeights },
    contentId,
    contentWidth,
  };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
