import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CreateIndexOptions,
  Errors,
  type Index,
  type IndexModel,
  Pinecone,
} from '@pinecone-database/pinecone';
import type { PineconeConfig } from '../../config.ts';
import { Obstacle, RefusedCredential, RemoteFailure } from '../../errors.ts';
import {
  type Guard,
  isTransient,
  NotAsked,
  type Patience,
  parseRetryAfter,
  pause,
  retry,
  withDeadline,
} from '../../resilience.ts';
import { type CallOptions, IndexUnavailable } from '../vector-index.ts';
import type { PineconeRecord } from './records.ts';
import { withValues } from './values.ts';

export type { Index };

/** A person waits for the answer. */
export const ANSWERING: Patience = { timeout: 1_500, attempts: 2, firstPause: 200, longestPause: 500 };

/** A job that runs for minutes: what counts is that it comes to its end. */
export const WORKING: Patience = { timeout: 60_000, attempts: 8, firstPause: 500, longestPause: 60_000 };

export interface ClientOptions {
  /** For what an answer needs. */
  readonly asking: Patience;
  /** For what changes something, or reads a lot: nobody's answer waits for it. */
  readonly working: Patience;
  /** Of what an answer needs; absent in a job, which waits instead. */
  readonly guard?: Guard | undefined;
  /** Told of a failure before what nobody's answer waits for is tried again. */
  readonly onRetry?: ((error: unknown) => void) | undefined;
}

/** An index of Pinecone as its controller describes it. */
export interface Described {
  readonly host: string;
  readonly dimensions: number;
  /** Absent where the controller does not tell. */
  readonly metric?: string;
}

/** How often an index that is being made is looked at, and for how long, in milliseconds. */
const LOOK_EVERY = 1_000;
const READY_WITHIN = 300_000;

/** One request under way: its signal, and what went wrong, which the SDK would bury under words of its own. */
interface Request {
  readonly signal: AbortSignal;
  /** Take the places of the empty vectors in its body. */
  vectors?: readonly ArrayLike<number>[];
  failure?: RemoteFailure;
}

/**
 * The SDK with what it lacks: a deadline and a signal for every request, further tries after a 429, errors that carry
 * the status. Rejects with {@link IndexUnavailable} where Pinecone cannot answer now or refuses the key (the cause is
 * then `RefusedCredential`), and with `RemoteFailure` where it says that the request is wrong.
 */
export class PineconeClient {
  readonly #config: PineconeConfig;
  readonly #options: ClientOptions;
  readonly #sdk: Pinecone;
  readonly #requests = new AsyncLocalStorage<Request>();

  constructor(config: PineconeConfig, options: ClientOptions) {
    this.#config = config;
    this.#options = options;
    this.#sdk = new Pinecone({
      apiKey: config.apiKey,
      maxRetries: 0,
      fetchApi: (url, init) => this.#fetch(url, init),
      ...(config.controllerUrl && { controllerHostUrl: config.controllerUrl }),
    });
  }

  /** `undefined` where there is no such index. Waits for one that is still being made. */
  async describe(name: string, call: CallOptions = {}): Promise<Described | undefined> {
    const until = performance.now() + READY_WITHIN;
    for (;;) {
      const look = async () => soundModel(await this.#sdk.describeIndex(name));
      const model = await this.ask(look, call).catch(unlessMissing);
      if (!model) return undefined;
      if (model.status.ready) return this.#described(model, call);
      const { state } = model.status;
      if (state !== 'Initializing' || performance.now() > until)
        throw new IndexUnavailable(`the Pinecone index "${name}" is not ready: ${state}`);
      await pause(LOOK_EVERY, call.signal);
    }
  }

  /** Makes a serverless index and waits until it is ready. One that somebody made meanwhile will do. */
  async create(name: string, dimensions: number, call: CallOptions = {}): Promise<Described> {
    const { cloud, region } = this.#config;
    const options: CreateIndexOptions = {
      name,
      schema: { fields: { _values: { type: 'dense_vector', dimension: dimensions, metric: 'cosine' } } },
      deployment: { deploymentType: 'managed', cloud, region },
      suppressConflicts: true,
    };
    await this.work(() => this.#sdk.createIndex(options), call).catch((error) => {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.status !== 409)
        throw new Obstacle(`Pinecone does not make the index "${name}": ${error.message}`, { cause: error });
    });
    const described = await this.describe(name, call);
    if (!described) throw new IndexUnavailable(`the Pinecone index "${name}" is gone again`);
    return described;
  }

  async deleteIndex(name: string, call: CallOptions = {}): Promise<void> {
    await this.work(() => this.#sdk.deleteIndex(name), call).catch(unlessMissing);
  }

  /** One namespace of an index, to be used inside {@link ask} or {@link work}. The empty name is the default namespace. */
  namespace(host: string, namespace: string): Index {
    return this.#sdk.index({ host, namespace });
  }

  /** Vectors in each namespace of an index. Lags some seconds behind what was written. */
  async counts(host: string, call: CallOptions = {}): Promise<Map<string, number>> {
    const { namespaces = {} } = await this.ask(() => this.namespace(host, '').describeIndexStats(), call);
    return new Map(
      Object.entries(namespaces).map(([name, { recordCount }]) => [
        name === '__default__' ? '' : name,
        Number(recordCount ?? 0),
      ]),
    );
  }

  /** The SDK writes the records without their values, which are put in on the way out: see {@link withValues}. */
  upsert(to: Index, records: readonly PineconeRecord[], call: CallOptions = {}): Promise<void> {
    const vectors = records.map(({ values }) => values);
    const withoutValues = records.map(({ id, metadata }) => ({ id, metadata, values: [] }));
    return this.work(() => {
      Object.assign(this.#requests.getStore() ?? {}, { vectors });
      return to.upsert({ records: withoutValues });
    }, call);
  }

  /** Asks Pinecone through its SDK for what an answer needs. */
  ask<T>(act: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> {
    const { asking, guard } = this.#options;
    return this.#try(act, asking, guard, signal);
  }

  /** Has Pinecone do something through its SDK that no answer waits for. */
  work<T>(act: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> {
    return this.#try(act, this.#options.working, undefined, signal);
  }

  async #try<T>(
    act: () => Promise<T>,
    patience: Patience,
    guard: Guard | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const once = () => withDeadline(patience.timeout, signal, (deadline) => this.#request(deadline, act));
    try {
      return await retry(() => (guard ? guard.run(once, signal) : once()), {
        ...patience,
        signal,
        service: 'pinecone',
        ...(!guard && { onPause: (_, error) => this.#options.onRetry?.(error) }),
      });
    } catch (error) {
      throw signal?.aborted ? error : told(error);
    }
  }

  async #request<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    const request: Request = { signal };
    try {
      return await this.#requests.run(request, act);
    } catch (error) {
      if (request.failure) throw request.failure;
      if (error instanceof Errors.PineconeArgumentError) throw error;
      // Cut short, HTML, or JSON of another shape.
      throw new RemoteFailure('Pinecone answered with what is no answer', { cause: error });
    }
  }

  async #fetch(url: string | URL | globalThis.Request, init: RequestInit = {}): Promise<Response> {
    const request = this.#requests.getStore();
    let response: Response;
    const body = request?.vectors ? withValues(String(init.body), request.vectors) : init.body;
    try {
      response = await fetch(url, { ...init, body: body ?? null, signal: request?.signal ?? null });
    } catch (error) {
      throw this.#failed(request, 'Pinecone cannot be reached', { cause: error });
    }
    if (response.ok) return response;
    const { status, headers } = response;
    const retryAfter = parseRetryAfter(headers.get('retry-after'));
    const said = wordsOf(await response.text().catch(() => '')).replaceAll(this.#config.apiKey, '…');
    throw this.#failed(request, `Pinecone answered ${status}${said && `: ${said}`}`, {
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }

  #failed(request: Request | undefined, ...args: ConstructorParameters<typeof RemoteFailure>): RemoteFailure {
    const failure = new RemoteFailure(...args);
    if (request) request.failure = failure;
    return failure;
  }

  async #described(model: IndexModel, call: CallOptions): Promise<Described> {
    const { dimension, metric } = schemaOf(model);
    const host = model.privateHost || model.host;
    if (dimension !== undefined) return { host, dimensions: dimension, ...(metric && { metric }) };
    const stats = await this.ask(() => this.namespace(host, '').describeIndexStats(), call);
    return { host, dimensions: stats.dimension ?? 0, ...(metric && { metric }) };
  }
}

/** Throws where that describes no index, or one that is ready and has no address. The SDK checks neither. */
function soundModel(model: IndexModel): IndexModel {
  const { status, host, privateHost } = model as { [field in keyof IndexModel]?: unknown };
  const { ready, state } = (status ?? {}) as { ready?: unknown; state?: unknown };
  const address = privateHost || host;
  if (
    typeof ready !== 'boolean' ||
    typeof state !== 'string' ||
    (ready && (typeof address !== 'string' || !address))
  )
    throw new TypeError('no description of an index');
  return model;
}

/** Reading these of an index that was not made for plain vectors throws. */
function schemaOf(model: IndexModel): { dimension?: number | undefined; metric?: string | undefined } {
  try {
    return { dimension: model.dimension, metric: model.metric };
  } catch {
    return {};
  }
}

/** For what is no error where there is nothing. */
export function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

/** There is no such index, or no such namespace. */
export function isMissing(error: unknown): boolean {
  return error instanceof RemoteFailure && error.status === 404;
}

/** 403 is also what an account gets that has used up what its plan holds. */
const USED_UP = /quota|limit|maximum|\bmax\b|plan/iu;

function told(error: unknown): unknown {
  if (error instanceof RemoteFailure && isRefusal(error)) {
    const cause = new RefusedCredential('PINECONE_API_KEY', { cause: error });
    return new IndexUnavailable('Pinecone refuses PINECONE_API_KEY', { cause });
  }
  if (isTransient(error) || error instanceof NotAsked)
    return new IndexUnavailable(`Pinecone does not answer: ${(error as Error).message}`, { cause: error });
  return error;
}

function isRefusal({ status, message }: RemoteFailure): boolean {
  return status === 401 || (status === 403 && !USED_UP.test(message));
}

/** The message of an error's body: JSON of several shapes, or plain words. Markup is nobody's message. */
function wordsOf(body: string): string {
  let said: unknown = body;
  try {
    const json = JSON.parse(body);
    said = json.error?.message ?? json.message;
  } catch {
    // Plain words.
  }
  return typeof said === 'string' && !said.trimStart().startsWith('<') ? said.trim().slice(0, 300) : '';
}
