import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip } from 'node:zlib';
import { SourceError } from './source.ts';

/** The bytes of a file or address end before they should, or are damaged. What came before them is good. */
export class BrokenInput extends Error {
  override readonly name = 'BrokenInput';
}

const CHUNK = 256 * 1024;

export function isAddress(file: string): boolean {
  return /^https?:\/\//iu.test(file);
}

/** A text that is another one when the file is another one. */
export async function identityOf(file: string): Promise<string> {
  if (isAddress(file)) return file;
  const { size, mtimeMs } = await statOf(file);
  return `${basename(file)}, ${size} bytes of ${new Date(mtimeMs).toISOString()}`;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onShare?: (share: number) => void;
}

/**
 * The bytes of a file or an http(s) address, unpacked where they are gzip, whatever the name says; UTF-16 with a byte
 * order mark comes as UTF-8. Throws {@link SourceError} where there is nothing to read, {@link BrokenInput} where the
 * rest cannot be read. A file of gzip that is damaged, not cut, gives nothing: its checksum stands at its end, and until
 * there a single bit may have made hundreds of movies into others. Of an address or a pipe that is found out too late.
 */
export async function* readBytes(file: string, options: ReadOptions = {}): AsyncGenerator<Buffer> {
  const { signal } = options;
  const raw = isAddress(file) ? await fetchBytes(file, signal) : fileBytes(file, options);
  const bytes = await peeked(raw);
  const utf16 = bytes.first && utf16Of(bytes.first);
  try {
    if (utf16) yield* inUtf8(bytes.all, utf16);
    else if (bytes.first?.[0] !== 0x1f || bytes.first[1] !== 0x8b) yield* bytes.all;
    else {
      const isWhole = (await canBeReadAgain(file)) ? await isWholeGzip(file, signal) : undefined;
      const seemsWhole = yield* unpacked(bytes.all);
      if (!(isWhole ?? seemsWhole)) throw new BrokenInput('the compressed file ends too early');
    }
  } finally {
    await bytes.close();
  }
}

async function canBeReadAgain(file: string): Promise<boolean> {
  return !isAddress(file) && (await statOf(file)).isFile();
}

/** Which UTF-16 the byte order mark at the beginning tells: Windows' shell writes so what is sent to a file. */
function utf16Of([first, second]: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

async function* inUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* fileBytes(file: string, { signal, onShare }: ReadOptions): AsyncGenerator<Buffer> {
  const { size } = await statOf(file);
  const handle = await open(file);
  let read = 0;
  try {
    // A stream that is stopped when it is made fails where nobody listens yet.
    signal?.throwIfAborted();
    const chunks = handle.createReadStream({
      highWaterMark: CHUNK,
      autoClose: false,
      ...(signal && { signal }),
    });
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      yield chunk;
      read += chunk.length;
      if (size > 0) onShare?.(read / size);
    }
  } finally {
    await handle.close();
  }
}

async function statOf(file: string) {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new SourceError(`${file} is a folder; name the file in it.`);
    return found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SourceError(`There is no file ${file}.`, { cause: error });
    throw error;
  }
}

async function fetchBytes(address: string, signal: AbortSignal | undefined): Promise<AsyncIterable<Buffer>> {
  const response = await fetch(address, signal ? { signal } : {}).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new SourceError(`${withoutQuery(address)} cannot be reached.`, { cause: error });
  });
  if (!response.ok || !response.body)
    throw new SourceError(`${withoutQuery(address)} answered ${response.status}.`);
  return fetched(Readable.fromWeb(response.body), signal);
}

async function* fetched(body: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield Buffer.from(chunk as Uint8Array);
  } catch (error) {
    signal?.throwIfAborted();
    throw new BrokenInput('the connection broke', { cause: error });
  }
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/u, '');
}

/** What a file or address is called where something is said of it. */
export function nameOf(file: string): string {
  return basename(isAddress(file) ? withoutQuery(file) : file);
}

/** The first chunk, and all of them, the first included. Whoever peeks closes. */
async function peeked(
  chunks: AsyncIterable<Buffer>,
): Promise<{ first: Buffer | undefined; all: AsyncGenerator<Buffer>; close(): Promise<unknown> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { value: first, done } = await iterator.next();
  async function* all(): AsyncGenerator<Buffer> {
    if (done) return;
    yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { first: done ? undefined : first, all: all(), close: async () => iterator.return?.() };
}

/** The length of what a gzip member holds stands in its last 4 bytes, modulo 2^32. */
const LENGTH_BYTES = 4;

/**
 * Unpacks gzip, and of a file that ends too early all that is there: Node's own check, which would throw the last part
 * away, is turned off. Answers whether the length that stands at the end is right; it is not where the file ends too
 * early, nor where it has several members.
 */
async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, boolean> {
  let tail = Buffer.alloc(0);
  let length = 0;
  let failure: unknown;
  const gunzip = createGunzip({ chunkSize: CHUNK, finishFlush: constants.Z_SYNC_FLUSH });
  const source = Readable.from(remember(packed));
  source.on('error', (error) => {
    failure = error;
    gunzip.end();
  });
  source.pipe(gunzip);
  async function* remember(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      tail = Buffer.concat([tail, chunk]).subarray(-LENGTH_BYTES);
      yield chunk;
    }
  }
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      length += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  if (failure !== undefined) throw failure;
  return tail.length === LENGTH_BYTES && tail.readUInt32LE() === length % 2 ** 32;
}

/**
 * Reads it all beforehand with Node's own check: a fifth of a second to 300,000 movies. `false` where the file ends too
 * early; throws {@link BrokenInput} where it is damaged.
 */
async function isWholeGzip(file: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: CHUNK }),
      createGunzip({ chunkSize: CHUNK }),
      new Writable({ write: (_chunk, _encoding, done) => done() }),
      {
        ...(signal && { signal }),
      },
    );
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return false;
    throw damaged(error);
  }
}

function damaged(error: unknown): BrokenInput {
  return new BrokenInput(`the compressed file is damaged: ${(error as Error).message}`, { cause: error });
}
