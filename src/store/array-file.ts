import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { writeWhole } from './whole-file.ts';

const ARRAYS = { Uint8Array, Int16Array, Uint16Array, Uint32Array, Float32Array, Float64Array } as const;

type TypedArray = Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

const ALIGNMENT = 8;
/** Bytes to a step of the checksum: a few milliseconds. */
const CHECK_STEP = 4 << 20;

/** What a file holds, in its first line, and how: files of another format are as good as none. */
export interface FileKind {
  readonly name: string;
  readonly format: number;
}

export interface ArrayFile {
  /** What is told of the arrays: whatever JSON can hold, each by itself, as long lists take milliseconds. */
  readonly about: object;
  readonly arrays: Readonly<Record<string, TypedArray>>;
}

interface Section {
  readonly name: string;
  readonly type: keyof typeof ARRAYS | 'JSON';
  readonly at: number;
  /** Of what is told, in bytes. */
  readonly length: number;
}

interface Layout {
  readonly format: number;
  readonly sections: readonly Section[];
  readonly bytes: number;
}

interface Header extends Layout {
  /** Of the layout and of what follows. */
  readonly checksum: number;
}

/**
 * Writes arrays into one file that is read back in one go: a line with the kind's name, a line of JSON that says which
 * array lies where, the arrays. The file appears whole or not at all, and only where it `isWanted` once it is written.
 */
export async function saveArrays(
  file: string,
  kind: FileKind,
  { about, arrays }: ArrayFile,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const sections: Section[] = [];
  const chunks: Buffer[] = [];
  let bytes = 0;
  const put = (name: string, type: Section['type'], body: Buffer, length: number) => {
    sections.push({ name, type, at: bytes, length });
    chunks.push(body, Buffer.alloc(aligned(body.length) - body.length));
    bytes += aligned(body.length);
  };
  for (const [name, value] of Object.entries(about)) {
    const body = Buffer.from(JSON.stringify(value));
    put(name, 'JSON', body, body.length);
    await setImmediate();
  }
  for (const [name, array] of Object.entries(arrays)) {
    const body = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    put(name, array.constructor.name as keyof typeof ARRAYS, body, array.length);
  }
  const layout: Layout = { format: kind.format, sections, bytes };
  let checksum = checksumOfLayout(layout);
  for (const chunk of chunks) checksum = await checksumOf(chunk, checksum);
  const header: Header = { ...layout, checksum };
  const text = `${kind.name}\n${JSON.stringify(header)}`;
  const start = Buffer.from(`${text.padEnd(aligned(text.length + 1) - 1)}\n`);
  await writeWhole(file, [start, ...chunks], isWanted);
}

/** What {@link saveArrays} wrote; `undefined` where the file is missing, damaged or of another kind. */
export async function loadArrays(file: string, kind: FileKind): Promise<ArrayFile | undefined> {
  try {
    const content = await readFile(file);
    const header = readHeader(content, kind);
    if (!header) return undefined;
    const { start, checksum, ...layout } = header;
    const body = content.subarray(start);
    if (body.length !== layout.bytes) return undefined;
    if ((await checksumOf(body, checksumOfLayout(layout))) !== checksum) return undefined;
    return await readSections(body, layout.sections);
  } catch {
    return undefined;
  }
}

async function readSections(body: Buffer<ArrayBuffer>, sections: readonly Section[]): Promise<ArrayFile> {
  const about: Record<string, unknown> = {};
  const arrays: Record<string, TypedArray> = {};
  for (const { name, type, at, length } of sections) {
    if (type !== 'JSON') {
      arrays[name] = new ARRAYS[type](body.buffer, body.byteOffset + at, length);
      continue;
    }
    about[name] = JSON.parse(body.toString('utf8', at, at + length));
    await setImmediate();
  }
  return { about, arrays };
}

function readHeader(content: Buffer, { name, format }: FileKind): (Header & { start: number }) | undefined {
  const first = `${name}\n`;
  if (content.toString('latin1', 0, first.length) !== first) return undefined;
  const end = content.indexOf('\n', first.length);
  const header: Header = JSON.parse(content.toString('utf8', first.length, end));
  return header.format === format ? { ...header, start: end + 1 } : undefined;
}

/** A wrong bit there would take the right bytes for other arrays. */
function checksumOfLayout({ format, sections, bytes }: Layout): number {
  return crc32(JSON.stringify({ format, sections, bytes }));
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
