import { fromBufferPromise, type ZipFile } from 'yauzl';
import { UnreadableHistory } from './entry.ts';

/** Exports have some dozens of files. */
const MAX_ENTRIES = 2000;

export interface Unpacked {
  /** With its folders, as the archive names it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Whether bytes begin as a ZIP archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files of an archive that `wanted` names, one after another. Inflated bytes are counted as they come, whatever
 * the archive says of itself. Throws {@link UnreadableHistory}: `bomb` beyond `maxBytes` in all, `damaged`.
 */
export async function* unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  maxBytes: number,
): AsyncGenerator<Unpacked> {
  const archive = await opened(bytes);
  if (archive.entryCount > MAX_ENTRIES) throw new UnreadableHistory('bomb');
  let left = maxBytes;
  const entries = archive.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const { value: entry, done } = await orDamaged(() => entries.next());
    if (done) return;
    if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
    const stream = await orDamaged(() => archive.openReadStreamPromise(entry));
    const chunks: Buffer[] = [];
    await orDamaged(async () => {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        left -= chunk.length;
        if (left < 0) throw new UnreadableHistory('bomb');
        chunks.push(chunk);
      }
    });
    yield { name: entry.fileName, bytes: Buffer.concat(chunks) };
  }
}

function opened(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return orDamaged(() => fromBufferPromise(buffer, { lazyEntries: true, autoClose: false }));
}

async function orDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof UnreadableHistory ? error : new UnreadableHistory('damaged', { cause: error });
  }
}
