/** What Gemini reads of a text, with room for the estimate to be wrong. The rest it would cut off in silence. */
const MOST_TOKENS = 1_900;

/** Scripts in which about every character is a token: Chinese, Japanese, Korean, and what lies beyond. */
const FIRST_DENSE = 0x2e80;

/** About how many tokens a text has: four characters to one in most scripts. */
export function estimateTokens(text: string): number {
  let dense = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= FIRST_DENSE) dense++;
  return Math.ceil((text.length - dense) / 4 + dense);
}

/** A text as Gemini takes it: not too long, and no half characters, which are no JSON to it. */
export function sendableText(text: string): string {
  const tokens = estimateTokens(text);
  const kept = tokens > MOST_TOKENS ? text.slice(0, Math.floor((text.length * MOST_TOKENS) / tokens)) : text;
  return kept.toWellFormed();
}
