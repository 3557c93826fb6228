import { IndexUnavailable } from '../vectors/vector-index.ts';
import type { RecommenderParts } from './parts.ts';
import type { Remark } from './recommender.ts';

/**
 * Answers from the spare index where the one in use cannot be reached, whole: vectors of two indexes never compare.
 * Rejects with what the index in use rejected with where the spare one fails too.
 */
export async function orSpare<T>(
  parts: RecommenderParts,
  answer: (parts: RecommenderParts) => Promise<T>,
  /** Makes the answer say where it came from. */
  marked: (answer: T) => T = (same) => same,
): Promise<T> {
  try {
    return await answer(parts);
  } catch (error) {
    if (!(error instanceof IndexUnavailable) || !parts.spare) throw error;
    return answer({ ...parts, serving: parts.spare }).then(marked, (again) => {
      throw again instanceof IndexUnavailable ? error : again;
    });
  }
}

export function markedSpare<T extends { readonly remarks: readonly Remark[] }>(page: T): T {
  return { ...page, remarks: [{ kind: 'spareIndex' }, ...page.remarks] };
}
