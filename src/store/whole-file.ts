import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Obstacle } from '../errors.ts';

/** Milliseconds without a write after which nobody is at work on a file: in a container no process number tells that. */
const ABANDONED_AFTER = 10 * 60_000;

/** How the name of a file ends that is being written. */
const TEMPORARY = '.tmp';

/** What SQLite keeps beside a database that is being written. */
const BESIDE = ['-journal', '-wal', '-shm'];

/** A name for a file while it is written, that nobody else uses. */
export function temporaryFor(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
}

/**
 * Writes a file that appears whole or not at all, and only where it `isWanted` once it is written; makes its folder.
 * Rejects with an `Obstacle` that names it where it cannot be written, and leaves nothing behind.
 */
export async function writeWhole(
  file: string,
  chunks: readonly Buffer[],
  isWanted: () => boolean,
): Promise<void> {
  const temporary = temporaryFor(file);
  await mkdir(dirname(file), { recursive: true });
  await removeAbandoned(file);
  const handle = await open(temporary, 'w');
  try {
    // Unlike `write` this goes on where a nearly full disk takes a part.
    for (const chunk of chunks) await handle.writeFile(chunk);
    await handle.sync();
    await handle.close();
    if (isWanted()) await rename(temporary, file);
    else await rm(temporary);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw new Obstacle(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * What a killed process left half-written is as large as the file itself, and nobody else would take it away. A folder
 * that cannot be read is for the writing to tell.
 */
export async function removeAbandoned(file: string): Promise<void> {
  const [folder, start] = [dirname(file), `${basename(file)}.`];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(start) || !name.endsWith(TEMPORARY)) continue;
    const path = join(folder, name);
    const written = await stat(path).catch(() => undefined);
    if (written && Date.now() - written.mtimeMs > ABANDONED_AFTER) await removeTemporary(path);
  }
}

/** Takes away what was being written, with what SQLite kept beside it. */
export async function removeTemporary(path: string): Promise<void> {
  for (const beside of BESIDE) await rm(`${path}${beside}`, { force: true });
  await rm(path, { force: true });
}
