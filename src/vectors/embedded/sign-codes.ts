import { seededRandom } from '../../embedding/words/random.ts';

/** Bits to a code: as many random directions, whatever the dimensions of the vectors. */
const BITS = 4 ** 4;
const WORDS = BITS / 32;

/**
 * A code of 256 bits to a vector, whose Hamming distance to another code tells roughly how far the two vectors point
 * apart: what to look at more closely. (Binary quantisation after a randomised Hadamard transform.)
 *
 * Bit i tells on which side of the i-th random direction the vector lies, seen from the centre of all vectors. The
 * signs of the dimensions themselves would be worse bits, for the first dimensions say much more than the last: on
 * 57,000 films the true 10 nearest are then among the 1,000 nearest codes in 91 % of cases, with the transform in 99.7 %.
 */
export class SignCodes {
  #codes = new Int32Array(0);
  #distances = new Uint16Array(0);
  readonly #centre: Float32Array;
  readonly #signs: readonly [first: Float64Array, second: Float64Array];
  readonly #turned = new Float64Array(BITS);

  /** @param centre What is taken off every vector: the mean of all, or of many. */
  constructor(centre: Float32Array) {
    const random = seededRandom(1);
    const signs = (length: number) => Float64Array.from({ length }, () => (random() < 0.5 ? -1 : 1));
    this.#centre = centre;
    this.#signs = [signs(centre.length), signs(BITS)];
  }

  grow(capacity: number): void {
    const codes = new Int32Array(capacity * WORDS);
    codes.set(this.#codes);
    this.#codes = codes;
    this.#distances = new Uint16Array(capacity);
  }

  set(row: number, vector: Float32Array): void {
    this.#codes.set(this.#encode(vector), row * WORDS);
  }

  /**
   * The rows whose mask is set and whose codes are nearest to that of `query`: `wanted` of them, and all that are as
   * near as the last, so that the answer does not depend on the order of rows.
   */
  nearest(query: Float32Array, mask: Uint8Array, rows: number, wanted: number): Uint32Array {
    const counts = this.#measure(this.#encode(query), mask, rows);
    let limit = 0;
    let found = counts[0]!;
    while (found < wanted && limit < BITS) found += counts[++limit]!;
    const nearest = new Uint32Array(found);
    const distances = this.#distances;
    for (let row = 0, next = 0; next < found; row++)
      if (mask[row] && distances[row]! <= limit) nearest[next++] = row;
    return nearest;
  }

  /** Notes the distance of every row whose mask is set; answers how many lie at each distance. */
  #measure(code: Int32Array, mask: Uint8Array, rows: number): Uint32Array {
    const counts = new Uint32Array(BITS + 1);
    const codes = this.#codes;
    const distances = this.#distances;
    const [c0, c1, c2, c3, c4, c5, c6, c7] = code as unknown as Octet;
    for (let row = 0; row < rows; row++) {
      if (mask[row] === 0) continue;
      const at = row * WORDS;
      // Bits are counted in fields of four, of which three fit together, and only then added up.
      const a = fours(codes[at]! ^ c0) + fours(codes[at + 1]! ^ c1) + fours(codes[at + 2]! ^ c2);
      const b = fours(codes[at + 3]! ^ c3) + fours(codes[at + 4]! ^ c4) + fours(codes[at + 5]! ^ c5);
      const c = fours(codes[at + 6]! ^ c6) + fours(codes[at + 7]! ^ c7);
      const eights = halves(a) + halves(b) + halves(c);
      const sixteens = (eights & 0x00ff00ff) + ((eights >>> 8) & 0x00ff00ff);
      const distance = (sixteens + (sixteens >>> 16)) & 0xffff;
      distances[row] = distance;
      counts[distance]!++;
    }
    return counts;
  }

  #encode(vector: Float32Array): Int32Array {
    const turned = this.#turn(vector);
    const code = new Int32Array(WORDS);
    for (let i = 0; i < BITS; i++) if (turned[i]! > 0) code[i >>> 5]! |= 1 << (i & 31);
    return code;
  }

  /**
   * Random signs and a Walsh-Hadamard transform, twice: as good as a random rotation, at a twentieth of the work. More
   * than 256 dimensions are folded onto 256 on the way.
   */
  #turn(vector: Float32Array): Float64Array {
    const turned = this.#turned.fill(0);
    const [first, second] = this.#signs;
    for (let i = 0; i < vector.length; i++) turned[i % BITS]! += first[i]! * (vector[i]! - this.#centre[i]!);
    hadamard(turned);
    for (let i = 0; i < BITS; i++) turned[i]! *= second[i]!;
    hadamard(turned);
    return turned;
  }
}

type Octet = readonly [number, number, number, number, number, number, number, number];

/** How many bits are set in each group of four. */
function fours(word: number): number {
  const twos = word - ((word >>> 1) & 0x55555555);
  return (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
}

/** Neighbouring fields of four bits, added into fields of eight. */
function halves(word: number): number {
  return (word & 0x0f0f0f0f) + ((word >>> 4) & 0x0f0f0f0f);
}

/** The fast Walsh-Hadamard transform, in place, two levels in one go. The length is a power of four. */
function hadamard(values: Float64Array): void {
  const { length } = values;
  for (let step = 1; step < length; step *= 4)
    for (let start = 0; start < length; start += 4 * step)
      for (let i = start; i < start + step; i++) {
        const a = values[i]! + values[i + step]!;
        const b = values[i]! - values[i + step]!;
        const c = values[i + 2 * step]! + values[i + 3 * step]!;
        const d = values[i + 2 * step]! - values[i + 3 * step]!;
        values[i] = a + c;
        values[i + step] = b + d;
        values[i + 2 * step] = a - c;
        values[i + 3 * step] = b - d;
      }
}
