import type { Logger } from 'pino';
import type { Catalogue, Changes, Revision } from './catalogue/catalogue.ts';

/** How often a running process looks for what others wrote, in milliseconds. Looking costs one tiny query. */
const INTERVAL = 1000;

/** Movies applied between two breaths of the event loop. */
const STEP = 200;

export interface FollowOptions {
  readonly catalogue: Pick<Catalogue, 'changesSince'>;
  readonly from: Revision;
  readonly apply: (changes: Changes) => Promise<void>;
  readonly log: Logger;
}

export interface Following {
  /** Applies what is there to be applied, now. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps what a process holds in memory true to the catalogue, whoever writes to it. */
export function follow({ catalogue, from, apply, log }: FollowOptions): Following {
  const stopping = new AbortController();
  let revision = from;
  let running: Promise<void> = Promise.resolve();

  async function step(): Promise<void> {
    for (;;) {
      const changes = await catalogue.changesSince(revision, STEP, { signal: stopping.signal });
      if (changes.revision === revision) return;
      await apply(changes);
      revision = changes.revision;
      await new Promise(setImmediate);
    }
  }

  const catchUp = () => {
    running = running.then(step);
    return running;
  };

  // Told when it changes: what fails every second is news once.
  let failing = false;
  const look = async () => {
    try {
      await catchUp();
      if (failing) log.info('the catalogue is followed again');
      failing = false;
    } catch (error) {
      running = Promise.resolve();
      if (!failing && !stopping.signal.aborted)
        log.warn({ err: error }, 'the catalogue could not be followed; trying again every second');
      failing = true;
    }
  };
  const timer = setInterval(look, INTERVAL);
  timer.unref();

  return {
    catchUp,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running.catch(() => {});
    },
  };
}
