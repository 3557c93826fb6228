import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Revision } from '../catalogue/catalogue.ts';
import type { Packed } from './packed-shelf.ts';

/** Raised with every change of the arrays, of normalising or of trigrams: files of other versions are built anew. */
const FORMAT = 5;
const MAGIC = 'kindred titles\n';
const ALIGNMENT = 8;
/** Bytes to a step of the checksum: a few milliseconds. */
const CHECK_STEP = 4 << 20;

const ARRAYS = { Uint8Array, Uint16Array, Uint32Array, Float32Array } as const;

interface Section {
  readonly name: string;
  readonly type: keyof typeof ARRAYS;
  readonly at: number;
  readonly length: number;
}

interface Header {
  readonly format: number;
  readonly revision: Revision;
  readonly sections: readonly Section[];
  readonly bytes: number;
  readonly checksum: number;
}

/** A packed shelf and the catalogue's revision that it shows. */
export interface IndexAt {
  readonly packed: Packed;
  readonly revision: Revision;
}

/**
 * Writes a shelf into one file: a line of magic, a line of JSON that says which array lies where, the arrays. The
 * file appears whole or not at all.
 */
export async function saveIndex(file: string, packed: Packed, revision: Revision): Promise<void> {
  const arrays = Object.entries(packed) as [string, Uint8Array | Uint16Array | Uint32Array | Float32Array][];
  const sections: Section[] = [];
  let bytes = 0;
  for (const [name, array] of arrays) {
    sections.push({ name, type: array.constructor.name as Section['type'], at: bytes, length: array.length });
    bytes = aligned(bytes + array.byteLength);
  }
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(temporary, 'w');
  try {
    let checksum = 0;
    const chunks: Buffer[] = [];
    for (const [, array] of arrays) {
      const body = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
      chunks.push(body, Buffer.alloc(aligned(body.length) - body.length));
    }
    for (const chunk of chunks) checksum = await checksumOf(chunk, checksum);
    const header: Header = { format: FORMAT, revision, sections, bytes, checksum };
    const text = `${MAGIC}${JSON.stringify(header)}`;
    await handle.write(`${text.padEnd(aligned(text.length + 1) - 1)}\n`);
    for (const chunk of chunks) await handle.write(chunk);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The shelf of a file and the catalogue revision it shows; undefined where the file is missing, damaged or old. */
export async function loadIndex(file: string): Promise<IndexAt | undefined> {
  try {
    const content = await readFile(file);
    const header = readHeader(content);
    if (!header) return undefined;
    const body = content.subarray(header.start);
    if (body.length !== header.bytes || (await checksumOf(body, 0)) !== header.checksum) return undefined;
    const arrays = header.sections.map(({ name, type, at, length }) => [
      name,
      new ARRAYS[type](body.buffer, body.byteOffset + at, length),
    ]);
    return { packed: Object.fromEntries(arrays) as Packed, revision: header.revision };
  } catch {
    return undefined;
  }
}

function readHeader(content: Buffer): (Header & { start: number }) | undefined {
  if (content.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const end = content.indexOf('\n', MAGIC.length);
  const header: Header = JSON.parse(content.toString('utf8', MAGIC.length, end));
  return header.format === FORMAT ? { ...header, start: end + 1 } : undefined;
}

async function checksumOf(bytes: Uint8Array, seed: number): Promise<number> {
  let checksum = seed;
  for (let at = 0; at < bytes.length; at += CHECK_STEP) {
    checksum = crc32(bytes.subarray(at, at + CHECK_STEP), checksum);
    await setImmediate();
  }
  return checksum;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
