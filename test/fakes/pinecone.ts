import { type Answer, type Asked, JsonService } from './json-service.ts';

type Fields = Record<string, unknown>;
export interface Stored {
  readonly id: string;
  readonly values: readonly number[];
  readonly metadata: Fields;
}
type Namespace = Map<string, Stored>;
export interface FakeIndex {
  readonly name: string;
  readonly dimension: number;
  readonly metric: string;
  readonly deployment: unknown;
  /** Looks until it is ready. */
  looks: number;
  readonly namespaces: Map<string, Namespace>;
}

export const PINECONE_KEY = 'pcsk_the-key-of-the-tests';
export const DEFAULT_NAMESPACE = '__default__';

class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Pinecone's controller and data plane on 127.0.0.1, as far as Kindred uses them: API 2026-07, exact search. It
 * refuses what Pinecone refuses. The data of the index `x` is at `/data/x`.
 */
export class FakePinecone extends JsonService {
  readonly indexes = new Map<string, FakeIndex>();
  /** Looks that it takes until a new index is ready. */
  looksUntilReady = 0;
  /** Reads that it takes until a write is seen. */
  readsUntilSeen = 0;
  #unseen: { reads: number; write: () => void }[] = [];

  static async start(): Promise<FakePinecone> {
    return new FakePinecone().start();
  }

  /** Vectors of a namespace; the empty name is the default one. */
  vectors(index: string, namespace = ''): Namespace {
    return this.indexes.get(index)?.namespaces.get(namespace || DEFAULT_NAMESPACE) ?? new Map();
  }

  makeIndex(name: string, dimension: number, metric = 'cosine', deployment: unknown = MANAGED): FakeIndex {
    const index = { name, dimension, metric, deployment, looks: this.looksUntilReady, namespaces: new Map() };
    this.indexes.set(name, index);
    return index;
  }

  protected override answer(asked: Asked): Answer {
    try {
      if (asked.headers['api-key'] !== PINECONE_KEY) return { status: 401, body: 'Invalid API Key' };
      const [, data, name = '', ...rest] = asked.path.split('/');
      const body =
        data === 'data' ? this.#data(this.#index(name), rest.join('/'), asked) : this.#control(asked, name);
      return { status: asked.method === 'POST' && data === 'indexes' ? 201 : 200, body };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { status, message } = error;
      return { status, body: { code: status, message, status, error: { code: 'REFUSED', message } } };
    }
  }

  #index(name: string): FakeIndex {
    const index = this.indexes.get(name);
    if (!index) throw new Refused(404, `Resource ${name} not found`);
    return index;
  }

  #control({ method, body }: Asked, name: string): unknown {
    if (method === 'GET' && name === '')
      return { indexes: [...this.indexes.values()].map((each) => this.#model(each)) };
    if (method === 'GET') return this.#model(this.#index(name));
    if (method === 'DELETE') return this.indexes.delete(this.#index(name).name) && {};
    const wanted = body as { name: string; schema: { fields: Fields }; deployment: unknown };
    if (this.indexes.has(wanted.name)) throw new Refused(409, 'Resource already exists.');
    const field = wanted.schema.fields._values as { dimension: number; metric: string };
    return this.#model(this.makeIndex(wanted.name, field.dimension, field.metric, wanted.deployment));
  }

  #model(index: FakeIndex): unknown {
    const { name, dimension, metric, deployment } = index;
    const ready = index.looks-- <= 0;
    return {
      name,
      host: `${this.url}/data/${name}`,
      status: { ready, state: ready ? 'Ready' : 'Initializing' },
      schema: { fields: { _values: { type: 'dense_vector', dimension, metric } } },
      deployment,
      deletion_protection: 'disabled',
    };
  }

  #data(index: FakeIndex, operation: string, { query, body, size }: Asked): unknown {
    const read = READS[operation];
    if (read) {
      this.#showWrites();
      return read(index, query, (body ?? {}) as Fields);
    }
    if (size > 2 * 1024 * 1024)
      throw new Refused(413, 'message length too large: the limit is 2097152 bytes');
    const write = WRITES[operation];
    if (!write) throw new Refused(404, `no such operation: ${operation}`);
    const { result, apply } = write(index, (body ?? {}) as Fields);
    if (this.readsUntilSeen > 0) this.#unseen.push({ reads: this.readsUntilSeen, write: apply });
    else apply();
    return result;
  }

  #showWrites(): void {
    for (const each of this.#unseen) if (--each.reads < 0) each.write();
    this.#unseen = this.#unseen.filter(({ reads }) => reads >= 0);
  }
}

const MANAGED = { deployment_type: 'managed', cloud: 'aws', region: 'us-east-1' };

const named = (namespace: unknown) => (typeof namespace === 'string' && namespace) || DEFAULT_NAMESPACE;

type Read = (index: FakeIndex, query: URLSearchParams, body: Fields) => unknown;

const READS: Record<string, Read> = {
  query(index, _, { vector, topK, filter, includeMetadata, namespace }) {
    const values = vector as number[];
    checkDimension(index, values);
    if (!(Number(topK) >= 1 && Number(topK) <= 10_000)) throw new Refused(400, 'top_k must be in [1, 10000]');
    const matches = [...(index.namespaces.get(named(namespace))?.values() ?? [])]
      .filter(({ metadata }) => holds(metadata, (filter ?? {}) as Fields))
      .map(({ id, metadata, ...stored }) => ({
        id,
        score: cosine(stored.values, values),
        ...(includeMetadata === true && { metadata }),
      }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, Number(topK));
    return { matches, namespace, usage: { readUnits: 1 } };
  },
  'vectors/fetch'(index, query) {
    const ids = query.getAll('ids');
    if (ids.length > 1000) throw new Refused(400, 'at most 1000 ids');
    const vectors = index.namespaces.get(named(query.get('namespace')));
    const found = ids.flatMap((id) => vectors?.get(id) ?? []);
    return { vectors: Object.fromEntries(found.map((vector) => [vector.id, vector])), namespace: '' };
  },
  'vectors/list'(index, query) {
    const limit = Number(query.get('limit') ?? 100);
    const ids = [...(index.namespaces.get(named(query.get('namespace')))?.keys() ?? [])].toSorted();
    const after = query.get('paginationToken') ?? '';
    const left = ids.filter((id) => id > after);
    const page = left.slice(0, limit);
    const more = left.length > limit && { pagination: { next: page.at(-1) } };
    return { vectors: page.map((id) => ({ id })), ...more };
  },
  describe_index_stats(index) {
    const counts = [...index.namespaces].map(([name, { size }]) => [name, { vectorCount: size }] as const);
    const { dimension, metric } = index;
    return { dimension, metric, indexFullness: 0, namespaces: Object.fromEntries(counts) };
  },
};

type Write = (index: FakeIndex, body: Fields) => { result: unknown; apply: () => void };

const WRITES: Record<string, Write> = {
  'vectors/upsert'(index, { vectors, namespace }) {
    const records = vectors as Stored[];
    if (records.length === 0 || records.length > 1000) throw new Refused(400, '1 to 1000 vectors');
    for (const { values, metadata } of records) {
      checkDimension(index, values);
      if (values.every((value) => value === 0))
        throw new Refused(400, 'Dense vectors must contain at least one non-zero value.');
      checkMetadata(metadata);
    }
    const apply = () => {
      const stored = index.namespaces.get(named(namespace)) ?? new Map<string, Stored>();
      index.namespaces.set(named(namespace), stored);
      for (const { id, values, metadata } of records) stored.set(id, { id, values, metadata });
    };
    return { result: { upsertedCount: records.length }, apply };
  },
  'vectors/delete'(index, { ids, deleteAll, namespace }) {
    const stored = index.namespaces.get(named(namespace));
    if (!stored) throw new Refused(404, 'Namespace not found');
    const apply = () => {
      for (const id of (ids ?? []) as string[]) stored.delete(id);
      if (deleteAll === true) index.namespaces.delete(named(namespace));
    };
    return { result: {}, apply };
  },
};

function checkDimension({ dimension }: FakeIndex, values: readonly unknown[]): void {
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'number'))
    throw new Refused(400, 'values must be numbers');
  if (values.length !== dimension)
    throw new Refused(
      400,
      `Vector dimension ${values.length} does not match the dimension of the index ${dimension}`,
    );
}

function checkMetadata(metadata: Fields): void {
  if (JSON.stringify(metadata).length > 40 * 1024) throw new Refused(400, 'metadata size exceeds the limit');
  for (const [field, value] of Object.entries(metadata)) {
    const fine =
      ['string', 'number', 'boolean'].includes(typeof value) ||
      (Array.isArray(value) && value.every((each) => typeof each === 'string'));
    if (!fine)
      throw new Refused(400, `Metadata value must be a string, number, boolean or list of strings: ${field}`);
  }
}

/** MongoDB's meaning, which Pinecone's language takes after: `$ne` and `$nin` hold on a field that is not there. */
function holds(metadata: Fields, filter: Fields): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    if (key === '$and') return (wanted as Fields[]).every((each) => holds(metadata, each));
    return Object.entries(wanted as Fields).every(([operator, value]) =>
      test(metadata[key], operator, value),
    );
  });
}

function test(actual: unknown, operator: string, wanted: unknown): boolean {
  const has = (value: unknown) => (Array.isArray(actual) ? actual.includes(value) : actual === value);
  const number = typeof actual === 'number' && typeof wanted === 'number';
  if (operator === '$exists') return (actual !== undefined) === wanted;
  if (operator === '$eq') return has(wanted);
  if (operator === '$ne') return !has(wanted);
  if (operator === '$in') return (wanted as unknown[]).some(has);
  if (operator === '$nin') return !(wanted as unknown[]).some(has);
  if (operator === '$gte') return number && actual >= wanted;
  if (operator === '$lte') return number && actual <= wanted;
  throw new Refused(400, `unknown operator ${operator}`);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return dot / Math.sqrt(aa * bb);
}
