import type { Logger } from 'pino';
import type { PineconeConfig } from '../../config.ts';
import { Obstacle, RefusedCredential } from '../../errors.ts';
import { atMostEvery, Guard, type GuardOptions, type Patience, pause } from '../../resilience.ts';
import { type CallOptions, IndexUnavailable } from '../vector-index.ts';
import type { EmbedderShape, VectorStore } from '../vector-store.ts';
import { ANSWERING, type Described, PineconeClient, unlessMissing, WORKING } from './client.ts';
import { type Generation, Generations, inUse, shortHash } from './generations.ts';
import { PineconeIndex } from './pinecone-index.ts';

export interface PineconeStoreOptions {
  readonly config: PineconeConfig;
  readonly log: Logger;
  /** Answer people: give up early, leave Pinecone alone while it is down, follow what other processes put in use. */
  readonly serve?: boolean;
  /** Milliseconds between two looks at which index is in use; 10,000 by default. */
  readonly followEvery?: number;
  /** Milliseconds that processes under way have to notice a switch before the old vectors go; 25,000 by default. */
  readonly grace?: number;
  readonly patience?: Patience;
  readonly guard?: GuardOptions;
  /** Gives up opening; in a job, also whatever is under way later. */
  readonly signal?: AbortSignal | undefined;
}

/** How often a job that waits for Pinecone says so, in milliseconds. */
const TOLD_EVERY = 60_000;

/** An index name has room for 45 characters, a suffix included. */
const LONGEST_STEM = 40;

/**
 * Indexes as namespaces of one Pinecone index. Where another dimension is needed than that index has, the namespace
 * lies in a further Pinecone index, named after the first and the dimension.
 */
export class PineconeStore implements VectorStore {
  readonly #options: PineconeStoreOptions;
  readonly #client: PineconeClient;
  readonly #hosts = new Map<string, Described>();
  readonly #closing = new AbortController();
  #current: PineconeIndex | undefined;
  /** Address of the Pinecone index in which the current one lies. */
  #host: string | undefined;
  #looked = false;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: PineconeStoreOptions) {
    this.#options = options;
    const { log, config } = options;
    const onChange: GuardOptions['onChange'] = (state, reason) =>
      state === 'resting'
        ? log.error({ err: reason }, 'Pinecone does not answer; it is left alone for some seconds at a time')
        : log.info('Pinecone answers again');
    this.#client = new PineconeClient(config, {
      asking: options.patience ?? (options.serve ? ANSWERING : WORKING),
      working: options.patience ?? WORKING,
      onRetry: atMostEvery(TOLD_EVERY, (error) =>
        log.warn({ err: error }, 'Pinecone does not answer; trying again'),
      ),
      guard: options.serve ? new Guard({ onChange, ...options.guard }) : undefined,
    });
  }

  /** Rejects with `RefusedCredential` on a wrong key, with the signal's reason. An outage is no reason not to start where we serve. */
  static async open(options: PineconeStoreOptions): Promise<PineconeStore> {
    const { signal } = options;
    signal?.throwIfAborted();
    const store = new PineconeStore(options);
    const giveUp = () => store.#closing.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await store.#look();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof IndexUnavailable && error.cause instanceof RefusedCredential) throw error.cause;
      if (!options.serve) throw error;
      options.log.error({ err: error }, 'Pinecone does not answer; trying again in the background');
    } finally {
      if (options.serve) signal?.removeEventListener('abort', giveUp);
    }
    if (options.serve) store.#follow();
    return store;
  }

  async current(call: CallOptions = {}): Promise<PineconeIndex | undefined> {
    call.signal?.throwIfAborted();
    if (!this.#options.serve || !this.#looked) await this.#look();
    return this.#current;
  }

  async find(embedder: string, call: CallOptions = {}): Promise<PineconeIndex | undefined> {
    const generation = (await this.#generations(call)).find((each) => each.embedder === embedder);
    return generation && this.#open(generation, call);
  }

  async create(embedder: EmbedderShape, call: CallOptions = {}): Promise<PineconeIndex> {
    const existing = await this.find(embedder.id, call);
    if (existing) return existing;
    const index = await this.#roomFor(embedder.dimensions, call);
    const namespace = await this.#freeNamespace(index, embedder, call);
    const generation = {
      embedder: embedder.id,
      dimensions: embedder.dimensions,
      index,
      namespace,
      serial: 0,
    };
    await (await this.#register(call))?.write(generation, call);
    return this.#open(generation, call);
  }

  async activate(embedder: string, call: CallOptions = {}): Promise<void> {
    const all = await this.#generations(call);
    const wanted = all.find((each) => each.embedder === embedder);
    if (!wanted) throw new Error(`there is no index of the embedder "${embedder}" in Pinecone`);
    const used = inUse(all);
    if (used !== wanted) {
      await (await this.#register(call))?.write({ ...wanted, serial: (used?.serial ?? 0) + 1 }, call);
      await this.#look();
    }
    const others = all.filter((each) => each !== wanted);
    if (others.length === 0) return;
    // Who answers people does not hold them up for this; what a stop leaves behind goes with the next switch.
    const deleting = this.#deleteLater(others, this.#options.serve ? undefined : call.signal);
    if (this.#options.serve)
      deleting.catch((error) => this.#problem(error, 'old vectors in Pinecone stay for now'));
    else await deleting;
  }

  /** What there is, in a sentence. Rejects with {@link IndexUnavailable} where Pinecone does not answer. */
  async status(call: CallOptions = {}): Promise<string> {
    const { index } = this.#options.config;
    if (!(await this.#described(index, call)))
      return `Pinecone has no index "${index}" yet: "npm run index" makes it`;
    const current = await this.current(call);
    if (!current)
      return `the Pinecone index "${index}" is there and holds no vectors of Kindred: "npm run index" fills it`;
    const { count, dimensions } = await current.info(call);
    const { namespace, index: where } = current.generation;
    return `the Pinecone index "${where}", namespace "${namespace}", holds ${count} vectors of ${dimensions} dimensions`;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort(new Error('the vector store was closed'));
    await this.#looking?.catch(() => {});
  }

  #follow(): void {
    const look = () =>
      this.#look().catch((error) => this.#problem(error, 'which index is in use is not known'));
    this.#timer = setInterval(look, this.#options.followEvery ?? 10_000).unref();
  }

  /** That Pinecone is down is told once, by the guard. */
  #problem(error: unknown, what: string): void {
    const told = error instanceof IndexUnavailable || this.#closing.signal.aborted;
    this.#options.log[told ? 'debug' : 'warn']({ err: error }, what);
  }

  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const call = { signal: this.#closing.signal };
    try {
      const used = inUse(await this.#generations(call));
      const host = used && (await this.#described(used.index, call))?.host;
      if (!used || host !== this.#host || !isSame(this.#current?.generation, used))
        this.#current = used && (await this.#open(used, call));
      this.#host = host;
      this.#looked = true;
    } catch (error) {
      // It may have been deleted and made anew, at another address.
      this.#hosts.clear();
      throw error;
    }
  }

  async #generations(call: CallOptions): Promise<Generation[]> {
    return (await (await this.#register(call))?.all(call)) ?? [];
  }

  /** `undefined` where the Pinecone index that the settings name is not there. */
  async #register(call: CallOptions): Promise<Generations | undefined> {
    const { index, namespace } = this.#options.config;
    const described = await this.#described(index, call);
    return (
      described &&
      new Generations(this.#client, { ...described, namespace: `${namespace || 'kindred'}-index` })
    );
  }

  async #open(generation: Generation, call: CallOptions): Promise<PineconeIndex> {
    const { index, dimensions, embedder } = generation;
    const described = await this.#described(index, call);
    if (!described)
      throw new IndexUnavailable(`Pinecone has no index "${index}" any more; run "npm run index"`);
    if (described.dimensions !== dimensions)
      throw new IndexUnavailable(
        `the Pinecone index "${index}" has ${described.dimensions} dimensions, the vectors of "${embedder}" have ${dimensions}`,
      );
    return new PineconeIndex(this.#client, described.host, generation, this.#options.log);
  }

  /** The name of a Pinecone index that takes vectors of so many dimensions, made where there is none. */
  async #roomFor(dimensions: number, call: CallOptions): Promise<string> {
    const { index } = this.#options.config;
    const described = (await this.#described(index, call)) ?? (await this.#make(index, dimensions, call));
    if (fits(described, dimensions)) return index;
    const further = `${index.slice(0, LONGEST_STEM)}-${dimensions}`;
    this.#options.log.info(
      { index, dimensions: described.dimensions, metric: described.metric, needed: dimensions, further },
      'the Pinecone index does not fit these vectors; they go to a further one',
    );
    const other = (await this.#described(further, call)) ?? (await this.#make(further, dimensions, call));
    if (fits(other, dimensions)) return further;
    throw new Obstacle(
      `the Pinecone index "${further}" has ${other.dimensions} dimensions and the metric "${other.metric}"; ` +
        `${dimensions} and "cosine" are needed. Delete it, or set PINECONE_INDEX to another name`,
    );
  }

  async #make(index: string, dimensions: number, call: CallOptions): Promise<Described> {
    this.#options.log.info({ index, dimensions }, 'making the Pinecone index');
    const made = await this.#client.create(index, dimensions, call);
    this.#hosts.set(index, made);
    return made;
  }

  /** The namespace of the settings where nothing lies in it; otherwise one beside it. */
  async #freeNamespace(index: string, embedder: EmbedderShape, call: CallOptions): Promise<string> {
    const { namespace } = this.#options.config;
    const described = await this.#described(index, call);
    const counts = described ? await this.#client.counts(described.host, call) : new Map<string, number>();
    const taken = (await this.#generations(call)).some(
      (each) => each.index === index && each.namespace === namespace,
    );
    return taken || counts.get(namespace) ? `${namespace || 'kindred'}-${shortHash(embedder.id)}` : namespace;
  }

  /** Looks again after the pause: another process may have put one of them in use anew meanwhile. */
  async #deleteLater(others: readonly Generation[], signal?: AbortSignal): Promise<void> {
    const call = { signal: signal ?? this.#closing.signal };
    const { grace = 25_000, log } = this.#options;
    log.info(
      { milliseconds: grace },
      'the new vectors are in use; the old ones are deleted when every bot has had the time to notice',
    );
    await pause(grace, call.signal);
    for (const other of others) {
      const all = await this.#generations(call);
      const used = inUse(all);
      const found = all.find(({ embedder }) => embedder === other.embedder);
      if (!used || !found || found === used || found.serial !== other.serial) continue;
      await this.#deleteVectors(found, used, call);
      await (await this.#register(call))?.delete(found.embedder, call);
    }
  }

  /** A further Pinecone index goes as a whole; the one of the settings is not ours to delete. */
  async #deleteVectors({ index, namespace }: Generation, kept: Generation, call: CallOptions): Promise<void> {
    const described = await this.#described(index, call);
    if (!described) return;
    const counts = await this.#client.counts(described.host, call);
    const alone = [...counts.keys()].every((name) => name === namespace);
    if (alone && index !== kept.index && index !== this.#options.config.index) {
      await this.#client.deleteIndex(index, call);
      this.#hosts.delete(index);
    } else {
      const vectors = this.#client.namespace(described.host, namespace);
      await this.#client.work(() => vectors.deleteAll(), call).catch(unlessMissing);
    }
  }

  async #described(index: string, call: CallOptions): Promise<Described | undefined> {
    const known = this.#hosts.get(index);
    if (known) return known;
    const described = await this.#client.describe(index, call);
    if (described) this.#hosts.set(index, described);
    return described;
  }
}

/** The serial alone is not enough: it begins anew where the Pinecone index was deleted and made again. */
function isSame(a: Generation | undefined, b: Generation): boolean {
  return (
    a?.serial === b.serial && a.embedder === b.embedder && a.index === b.index && a.namespace === b.namespace
  );
}

/** On vectors of unit length the dot product is the cosine. */
function fits({ dimensions, metric = 'cosine' }: Described, needed: number): boolean {
  return dimensions === needed && (metric === 'cosine' || metric === 'dotproduct');
}
