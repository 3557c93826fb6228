import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What ships with the project and is only read. */
export const SHIPPED = {
  starter: join(ROOT, 'data', 'starter'),
  words: join(ROOT, 'data', 'words.bin'),
  ranking: join(ROOT, 'data', 'ranking.json'),
  themes: join(ROOT, 'data', 'themes'),
  privacy: join(ROOT, 'docs', 'privacy.md'),
} as const;

/** The project's documents; some are made by commands. */
export const DOCS = join(ROOT, 'docs');

/** What is written, beside the database it belongs to. */
export function writtenPaths(config: Pick<Config, 'databaseFile'>) {
  const folder = dirname(config.databaseFile);
  return {
    vectors: join(folder, 'vectors'),
    titles: join(folder, 'titles.idx'),
    features: join(folder, 'features.bin'),
    plots: join(folder, 'plots.db'),
    genres: join(folder, 'genres.json'),
    indexLock: join(folder, 'index.lock'),
    commandsLock: join(folder, 'commands.lock'),
  } as const;
}

/** Where taste is learned from, and where what was learned lies. */
export function tasteFiles({ databaseFile }: Pick<Config, 'databaseFile'>) {
  const folder = dirname(databaseFile);
  return {
    database: databaseFile,
    taste: join(folder, 'taste.bin'),
    lock: join(folder, 'taste.lock'),
  } as const;
}
