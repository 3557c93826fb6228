/** One operand of a blend. */
export interface BlendPart {
  readonly title: string;
  /** The answer moves away from it (`- C`). */
  readonly away: boolean;
}

const OPERATOR = /\s+([+-])\s+/u;

/**
 * `A + B - C` → its operands; undefined where the text has no operator between spaces. The caller tries the whole
 * text as a title first: "Romeo + Juliet" is one film.
 */
export function splitBlend(text: string): BlendPart[] | undefined {
  const pieces = text
    .trim()
    .replace(/^([+-])\s+/u, ' $1 ')
    .split(OPERATOR);
  const parts: BlendPart[] = [];
  if (pieces[0]) parts.push({ title: pieces[0].trim(), away: false });
  for (let at = 1; at + 1 < pieces.length; at += 2) {
    const title = pieces[at + 1]!.trim();
    if (title) parts.push({ title, away: pieces[at] === '-' });
  }
  return pieces.length > 1 && parts.length > 0 && (parts.length > 1 || parts[0]!.away) ? parts : undefined;
}
