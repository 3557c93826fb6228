import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
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
 *   the header, JSON, filled up with spaces so that the numbers after it begin at a multiple of eight
 *   the arrays in the order of `arraysOf`, those of wider numbers first
 *   the movie ids, UTF-8, joined by line feeds
 */
const MAGIC = 'KINDTAST';
const FORMAT_VERSION = 1;
const DIGEST_START = MAGIC.length + 2 * 4;
const HEADER_START = DIGEST_START + 32;
/** Bytes of the widest number. */
const WIDEST = 8;

const headerSchema = z.object({
  movies: z.int().min(0),
  rank: z.int().min(0),
  mean: z.number(),
  noise: z.number().positive(),
  affinityRank: z.int().min(0),
  contentId: z.string(),
  contentWidth: z.int().min(0),
  trainedAt: z.number(),
  ownRatings: z.int().min(0),
});

type Header = z.infer<typeof headerSchema>;

/** The file is no taste file, of another format version, cut short or damaged. */
export class UnreadableTaste extends Error {
  override readonly name = 'UnreadableTaste';
}

/** Where what was learned comes from. */
export interface TasteOrigin {
  /** Milliseconds since 1970. */
  readonly trainedAt: number;
  /** How many of the ratings were given by people of this bot, who may want to be forgotten. */
  readonly ownRatings: number;
}

export interface StoredTaste extends TasteOrigin {
  readonly learned: LearnedTaste;
}

/** Writes what was learned into one file, which appears whole or not at all. */
export async function saveTaste(file: string, stored: StoredTaste): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(encodeTaste(stored));
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

/** Read and hashed at a time: a few milliseconds of the event loop. */
const CHUNK = 2 ** 20;

/**
 * Reads a file without holding the event loop.
 *
 * @returns `undefined` where there is no such file: nothing was trained yet.
 * @throws UnreadableTaste
 */
export async function loadTaste(file: string): Promise<StoredTaste | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = new Uint8Array((await handle.stat()).size);
    const hash = createHash('sha256');
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(CHUNK, bytes.length - at), at);
      if (bytesRead === 0) break;
      if (at + bytesRead > HEADER_START)
        hash.update(bytes.subarray(Math.max(at, HEADER_START), at + bytesRead));
      at += bytesRead;
    }
    return decodeTaste(bytes, hash.digest(), file);
  } finally {
    await handle.close();
  }
}

/** The same taste always gives the same bytes. */
export function encodeTaste({ learned, trainedAt, ownRatings }: StoredTaste): Buffer {
  const { factors, movies, affinityRank, contentId, contentWidth } = learned;
  const { rank, mean, noise } = factors;
  const header: Header = {
    ...{ movies: movies.length, rank, mean, noise, affinityRank, contentId, contentWidth },
    ...{ trainedAt, ownRatings },
  };
  const json = JSON.stringify(header);
  const text = Buffer.from(json + ' '.repeat(-(HEADER_START + json.length) & (WIDEST - 1)));
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

function arraysOf({ factors, affinityMap, affinityCost, affinity, raters }: LearnedTaste) {
  const { moviePrior, personPrior, movies } = factors;
  return [
    moviePrior.map.weights,
    moviePrior.covariance,
    personPrior.mean,
    personPrior.precision,
    affinityMap.weights,
    affinityCost,
    movies,
    affinity,
    raters,
  ];
}

function decodeTaste(bytes: Uint8Array<ArrayBuffer>, digest: Uint8Array, name: string): StoredTaste {
  const text = Buffer.from(bytes.buffer);
  if (bytes.length < HEADER_START || text.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new UnreadableTaste(`${name} is not a taste file`);
  const version = text.readUInt32LE(MAGIC.length);
  if (version !== FORMAT_VERSION)
    throw new UnreadableTaste(
      `${name} has format version ${version}; this program reads version ${FORMAT_VERSION}`,
    );
  if (!text.subarray(DIGEST_START, HEADER_START).equals(digest))
    throw new UnreadableTaste(`${name} is damaged: its contents do not match its checksum`);
  const start = HEADER_START + text.readUInt32LE(MAGIC.length + 4);
  const header = headerSchema.parse(JSON.parse(text.toString('utf8', HEADER_START, start)));
  const { trainedAt, ownRatings } = header;
  return { learned: readArrays(bytes.buffer, start, header), trainedAt, ownRatings };
}

/** The arrays are views of the file's bytes. */
function readArrays(buffer: ArrayBuffer, start: number, header: Header): LearnedTaste {
  const { movies: rows, rank, mean, noise, affinityRank, contentId, contentWidth } = header;
  const width = featureWidth(affinityRank, contentWidth);
  const size = rank + 1;
  let at = start;
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
  const affinityCost = take(Float64Array, packedLength(affinityRank));
  const movies = take(Float32Array, rows * momentsLength(rank));
  const affinity = take(Float32Array, rows * affinityRank);
  const raters = take(Int32Array, rows);
  const names = Buffer.from(buffer).toString('utf8', at);
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
    affinityCost,
    affinityMap: { width: contentWidth, outputs: affinityRank, weights: affinityWeights },
    contentId,
    contentWidth,
  };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
