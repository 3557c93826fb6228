import { rm } from 'node:fs/promises';
import { openDatabase } from '../catalogue/sql/open.ts';
import { Obstacle } from '../errors.ts';
import { acquireLock } from '../store/lock.ts';
import { saveTaste } from './file.ts';
import { lessonsFrom } from './rated-movies.ts';
import { readRatings } from './ratings.ts';
import { learnTaste, type TasteProgress } from './train.ts';

/** Where a training reads and writes. */
export interface TasteFiles {
  /** The catalogue's database. */
  readonly database: string;
  readonly taste: string;
  /** Held while somebody trains. */
  readonly lock: string;
}

export interface TrainingReport {
  readonly ratings: number;
  /** How many of them are of the bot's own people. */
  readonly own: number;
  readonly people: number;
  readonly movies: number;
}

interface TrainOptions {
  readonly now?: () => number;
  readonly onProgress?: (progress: TasteProgress) => void;
  readonly signal?: AbortSignal;
}

/** Fewer ratings, or ratings of fewer people, tell nothing about what goes together. */
const FEWEST = { ratings: 500, people: 10 } as const;

/** There is nothing to be learned yet. What was learned before is gone, too. */
export class TooFewRatings extends Obstacle {
  override readonly name = 'TooFewRatings';
}

/**
 * Learns taste from all ratings in the database, of imported sets and of the bot's own people, and writes the file.
 * People who were forgotten are in neither. Rejects with `Locked` where another process is at it, with
 * {@link TooFewRatings}, and with the signal's reason.
 */
export async function trainFiles(files: TasteFiles, options: TrainOptions = {}): Promise<TrainingReport> {
  const { now = Date.now, onProgress, signal } = options;
  const release = acquireLock(files.lock);
  try {
    await using opened = new AsyncDisposableStack();
    const { db } = opened.adopt(await openDatabase(files.database), (each) => each.close());
    const trainedAt = now();
    const lessons = await lessonsFrom(db);
    const columns = await readRatings(lessons.ratings(), signal);
    const { length: ratings } = columns.stars;
    if (ratings < FEWEST.ratings || columns.people < FEWEST.people) {
      // What a file before knew may be of somebody who is to be forgotten.
      await rm(files.taste, { force: true });
      throw new TooFewRatings(
        `There are ${ratings} ratings of ${columns.people} people; taste is learned from ${FEWEST.ratings} of ` +
          `${FEWEST.people} or more. "npm run import -- movielens" brings some.`,
      );
    }
    const learned = await learnTaste(columns, {
      content: lessons.content,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
    const own = lessons.own();
    await saveTaste(files.taste, { learned, trainedAt, ownRatings: own });
    return { ratings, own, people: columns.people, movies: columns.movies.length };
  } finally {
    release();
  }
}
