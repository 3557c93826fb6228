/**
 * Pinecone and Gemini in a process of their own, so that neither their processor time nor their memory counts as the
 * program's. They do as little as they can: what is written is kept as it came, and read when it is first asked for.
 */
import { FakeGemini } from '../../test/fakes/gemini.ts';
import type { Answer, Asked } from '../../test/fakes/json-service.ts';
import { DEFAULT_NAMESPACE, FakePinecone, type Stored } from '../../test/fakes/pinecone.ts';

const dimensions = Number(process.argv[2]);

/** Vectors as large on the wire as the real ones: every value has nine decimals. Made once, handed out in turn. */
class DenseGemini extends FakeGemini {
  readonly #vectors = Array.from({ length: 200 }, () =>
    Buffer.from(
      JSON.stringify({ values: Array.from({ length: dimensions }, () => round(Math.random() - 0.5)) }),
    ),
  );

  protected override answer(asked: Asked): Answer {
    const { requests } = asked.body as { requests: readonly unknown[] };
    const start = this.count * 7;
    const vectors = requests.flatMap((_, i) => [
      this.#vectors[(start + i) % this.#vectors.length]!,
      i + 1 < requests.length ? COMMA : END,
    ]);
    return { status: 200, body: Buffer.concat([START, ...vectors]) };
  }
}

const START = Buffer.from('{"embeddings":[');
const COMMA = Buffer.from(',');
const END = Buffer.from(']}');

/** What it holds is known by id at once; values and metadata are read when somebody asks for them. */
class LazyPinecone extends FakePinecone {
  bytes = 0;

  protected override answer(asked: Asked): Answer {
    this.bytes += asked.size;
    const name = /^\/data\/([^/]+)\/vectors\/upsert$/u.exec(asked.path)?.[1];
    const index = name === undefined ? undefined : this.indexes.get(name);
    if (!index) return super.answer(asked);
    const text = asked.text();
    const namespace = /"namespace":"([^"]*)"\}$/u.exec(text.slice(-200))?.[1] || DEFAULT_NAMESPACE;
    const stored = index.namespaces.get(namespace) ?? new Map<string, Stored>();
    index.namespaces.set(namespace, stored);
    for (const record of lazily(asked, text)) stored.set(record.id, record);
    return { status: 200, body: {} };
  }
}

function lazily(asked: Asked, text: string): Stored[] {
  let read: Map<string, Stored> | undefined;
  const recordOf = (id: string): Stored => {
    const { vectors } = asked.body as { vectors: readonly Stored[] };
    read ??= new Map(vectors.map((record) => [record.id, record]));
    return read.get(id)!;
  };
  return Array.from(text.matchAll(/"id":"([^"]+)"/gu), ([, id = '']) => ({
    id,
    get values() {
      return recordOf(id).values;
    },
    get metadata() {
      return recordOf(id).metadata;
    },
  }));
}

function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

const pinecone = await new LazyPinecone().start();
const gemini = await new DenseGemini().start();
for (const each of [pinecone, gemini]) each.recording = false;

let before = process.cpuUsage();
process.on('message', ({ latency }: { latency: number }) => {
  const { user, system } = process.cpuUsage(before);
  before = process.cpuUsage();
  process.send?.({
    pinecone: pinecone.count,
    gemini: gemini.count,
    atOnce: gemini.mostAtOnce,
    pineconeAtOnce: pinecone.mostAtOnce,
    processor: (user + system) / 1000,
    resident: process.memoryUsage.rss(),
    bytes: pinecone.bytes,
  });
  for (const each of [pinecone, gemini]) Object.assign(each, { latency, count: 0, mostAtOnce: 0, bytes: 0 });
});
process.send?.({ pinecone: pinecone.url, gemini: gemini.url });
