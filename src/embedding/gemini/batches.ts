import { estimateTokens } from './tokens.ts';

/** Texts to a request; Gemini takes no more. */
export const GEMINI_BATCH = 100;
/** Tokens to a request: one that holds more than a minute's quota never goes through, and the smallest is 30,000. */
const MOST_TOKENS = 20_000;

/** Texts as they travel together: the positions of those that say something, in order. */
export function inBatches(texts: readonly string[]): number[][] {
  const batches: number[][] = [];
  let room = 0;
  for (const [position, text] of texts.entries()) {
    if (text.trim() === '') continue;
    const tokens = estimateTokens(text);
    const batch = batches.at(-1);
    if (!batch || batch.length === GEMINI_BATCH || tokens > room) {
      batches.push([position]);
      room = MOST_TOKENS - tokens;
    } else {
      batch.push(position);
      room -= tokens;
    }
  }
  return batches;
}
