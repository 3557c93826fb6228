import {
  type BatchEmbedContentsResponse,
  type EmbedContentRequest,
  type GenerativeModel,
  GoogleGenerativeAI,
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  TaskType,
} from '@google/generative-ai';
import type { Logger } from 'pino';
import { mapAtOnce } from '../at-once.ts';
import { ConfigError, type GeminiConfig } from '../config.ts';
import { RefusedCredential, RemoteFailure } from '../errors.ts';
import {
  atMostEvery,
  Guard,
  isTransient,
  NotAsked,
  type Patience,
  pause,
  retry,
  withDeadline,
} from '../resilience.ts';
import { hasDirection } from '../vectors/check-vector.ts';
import { type Embedder, EmbeddingUnavailable } from './embedder.ts';
import { textBatches } from './gemini/batches.ts';
import { meaningOf, QuotaUsedUp } from './gemini/failure.ts';
import { sendableText } from './gemini/tokens.ts';
import { TEXT_RECIPE } from './movie-text.ts';
import { normalise } from './words/vector.ts';

export interface GeminiOptions {
  readonly log: Logger;
  /** Told when the quota makes us wait, and for how many milliseconds. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  readonly patience?: { readonly query: Patience; readonly document: Patience };
}

/** Requests of one call that are under way at the same time. */
const AT_ONCE = 4;

/** Texts refused one after the other after which it is no longer the texts' fault. */
const MOST_REFUSED = 20;

/** How often the log has it that Gemini makes a job wait or refuses questions, in milliseconds. */
const TOLD_EVERY = 60_000;

const PATIENCE = {
  // A person waits, and plot search has words to go by as well.
  query: { timeout: 2_500, attempts: 2, firstPause: 200, longestPause: 500 },
  // Quotas are counted by the minute.
  document: { timeout: 60_000, attempts: 10, firstPause: 2_000, longestPause: 120_000 },
};

/** The SDK sends what its type lacks. */
type Request = EmbedContentRequest & { readonly outputDimensionality: number };

/**
 * Embeds through Google's Gemini API.
 *
 * A document's `embed` waits out quotas and outages and rejects with `RefusedCredential`, `ConfigError`, `QuotaUsedUp`
 * or a `RemoteFailure`. A query's gives up after some seconds, at once while Gemini is down, with
 * {@link EmbeddingUnavailable}. No error holds the key.
 */
export class GeminiEmbedder implements Embedder {
  readonly id: string;
  readonly dimensions: number;
  readonly #config: GeminiConfig;
  readonly #options: GeminiOptions;
  readonly #model: GenerativeModel;
  readonly #guard: Guard;
  readonly #tellRetry: (error: unknown) => void;
  readonly #tellRefusal: (error: unknown) => void;
  /** The quota is used up until then, for all requests (`performance.now()`). */
  #resumeAt = 0;
  /** Requests that were answered so far. */
  #answers = 0;
  #warned = false;
  /** Texts that were refused since others were embedded. */
  #refusedInARow = 0;

  constructor(config: GeminiConfig, options: GeminiOptions) {
    const { apiKey, apiUrl, dimensions } = config;
    const model = config.model.replace(/^models\//u, '');
    this.#config = { ...config, model };
    this.#options = options;
    this.dimensions = dimensions;
    this.id = `${model.replaceAll(/[^\w.-]/gu, '.')}-${dimensions}-${TEXT_RECIPE}`;
    this.#model = new GoogleGenerativeAI(apiKey).getGenerativeModel(
      { model },
      apiUrl === undefined ? {} : { baseUrl: apiUrl },
    );
    this.#tellRetry = atMostEvery(TOLD_EVERY, (error) =>
      options.log.warn({ err: error }, 'Gemini does not answer; trying again'),
    );
    this.#tellRefusal = atMostEvery(TOLD_EVERY, (error) =>
      options.log.error({ err: error }, 'Gemini refuses a question; plots are found by their words alone'),
    );
    this.#guard = new Guard({
      onChange: (state, reason) =>
        state === 'resting'
          ? options.log.error({ err: reason }, 'Gemini does not answer; plots are found by their words alone')
          : options.log.info('Gemini answers again'),
    });
  }

  async embed(
    texts: readonly string[],
    { task, signal }: { task: 'document' | 'query'; signal?: AbortSignal },
  ): Promise<(Float32Array | undefined)[]> {
    signal?.throwIfAborted();
    const sendable = texts.map(sendableText);
    const vectors = new Array<Float32Array | undefined>(texts.length).fill(undefined);
    await mapAtOnce(textBatches(sendable), AT_ONCE, async (positions) => {
      const batch = positions.map((position) => sendable[position]!);
      const embedded =
        task === 'query' ? await this.#question(batch, signal) : await this.#documents(batch, signal);
      for (const [i, position] of positions.entries()) vectors[position] = embedded[i];
    });
    return vectors;
  }

  /**
   * Rejects with `RefusedCredential` or `ConfigError` on a wrong key, model or dimension, before anybody waits for an
   * answer. An outage or a quota that is used up is only logged: what is indexed by other embedders answers all the same.
   */
  async check(signal?: AbortSignal): Promise<void> {
    try {
      await this.#query(['film'], signal);
    } catch (error) {
      if (!(error instanceof EmbeddingUnavailable)) throw error;
      if (isMistake(error.cause)) throw error.cause;
      this.#options.log.warn({ err: error.cause }, 'Gemini does not answer now; going on without it');
    }
  }

  /** The guard tells of an outage; a key that was revoked or a quota that is used up is told here. */
  async #question(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    try {
      return await this.#query(texts, signal);
    } catch (error) {
      const cause = error instanceof EmbeddingUnavailable ? error.cause : undefined;
      if (cause && !isTransient(cause) && !(cause instanceof NotAsked)) this.#tellRefusal(cause);
      throw error;
    }
  }

  async #query(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const patience = this.#options.patience?.query ?? PATIENCE.query;
    const once = () => this.#request(texts, TaskType.RETRIEVAL_QUERY, patience, signal);
    try {
      return await retry(() => this.#guard.run(once, signal), {
        ...patience,
        signal,
        service: 'gemini',
      });
    } catch (error) {
      signal?.throwIfAborted();
      const away =
        error instanceof RemoteFailure ||
        isTransient(error) ||
        error instanceof NotAsked ||
        error instanceof QuotaUsedUp;
      throw away || isMistake(error)
        ? new EmbeddingUnavailable('Gemini does not answer', { cause: error })
        : error;
    }
  }

  /** A text that Gemini refuses must not keep the others from their vectors: the batch is halved until it is alone. */
  async #documents(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    try {
      const vectors = await this.#inTurn(texts, signal);
      this.#refusedInARow = 0;
      return vectors;
    } catch (error) {
      if (!isRefusedText(error)) throw error;
      if (texts.length > 1) {
        const half = texts.length >> 1;
        const first = await this.#documents(texts.slice(0, half), signal);
        return [...first, ...(await this.#documents(texts.slice(half), signal))];
      }
      if (++this.#refusedInARow > MOST_REFUSED) throw error;
      this.#options.log.warn({ err: error }, 'Gemini refuses a text; it counts as saying nothing');
      return [undefined];
    }
  }

  /**
   * A quota is shared by all requests, and to Google each text of a batch may be one. Who is refused has only lost its
   * turn while others get through, however often that is.
   */
  async #inTurn(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    for (;;) {
      const before = this.#answers;
      try {
        return await this.#patiently(texts, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof DOMException)
          throw new RemoteFailure(`Gemini does not answer: ${error.message}`, { cause: error });
        if (!isQuota(error) || this.#answers === before) throw error;
      }
    }
  }

  #patiently(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const patience = this.#options.patience?.document ?? PATIENCE.document;
    const onPause = (milliseconds: number, error: unknown) => {
      if (isQuota(error)) this.#holdBack(milliseconds);
      else this.#tellRetry(error);
    };
    const act = async () => {
      await pause(Math.max(0, this.#resumeAt - performance.now()), signal);
      return this.#request(texts, TaskType.RETRIEVAL_DOCUMENT, patience, signal);
    };
    return retry(act, { ...patience, signal, onPause, service: 'gemini' });
  }

  /** Told once, though all requests that were under way are refused. */
  #holdBack(milliseconds: number): void {
    const now = performance.now();
    if (this.#resumeAt <= now) this.#options.onWait?.(milliseconds);
    this.#resumeAt = Math.max(this.#resumeAt, now + milliseconds);
  }

  async #request(
    texts: readonly string[],
    taskType: TaskType,
    { timeout }: Patience,
    signal: AbortSignal | undefined,
  ): Promise<(Float32Array | undefined)[]> {
    const requests = texts.map(
      (text): Request => ({
        content: { role: 'user', parts: [{ text }] },
        taskType,
        outputDimensionality: this.dimensions,
      }),
    );
    return withDeadline(timeout, signal, async (deadline) => {
      try {
        const answer = await this.#model.batchEmbedContents({ requests }, { signal: deadline });
        this.#answers++;
        return this.#read(answer, texts.length);
      } catch (error) {
        throw this.#meaning(error);
      }
    });
  }

  #read({ embeddings }: BatchEmbedContentsResponse, wanted: number): (Float32Array | undefined)[] {
    if (!Array.isArray(embeddings) || embeddings.length !== wanted)
      throw new RemoteFailure(`Gemini gave ${embeddings?.length ?? 'no'} vectors for ${wanted} texts`);
    return embeddings.map((embedding: { values?: number[] } | null) => {
      // Google leaves empty lists out of its JSON.
      const values = embedding?.values ?? [];
      if (values.length !== this.dimensions && values.length > 0)
        throw new ConfigError([
          `GEMINI_EMBEDDING_DIMENSIONS: Gemini gave ${values.length} dimensions where ${this.dimensions} were asked for`,
        ]);
      // NaN is null in JSON.
      const vector = new Float32Array(values);
      if (!values.includes(null as never) && hasDirection(values) && normalise(vector)) return vector;
      if (!this.#warned)
        this.#options.log.warn('Gemini gave what is no vector; that text counts as saying nothing');
      this.#warned = true;
      return undefined;
    });
  }

  /** The SDK's errors repeat address and answer; of these only what is useful and no secret is kept. */
  #meaning(error: unknown): unknown {
    const { apiKey, model } = this.#config;
    if (error instanceof GoogleGenerativeAIFetchError && error.status !== undefined) {
      const { status, message, errorDetails: details = [] } = error;
      return meaningOf({ status, message, details }, apiKey, model);
    }
    if (error instanceof GoogleGenerativeAIError) return new RemoteFailure('Gemini cannot be reached');
    // Cut short, HTML, or JSON of another shape.
    if (error instanceof SyntaxError || error instanceof TypeError)
      return new RemoteFailure('Gemini answered with what is no answer', { cause: error });
    return error;
  }
}

function isRefusedText(error: unknown): boolean {
  return error instanceof RemoteFailure && error.status === 400;
}

function isQuota(error: unknown): boolean {
  return error instanceof RemoteFailure && error.status === 429;
}

/** Only another setting mends it. */
function isMistake(error: unknown): boolean {
  return error instanceof RefusedCredential || error instanceof ConfigError;
}
