import { textBatches } from '../embedding/gemini/batches.ts';
import { estimateTokens, sendableText } from '../embedding/gemini/tokens.ts';
import { FETCH_BATCH, recordsPerRequest } from '../vectors/pinecone/records.ts';
import { type IndexCounts, type IndexOptions, indexMovies } from './index-movies.ts';

/** What a run of `indexMovies` would send over the network, before anything is spent. */
export interface IndexingEstimate {
  readonly counts: IndexCounts;
  readonly texts: number;
  /** Of all texts, as far as the embedder reads them; an estimate from their lengths. */
  readonly tokens: number;
  readonly geminiRequests: number;
  /** Reads, upserts and deletions; without the few that set up and count. */
  readonly pineconeRequests: number;
}

/** Compares the catalogue with what is indexed, and changes nothing. Reads from the store, embeds nothing. */
export async function estimateIndexing(options: IndexOptions): Promise<IndexingEstimate> {
  const { dimensions } = options.embedder;
  const atOnce = recordsPerRequest(dimensions);
  let [texts, tokens, geminiRequests, upserts] = [0, 0, 0, 0];
  const counts = await indexMovies({
    ...options,
    dryRun: true,
    onTexts(batch) {
      texts += batch.length;
      const sent = batch.map(sendableText);
      for (const text of sent) tokens += estimateTokens(text);
      geminiRequests += textBatches(sent).length;
      upserts += Math.ceil(batch.length / atOnce);
    },
  });
  const { embedded, updated, unchanged, deleted } = counts;
  const reads = Math.ceil((embedded + unchanged + 2 * updated) / FETCH_BATCH);
  const writes = upserts + Math.ceil(updated / atOnce) + Math.ceil(deleted / FETCH_BATCH);
  return { counts, texts, tokens, geminiRequests, pineconeRequests: reads + writes };
}
