import { genresOf } from '../catalogue/genres.ts';
import type { RecommenderParts } from './parts.ts';

/**
 * Whether free words mean something that a list can move towards or away from: a genre, a theme that some movie has,
 * or words that the embedder knows, every one.
 */
export async function understands({ features, serving }: RecommenderParts, words: string): Promise<boolean> {
  if (genresOf(words)?.length || features.words.has(words)) return true;
  const { embedder } = await serving();
  return embedder.knownShare?.(words) === 1;
}
