import { createHash } from 'node:crypto';
import type { WordTable } from './word-table.ts';

/*
 * data/words.bin, little-endian like every machine Node runs on in earnest:
 *   8 bytes "KINDWORD", then as 32-bit integers: format version, dimensions, words, bytes of word list
 *   32 bytes SHA-256 of everything after it
 *   float32 idf[words], scales[words], mean[dimensions], component[dimensions]
 *   int8 rows[words × dimensions]
 *   the words, UTF-8, joined by line feeds
 */
const MAGIC = 'KINDWORD';
const FORMAT_VERSION = 1;
const DIGEST_START = MAGIC.length + 4 * 4;
const BODY_START = DIGEST_START + 32;

/** The same table always gives the same bytes. */
export function encodeTable(table: WordTable): Uint8Array {
  const words = Buffer.from(table.words.join('\n'));
  const body = Buffer.concat([
    bytesOf(table.idf),
    bytesOf(table.scales),
    bytesOf(table.mean),
    bytesOf(table.component),
    bytesOf(table.rows),
    words,
  ]);
  const counts = Uint32Array.of(FORMAT_VERSION, table.dimensions, table.words.length, words.length);
  return Buffer.concat([Buffer.from(MAGIC), bytesOf(counts), sha256(body), body]);
}

/**
 * Reads what {@link encodeTable} wrote.
 *
 * @param name What to call the file in an error.
 * @returns The table and `hash`, the first 12 hexadecimal digits of the SHA-256 of its weights.
 * @throws Error where the file is foreign, of another format version, cut short or damaged.
 */
export function decodeTable(bytes: Uint8Array, name: string): { table: WordTable; hash: string } {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.length < BODY_START || whole.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new Error(`${name} is not a file of word vectors`);
  }
  const [version, dimensions, count, wordBytes] = integersAt(whole, MAGIC.length, 4);
  if (version !== FORMAT_VERSION) {
    throw new Error(`${name} has format version ${version}; this program reads version ${FORMAT_VERSION}`);
  }
  const body = whole.subarray(BODY_START);
  const digest = sha256(body);
  const expected = 4 * (2 * count! + 2 * dimensions!) + count! * dimensions! + wordBytes!;
  if (body.length !== expected || !digest.equals(whole.subarray(DIGEST_START, BODY_START))) {
    throw new Error(`${name} is damaged: its contents do not match its checksum`);
  }
  return { table: readBody(body, dimensions!, count!), hash: digest.toString('hex').slice(0, 12) };
}

function readBody(body: Buffer, dimensions: number, count: number): WordTable {
  const aligned = new Uint8Array(body).buffer;
  let at = 0;
  const floats = (length: number) => {
    const values = new Float32Array(aligned, at, length);
    at += 4 * length;
    return values;
  };
  const [idf, scales, mean, component] = [
    floats(count),
    floats(count),
    floats(dimensions),
    floats(dimensions),
  ];
  const rows = new Int8Array(aligned, at, count * dimensions);
  const words = body.toString('utf8', at + rows.length);
  return { dimensions, words: words === '' ? [] : words.split('\n'), idf, scales, rows, mean, component };
}

function integersAt(bytes: Buffer, start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => bytes.readUInt32LE(start + 4 * i));
}

function bytesOf(array: Float32Array | Int8Array | Uint32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
