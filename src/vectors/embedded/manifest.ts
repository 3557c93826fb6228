import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedDatabase } from '../../store/sqlite.ts';

/** Names the index in use. Replaced whole, so that a reader sees the old one or the new one and nothing between. */
export interface Manifest {
  /** Rises with every switch. */
  readonly serial: number;
  readonly embedder: string;
  /** Name of the file in the same folder. */
  readonly file: string;
}

const NAME = 'vectors.json';

/** `undefined` where no index is in use yet. Throws {@link DamagedDatabase} that names the file. */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, NAME);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const manifest = parsed(text);
  if (!manifest)
    throw new DamagedDatabase(
      `${path} does not name an index. It was left as it is; move it away to start anew.`,
    );
  return manifest;
}

export function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, NAME);
  const fresh = `${path}.new`;
  const handle = openSync(fresh, 'w');
  try {
    writeSync(handle, `${JSON.stringify(manifest)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, path);
}

function parsed(text: string): Manifest | undefined {
  try {
    const { serial, embedder, file } = JSON.parse(text) as Manifest;
    const sound = Number.isInteger(serial) && typeof embedder === 'string' && /^[\w.-]+$/u.test(file);
    return sound ? { serial, embedder, file } : undefined;
  } catch {
    return undefined;
  }
}
