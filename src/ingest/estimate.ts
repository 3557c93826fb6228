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
  /** Reads, upserts and, at most, deletions; without the few that set up and count. */
  readonly pineconeRequests: number;
}

/** Compares the catalogue with what is indexed, and changes nothing. Reads from the store, embeds nothing. */
export async function estimateIndexing(options: IndexOptions): Promise<IndexingEstimate> {
  const { dimensions } = options.embedder;
  const atOnce = recordsPerRequest(dimensions);
  let [texts, tokens, geminiRequests, writes] = [0, 0, 0, 0];
  const counts = await indexMovies({
    ...options,
    dryRun: true,
    onTexts(batch) {
      texts += batch.length;
      const sent = batch.map(sendableText);
      for (const text of sent) tokens += estimateTokens(text);
      geminiRequests += textBatches(sent).length;
      writes += Math.ceil(batch.length / atOnce);
    },
    // They are read anew, to be written with their values.
    onUpdates(movies) {
      writes += Math.ceil(movies / FETCH_BATCH) + Math.ceil(movies / atOnce);
    },
  });
  const { embedded, updated, unchanged, deleted } = counts;
  const kept = embedded + updated + unchanged;
  const reads = Math.ceil(kept / FETCH_BATCH);
  // What is to go is found by listing everything, and goes page by page.
  const pages = deleted > 0 ? Math.ceil((kept + deleted) / FETCH_BATCH) : 0;
  const deletions = pages + Math.min(deleted, pages);
  return { counts, texts, tokens, geminiRequests, pineconeRequests: reads + writes + deletions };
}
