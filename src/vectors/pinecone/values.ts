/** Decimals of a value: enough to give single precision back, and half the bytes of its double. */
const PRECISION = 1e9;

/** "0.", the decimals and a comma; a minus is one more. */
const BYTES_PER_VALUE = 12;
/** Of a unit vector's value, half of which are negative. */
export const USUAL_BYTES_PER_VALUE = BYTES_PER_VALUE + 0.5;
/** The same of any number. */
const BYTES_PER_NUMBER = 26;
/** Up to here a value's billionths are a whole number of 32 bits. */
const SMALL = 2;

/** What the SDK writes for a vector without values. */
const EMPTY = '"values":[]';

/** The characters "000" to "999", three bytes in a number, the first one lowest. */
const DIGITS = Uint32Array.from({ length: 1000 }, (_, i) => {
  const [a = 0, b = 0, c = 0] = Buffer.from(String(i).padStart(3, '0'));
  return a | (b << 8) | (c << 16);
});
const MINUS = 0x2d;
const COMMA = 0x2c;
const ZERO_POINT = 0x2e30;

/** A vector as it travels: every byte of a request is paid for in time. */
export function roundedValues(vector: Float32Array): number[] {
  const values = new Array<number>(vector.length);
  for (let i = 0; i < vector.length; i++) values[i] = Math.round(vector[i]! * PRECISION) / PRECISION;
  return values;
}

/** Upper bound of what {@link withValues} writes for a unit vector, in bytes. */
export function bytesOf(vector: ArrayLike<number>): number {
  let minuses = 0;
  for (let i = 0; i < vector.length; i++) if (vector[i]! < 0) minuses++;
  return vector.length * BYTES_PER_VALUE + minuses;
}

/**
 * Puts vectors, in their order, in the places of the empty ones of a request's body. `JSON.stringify` takes more
 * than three times as long for the same digits, and was the largest part of what indexing cost.
 *
 * @param body JSON, with as many `"values":[]` as there are vectors. Throws where there are not.
 */
export function withValues(body: string, vectors: readonly ArrayLike<number>[]): Uint8Array {
  const parts = body.split(EMPTY);
  if (parts.length !== vectors.length + 1)
    throw new Error(`a request has ${parts.length - 1} places for ${vectors.length} vectors`);
  const room = vectors.reduce((sum, vector) => sum + mostBytes(vector), Buffer.byteLength(body));
  const bytes = Buffer.allocUnsafe(room);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = 0;
  for (const [i, part] of parts.entries()) {
    end += bytes.write(part, end);
    const vector = vectors[i];
    if (!vector) break;
    end += bytes.write('"values":[', end);
    end = vector.length === 0 ? end + 1 : writeValues(view, end, vector);
    // In the place of the last comma.
    bytes[end - 1] = 0x5d;
  }
  return bytes.subarray(0, end);
}

function mostBytes(vector: ArrayLike<number>): number {
  let small = true;
  for (let i = 0; i < vector.length; i++) small &&= Math.abs(vector[i]!) <= SMALL;
  return vector.length * (small ? BYTES_PER_VALUE + 1 : BYTES_PER_NUMBER);
}

/** @returns The end of what was written: each value and a comma after it. */
function writeValues(view: DataView, start: number, vector: ArrayLike<number>): number {
  let end = start;
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i]!;
    if (Math.abs(value) <= SMALL) {
      end = writeBillionths(view, end, Math.round(value * PRECISION) | 0);
    } else {
      for (const character of Buffer.from(`${value},`)) view.setUint8(end++, character);
    }
  }
  return end;
}

function writeBillionths(view: DataView, start: number, billionths: number): number {
  view.setUint8(start, MINUS);
  // Kept where the sign bit is set, written over where it is not.
  const at = start + (billionths >>> 31);
  const size = Math.abs(billionths);
  const thousandths = (size / 1e6) | 0;
  const millionths = (size / 1e3) | 0;
  const whole = (thousandths / 1e3) | 0;
  const first = DIGITS[thousandths - whole * 1000]!;
  const second = DIGITS[millionths - thousandths * 1000]!;
  const third = DIGITS[size - millionths * 1000]!;
  view.setUint32(at, (ZERO_POINT + whole) | (first << 16), true);
  view.setUint32(at + 4, (first >>> 16) | (second << 8), true);
  view.setUint32(at + 8, third | (COMMA << 24), true);
  return at + 12;
}
