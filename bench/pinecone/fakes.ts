/** Pinecone and Gemini on a thread of their own, so that what they do costs the measured program nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { FakeGemini } from '../../test/fakes/gemini.ts';
import type { Answer, Asked } from '../../test/fakes/json-service.ts';
import { FakePinecone } from '../../test/fakes/pinecone.ts';

/** Vectors as large on the wire as the real ones: every value has nine decimals. Made once, handed out in turn. */
class DenseGemini extends FakeGemini {
  readonly #vectors = Array.from({ length: 200 }, () =>
    JSON.stringify({
      values: Array.from({ length: workerData.dimensions }, () => round(Math.random() - 0.5)),
    }),
  );

  protected override answer(asked: Asked): Answer {
    const { requests } = asked.body as { requests: readonly unknown[] };
    const start = this.count * 7;
    const vectors = requests.map((_, i) => this.#vectors[(start + i) % this.#vectors.length]);
    return { status: 200, body: `{"embeddings":[${vectors.join()}]}` };
  }
}

function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

const pinecone = await FakePinecone.start();
const gemini = await new DenseGemini().start();
for (const each of [pinecone, gemini]) each.recording = false;

parentPort?.on('message', ({ latency }: { latency: number }) => {
  parentPort?.postMessage({ pinecone: pinecone.count, gemini: gemini.count, atOnce: gemini.mostAtOnce });
  for (const each of [pinecone, gemini]) Object.assign(each, { latency, count: 0, mostAtOnce: 0 });
});
parentPort?.postMessage({ pinecone: pinecone.url, gemini: gemini.url });
