import { EmbeddingUnavailable } from '../embedding/embedder.ts';
import { callOptions, type Serving } from './parts.ts';
import type { Remark } from './recommender.ts';

/** A text of which the embedder knows less than this share of the telling words is in no language it was taught. */
const KNOWN_ENOUGH = 0.55;

/** The text's vector, where the embedder knows its words; else a remark that says why there is none. */
export async function meaningOf(
  { embedder }: Serving,
  text: string,
  signal: AbortSignal | undefined,
): Promise<{ vector?: Float32Array | undefined; remarks: Remark[] }> {
  if (!isKnown(embedder, text)) return { remarks: [{ kind: 'wordsOnly' }] };
  try {
    const [vector] = await embedder.embed([text], { task: 'query', ...callOptions(signal) });
    return { vector, remarks: [] };
  } catch (error) {
    if (!(error instanceof EmbeddingUnavailable)) throw error;
    return { remarks: [{ kind: 'meaningAway' }] };
  }
}

/** Whether the embedder was taught the language of a text. */
function isKnown(embedder: Serving['embedder'], text: string): boolean {
  return (embedder.knownShare?.(text) ?? 1) >= KNOWN_ENOUGH;
}
