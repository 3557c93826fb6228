import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { MovieId } from '../catalogue/movie.ts';
import { loadTaste, type TasteOrigin, UnreadableTaste } from './file.ts';
import { Taste } from './model.ts';

/** How often a running process looks whether there is a new file, in milliseconds. Looking costs one `stat`. */
const INTERVAL = 2000;

export interface FollowTasteOptions {
  readonly file: string;
  /** Ids of movies that were found to be others, with the ids of those. */
  readonly merged: () => Promise<ReadonlyMap<MovieId, MovieId>>;
  readonly log: Logger;
}

/** What was learned of taste, kept true to the file. */
export interface FollowedTaste {
  /** `undefined` where nothing was learned yet, or the file cannot be read. */
  current(): Taste | undefined;
  /** Where it comes from. */
  origin(): TasteOrigin | undefined;
  /** Reads the file where it is another one than before. Never rejects. */
  catchUp(): Promise<void>;
  /** To be called where movies were found to be others. */
  moved(): Promise<void>;
  stop(): Promise<void>;
}

/** Takes up a file of what was learned, and every one that takes its place. */
export async function followTaste({ file, merged, log }: FollowTasteOptions): Promise<FollowedTaste> {
  let taste: Taste | undefined;
  let origin: TasteOrigin | undefined;
  let seen = '';
  let running: Promise<void> = Promise.resolve();

  const look = async () => {
    const found = await stat(file).catch(absent);
    const mark = found ? `${found.ino} ${found.mtimeMs} ${found.size}` : '';
    if (mark === seen) return;
    const stored = await loadTaste(file);
    taste = stored && new Taste(stored.learned, await merged());
    origin = stored;
    seen = mark;
    if (stored) log.info({ movies: stored.learned.movies.length }, 'taste was learned from ratings');
  };
  /** What is wrong with a file is told once. */
  let told = '';
  const lookAndTell = async () => {
    try {
      await look();
      told = '';
    } catch (error) {
      const unreadable = error instanceof UnreadableTaste;
      if (unreadable) taste = origin = undefined;
      const problem = String(error);
      if (problem !== told)
        log.warn({ err: error }, 'what was learned of taste cannot be read; films are ranked without it');
      told = problem;
    }
  };
  const catchUp = () => {
    running = running.then(lookAndTell);
    return running;
  };
  await catchUp();
  const timer = setInterval(catchUp, INTERVAL);
  timer.unref();
  return {
    current: () => taste,
    origin: () => origin,
    catchUp,
    async moved() {
      if (taste) taste = new Taste(taste.learned, await merged());
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
