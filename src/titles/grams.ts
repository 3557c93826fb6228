/** Trigrams are kept as small integers: those of letters, digits and spaces each its own, all others hashed. */
export const GRAM_CODES = 1 << 17;

const PLAIN_SYMBOLS = 37;
const PLAIN_CODES = PLAIN_SYMBOLS ** 3;

/** The trigrams of normal words, each once: " dark knight " → " da", "dar", … Spaces mark where words begin and end. */
export function gramsOf(words: string): number[] {
  const text = ` ${words} `;
  const grams = new Set<number>();
  for (let at = 0; at + 2 < text.length; at++) grams.add(gramAt(text, at));
  return [...grams];
}

/** The code of the three UTF-16 units at a place. */
export function gramAt(text: string, at: number): number {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  const [x, y, z] = [symbol(a), symbol(b), symbol(c)];
  if (x >= 0 && y >= 0 && z >= 0) return (x * PLAIN_SYMBOLS + y) * PLAIN_SYMBOLS + z;
  const hash = Math.imul(
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35),
    0x27d4eb2f,
  );
  return PLAIN_CODES + ((hash >>> 8) % (GRAM_CODES - PLAIN_CODES));
}

function symbol(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 96;
  if (unit >= 48 && unit <= 57) return unit - 21;
  return unit === 32 ? 0 : -1;
}

/** FNV-1a over UTF-16 units, 32 bits: the key under which equal bare titles lie together. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
