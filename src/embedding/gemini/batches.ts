import { inBatches } from '../../batches.ts';
import { estimateTokens } from './tokens.ts';

/** Texts to a request; Gemini takes no more. */
export const GEMINI_BATCH = 100;
/** Tokens to a request: one that holds more than a minute's quota never goes through, and the smallest is 30,000. */
const MOST_TOKENS = 20_000;

/** Texts as they travel together: the positions of those that say something, in order. */
export function textBatches(texts: readonly string[]): number[][] {
  const saying = [...texts.keys()].filter((position) => texts[position]!.trim() !== '');
  return inBatches(saying, {
    items: GEMINI_BATCH,
    size: MOST_TOKENS,
    sizeOf: (position) => estimateTokens(texts[position]!),
  });
}
