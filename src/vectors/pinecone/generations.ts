import { hash } from 'node:crypto';
import { pause } from '../../resilience.ts';
import { type CallOptions, IndexUnavailable } from '../vector-index.ts';
import type { Index, PineconeClient } from './client.ts';

/** One embedder's vectors and where they lie. */
export interface Generation {
  /** Id of the embedder. */
  readonly embedder: string;
  readonly dimensions: number;
  /** Name of the Pinecone index. */
  readonly index: string;
  readonly namespace: string;
  /** Rises with every switch: the highest is in use. 0 while it is under construction. */
  readonly serial: number;
}

/** Pinecone shows what was written after some seconds; after this many milliseconds something is wrong. */
const VISIBLE_WITHIN = 60_000;

/**
 * Which generations there are, kept in Pinecone itself: one record to a generation, in a namespace of the index that
 * the settings name. Everyone who uses the index thus sees the same ones, and a switch is the writing of one record.
 */
export class Generations {
  readonly #client: PineconeClient;
  readonly #records: Index;
  /** The records are found by their metadata, but Pinecone asks for a vector: all have the same. */
  readonly #vector: number[];

  constructor(client: PineconeClient, at: { host: string; dimensions: number; namespace: string }) {
    this.#client = client;
    this.#records = client.namespace(at.host, at.namespace);
    this.#vector = Array.from({ length: at.dimensions }, (_, i) => (i === 0 ? 1 : 0));
  }

  async all(call: CallOptions = {}): Promise<Generation[]> {
    const { matches } = await this.#client.ask(
      () => this.#records.query({ vector: this.#vector, topK: 100, includeMetadata: true }),
      call,
    );
    return matches.flatMap(({ metadata }) => read(metadata) ?? []);
  }

  /** Resolves once everyone can see it. */
  async write(generation: Generation, call: CallOptions = {}): Promise<void> {
    const record = { id: recordId(generation.embedder), values: this.#vector, metadata: { ...generation } };
    await this.#client.work(() => this.#records.upsert({ records: [record] }), call);
    const until = performance.now() + VISIBLE_WITHIN;
    for (let milliseconds = 100; ; milliseconds = Math.min(2_000, milliseconds * 2)) {
      const seen = (await this.all(call)).find(({ embedder }) => embedder === generation.embedder);
      if (seen?.serial === generation.serial && seen.namespace === generation.namespace) return;
      if (performance.now() > until)
        throw new IndexUnavailable('Pinecone does not show what was written a minute ago');
      await pause(milliseconds, call.signal);
    }
  }

  async delete(embedder: string, call: CallOptions = {}): Promise<void> {
    await this.#client.work(() => this.#records.deleteOne({ id: recordId(embedder) }), call);
  }
}

/** The generation in use. */
export function inUse(generations: readonly Generation[]): Generation | undefined {
  return generations
    .filter(({ serial }) => serial > 0)
    .reduce<Generation | undefined>((top, each) => (top && top.serial > each.serial ? top : each), undefined);
}

/** Short enough for a name, and the same whoever makes it. */
export function shortHash(embedder: string): string {
  return hash('sha256', embedder).slice(0, 12);
}

function recordId(embedder: string): string {
  return `generation-${shortHash(embedder)}`;
}

function read(fields: Readonly<Record<string, unknown>> | undefined): Generation | undefined {
  const { embedder, dimensions, index, namespace, serial } = fields ?? {};
  const sound =
    typeof embedder === 'string' &&
    typeof dimensions === 'number' &&
    typeof index === 'string' &&
    typeof namespace === 'string' &&
    typeof serial === 'number';
  return sound ? { embedder, dimensions, index, namespace, serial } : undefined;
}
