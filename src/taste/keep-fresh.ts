import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { OpinionStore } from '../people/opinions.ts';
import type { FollowedTaste } from './follow-file.ts';
import type { TasteFiles } from './train-files.ts';
import type { TrainingOutcome } from './train-worker.ts';

const HOUR = 60 * 60 * 1000;

/** From this age on a file is learned anew: so that, with the time that takes, none gets older than seven days. */
const OLD = 6.5 * 24 * HOUR;

export interface KeepFreshOptions {
  readonly files: TasteFiles;
  readonly taste: Pick<FollowedTaste, 'origin' | 'catchUp'>;
  readonly opinions: Pick<OpinionStore, 'stars'>;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface KeptFresh {
  /** Learns anew where that is due. Never rejects. */
  check(): Promise<void>;
  /** A training under way is given up: nothing of it was written. */
  stop(): Promise<void>;
}

/**
 * Learns taste anew, in a worker, from time to time: so that ratings given here count for others, and those of people
 * who were forgotten no longer do. Where nobody ever rated anything here, nothing is done.
 */
export function keepTasteFresh({ files, taste, opinions, log, now = Date.now }: KeepFreshOptions): KeptFresh {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const isDue = async () => {
    const origin = taste.origin();
    if (origin && now() - origin.trainedAt < OLD) return false;
    return (origin?.ownRatings ?? 0) > 0 || (await isAnyGiven(opinions));
  };
  const train = async () => {
    if (stopping.signal.aborted || !(await isDue())) return;
    const outcome = await trainInWorker(files, stopping.signal);
    if ('trained' in outcome) log.info(outcome.trained, 'taste was learned anew');
    else log.info({ reason: outcome.obstacle }, 'taste was not learned anew');
    await taste.catchUp();
  };
  const check = () => {
    running = running.then(train).catch((error) => {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'taste could not be learned anew; trying again');
    });
    return running;
  };
  const timer = setInterval(check, HOUR);
  timer.unref();
  return {
    check,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

async function isAnyGiven(opinions: Pick<OpinionStore, 'stars'>): Promise<boolean> {
  for await (const _ of opinions.stars()) return true;
  return false;
}

async function trainInWorker(files: TasteFiles, signal: AbortSignal): Promise<TrainingOutcome> {
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: files });
  try {
    return (await once(worker, 'message', { signal }))[0] as TrainingOutcome;
  } finally {
    await worker.terminate();
  }
}
