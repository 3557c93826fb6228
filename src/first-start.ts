import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import type { Embedder } from './embedding/embedder.ts';
import { builtInOf } from './embedding/open.ts';
import { indexGenres } from './ingest/index-genres.ts';
import { FAR_AWAY, indexMovies } from './ingest/index-movies.ts';
import { pause } from './resilience.ts';
import { bringStarter, type StarterParts } from './starter.ts';
import { Locked } from './store/lock.ts';
import type { VectorStore } from './vectors/vector-store.ts';

interface FirstStartParts extends StarterParts {
  /** The one that the settings ask for first. */
  readonly embedders: readonly [Embedder, ...Embedder[]];
  readonly vectors: VectorStore;
  readonly lockFile: string;
  /** What was learned of genres: taken away where the starter catalogue changed, to be learned anew. */
  readonly genresFile: string;
  /** Vectors are reached over the network. */
  readonly storeIsFar: boolean;
  readonly log: Logger;
}

/** Described movies up to which a start makes the index by itself; more is work for `npm run index`. */
const SMALL_CATALOGUE = 5000;

/** Milliseconds after a start until genres are learned. */
const LEARN_AFTER = 2000;

/** How long a start waits for the index that another process is making, and how often it looks, in milliseconds. */
const OTHERS_INDEX = { within: 20_000, every: 250 };

/**
 * Loads the starter catalogue where it is new or was changed, and makes the index where there is none that could
 * answer, in a second or two and without a network. On any other start this costs two tiny queries.
 *
 * @returns What remains to be done while people are answered; `undefined` where nothing does. It never rejects.
 */
export async function prepareFirstStart(
  parts: FirstStartParts,
): Promise<((signal: AbortSignal) => Promise<void>) | undefined> {
  const { catalogue, onProgress, signal } = parts;
  const finish = await bringStarter(parts);
  // Of a large catalogue nothing would be learned again before the next "npm run index".
  if (finish && (await isSmall(catalogue))) await rm(parts.genresFile, { force: true });
  const plan = await planIndex(parts, finish !== undefined);
  if (!plan) return undefined;
  const { now, later } = plan;
  if (now) {
    onProgress?.('Making the vector index…');
    const made = await makeIndex(parts, now, signal);
    signal?.throwIfAborted();
    if (made === 'locked') await othersIndex(parts);
    if (made !== 'done') return undefined;
  }
  if (!later) {
    await finish?.();
    return undefined;
  }
  onProgress?.('Making the vector index in the background…');
  return async (stopped) => {
    await makeIndex(parts, later, stopped, finish);
  };
}

/**
 * Learns genres from a small catalogue of which nothing was learned yet, beside everything else and not at once: the
 * first questions come first. Never rejects; what keeps it from learning is tried again with the next start.
 */
export async function learnGenres(
  { catalogue, lockFile, genresFile: file, log }: Omit<FirstStartParts, 'signal'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (existsSync(file)) return;
    await pause(LEARN_AFTER, signal);
    if (await isSmall(catalogue)) await indexGenres({ catalogue, file, lockFile, signal });
  } catch (error) {
    if (!signal.aborted && !(error instanceof Locked))
      log.warn({ err: error }, 'genres could not be learned');
  }
}

/** Whether a start does by itself what is `npm run index`'s work otherwise. */
async function isSmall(catalogue: SqlCatalogue): Promise<boolean> {
  return (await catalogue.stats()).described <= SMALL_CATALOGUE;
}

/** Whose index is to be made before anybody is answered, and whose beside it. */
interface Plan {
  readonly now?: Embedder;
  readonly later?: Embedder;
}

/** `undefined` where the store cannot be asked: that keeps nobody from starting, it may come back. */
async function planIndex(parts: FirstStartParts, changed: boolean): Promise<Plan | undefined> {
  const { catalogue, embedders, storeIsFar, signal } = parts;
  const [wanted] = embedders;
  try {
    const made = await embedderInUse(parts);
    const upToDate = !changed && made === wanted.id;
    if (upToDate || !(await isSmall(catalogue))) return {};
    if (storeIsFar || embedders.some(({ id }) => id === made)) return { later: wanted };
    const builtIn = builtInOf(embedders);
    return wanted === builtIn ? { now: builtIn } : { now: builtIn, later: wanted };
  } catch (error) {
    signal?.throwIfAborted();
    warn(parts, error);
    return undefined;
  }
}

async function embedderInUse({ vectors, signal }: FirstStartParts): Promise<string | undefined> {
  const call = signal ? { signal } : {};
  return (await (await vectors.current(call))?.info(call))?.embedder;
}

/**
 * Brings an embedder's index up to date, then calls `done`. Never rejects: what an embedder or a store refuses keeps
 * nobody from starting. `locked` where another process is at it.
 */
async function makeIndex(
  parts: FirstStartParts,
  embedder: Embedder,
  signal: AbortSignal | undefined,
  done?: () => Promise<void>,
): Promise<'done' | 'locked' | 'failed'> {
  const { catalogue, embedders, vectors, lockFile, storeIsFar, log } = parts;
  const far = storeIsFar || embedder !== builtInOf(embedders);
  const work = { catalogue, embedder, store: vectors, lockFile };
  try {
    await indexMovies({ ...work, ...(signal && { signal }), ...(far && FAR_AWAY) });
    await done?.();
    return 'done';
  } catch (error) {
    if (error instanceof Locked) {
      log.info('another process is making the vector index');
      return 'locked';
    }
    if (!signal?.aborted) warn(parts, error);
    return 'failed';
  }
}

/** Waits, not for long, until the index that another process is making answers and grows no more. */
async function othersIndex({ vectors, embedders, signal }: FirstStartParts): Promise<void> {
  const call = signal ? { signal } : {};
  const until = performance.now() + OTHERS_INDEX.within;
  for (let before = 0; performance.now() < until; ) {
    const info = await (await vectors.current(call))?.info(call);
    const count = info && embedders.some(({ id }) => id === info.embedder) ? info.count : 0;
    if (count > 0 && count === before) return;
    before = count;
    await pause(OTHERS_INDEX.every, signal);
  }
}

function warn({ log }: FirstStartParts, error: unknown): void {
  log.warn({ err: error }, 'the vector index could not be made; run "npm run index" when this is mended');
}
