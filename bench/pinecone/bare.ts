import { mapAtOnce } from '../../src/resilience.ts';

export interface Requests {
  readonly gemini: string;
  readonly pinecone: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts to a request to Gemini. */
  readonly batchSize: number;
  readonly movies: number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
}

/**
 * The same vectors through `fetch` and `JSON` and nothing else: asked of Gemini, and given to Pinecone as numbers of
 * nine decimals.
 *
 * @returns Processor time of this process in milliseconds, which is what any program would pay that has no JSON of its own.
 */
export async function bareRequests(requests: Requests): Promise<number> {
  const { gemini, pinecone, headers, batchSize, movies, atOnce } = requests;
  const asked = JSON.stringify({ requests: Array.from({ length: batchSize }, () => ({ content: {} })) });
  const post = async (url: string, body: string) =>
    (await fetch(url, { method: 'POST', headers, body })).json();
  const before = process.cpuUsage();
  await mapAtOnce([...Array(Math.ceil(movies / batchSize)).keys()], atOnce, async (batch) => {
    const { embeddings } = (await post(gemini, asked)) as { embeddings: { values: number[] }[] };
    const vectors = embeddings.map(({ values }, i) => ({ id: `bare${batch * batchSize + i}`, values }));
    await post(pinecone, JSON.stringify({ vectors, namespace: 'bare' }));
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
