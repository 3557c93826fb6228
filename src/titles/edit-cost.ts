/**
 * Weighted edit distance: what a slip of the fingers or the ear costs, in nats (how much less likely it is). A
 * neighbouring key, a vowel for a vowel, a doubled letter or two letters swapped is likelier than any other slip.
 */
const SUBSTITUTE = 2.6;
const NEIGHBOUR_KEY = 2;
const SOUND_ALIKE = 1.5;
const LOOK_ALIKE = 1;
const INSERT = 2.2;
const SILENT = 1.6;
const DOUBLED = 1.1;
const SWAP = 1.7;
/** One character of a script that writes syllables or words by one: no slip of a finger makes it another. */
const SYLLABLE = 5;
const FIRST_SYLLABLE = 0x2e80;
/** A slip in the first letter is rarer than elsewhere. */
const FIRST_LETTER = 0.8;

const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const SOUNDS = ['aeiouy', 'cksqx', 'sz', 'gj', 'fv', 'bp', 'dt', 'mn', 'vw', 'iy'];
const LOOKS = ['0o', '1il', '3e', '4a', '5s', '7tv', '8b', '$s'];

const substitutions = buildSubstitutions();

let previous = new Float64Array(64);
let current = new Float64Array(64);
let beforePrevious = new Float64Array(64);

/** The cost of typing `typed` for `meant`; Infinity where it is above `limit`. */
export function editCost(typed: string, meant: string, limit: number): number {
  const width = meant.length;
  if (Math.abs(typed.length - width) * DOUBLED > limit) return Number.POSITIVE_INFINITY;
  if (width >= current.length) grow(width * 2);
  previous[0] = 0;
  for (let j = 1; j <= width; j++) previous[j] = previous[j - 1]! + gapCost(meant, j - 1);
  let bestBefore = 0;
  for (let i = 1; i <= typed.length; i++) {
    const best = fillRow(typed, meant, i);
    // Two swapped letters come back from the row before.
    if (Math.min(best, bestBefore + SWAP) > limit) return Number.POSITIVE_INFINITY;
    bestBefore = best;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[width]! <= limit ? previous[width]! : Number.POSITIVE_INFINITY;
}

function fillRow(typed: string, meant: string, i: number): number {
  const letter = typed.charCodeAt(i - 1);
  const gap = gapCost(typed, i - 1);
  let best = previous[0]! + gap;
  current[0] = best;
  for (let j = 1; j <= meant.length; j++) {
    const other = meant.charCodeAt(j - 1);
    let cost =
      previous[j - 1]! +
      (letter === other ? 0 : substitute(letter, other) + (i === 1 && j === 1 ? FIRST_LETTER : 0));
    cost = Math.min(cost, previous[j]! + gap, current[j - 1]! + gapCost(meant, j - 1));
    if (
      i > 1 &&
      j > 1 &&
      letter === meant.charCodeAt(j - 2) &&
      typed.charCodeAt(i - 2) === other &&
      letter !== other
    )
      cost = Math.min(cost, beforePrevious[j - 2]! + SWAP);
    current[j] = cost;
    if (cost < best) best = cost;
  }
  return best;
}

/** A letter too many or too few. */
function gapCost(text: string, at: number): number {
  const letter = text.charCodeAt(at);
  if (letter >= FIRST_SYLLABLE) return SYLLABLE;
  if (at > 0 && letter === text.charCodeAt(at - 1)) return DOUBLED;
  if (at === 0) return INSERT + FIRST_LETTER;
  return letter === 104 || letter === 101 ? SILENT : INSERT;
}

function substitute(a: number, b: number): number {
  if (a < 128 && b < 128) return substitutions[a * 128 + b]!;
  return a >= FIRST_SYLLABLE && b >= FIRST_SYLLABLE ? SYLLABLE : SUBSTITUTE;
}

function grow(size: number): void {
  [previous, current, beforePrevious] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
  ];
}

function buildSubstitutions(): Float32Array {
  const costs = new Float32Array(128 * 128).fill(SUBSTITUTE);
  const set = (a: string, b: string, cost: number) => {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const at = x.charCodeAt(0) * 128 + y.charCodeAt(0);
      costs[at] = Math.min(costs[at]!, cost);
    }
  };
  for (const [row, keys] of KEY_ROWS.entries())
    for (const [column, key] of [...keys].entries()) {
      const below = KEY_ROWS[row + 1] ?? '';
      for (const near of [keys[column + 1], below[column], below[column - 1]])
        if (near) set(key, near, NEIGHBOUR_KEY);
    }
  for (const [groups, cost] of [
    [SOUNDS, SOUND_ALIKE],
    [LOOKS, LOOK_ALIKE],
  ] as const)
    for (const group of groups) for (const a of group) for (const b of group) if (a !== b) set(a, b, cost);
  return costs;
}
