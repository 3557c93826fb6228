type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** A list of numbers of one type that grows. */
export class NumberColumn<Type extends Numbers> {
  #values: Type;
  #length = 0;
  readonly #ofLength: new (
    length: number,
  ) => Type;

  constructor(ofLength: new (length: number) => Type) {
    this.#ofLength = ofLength;
    this.#values = new ofLength(FIRST_CAPACITY);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const values = new this.#ofLength(2 * this.#length);
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[this.#length++] = value;
  }

  /** The number at a place below `length`. */
  at(place: number): number {
    return this.#values[place]!;
  }

  /** The numbers at these places, in their order. */
  in(order: Uint32Array): Type {
    const values = new this.#ofLength(order.length);
    for (let at = 0; at < order.length; at++) values[at] = this.#values[order[at]!]!;
    return values;
  }
}

const FIRST_CAPACITY = 1024;
/** Bytes that a UTF-16 unit may take in UTF-8. */
const BYTES_TO_A_UNIT = 3;

/** Strings as UTF-8, end to end. */
export interface PackedStrings {
  /** Where each begins, and the end of the last. */
  readonly start: Uint32Array;
  readonly bytes: Uint8Array;
}

/** A list of strings that grows, as bytes: as objects they would take three times the memory. */
export class StringColumn {
  #bytes = Buffer.alloc(FIRST_CAPACITY);
  readonly #ends = new NumberColumn(Uint32Array);

  get length(): number {
    return this.#ends.length;
  }

  push(text: string): void {
    const start = this.#startOf(this.length);
    const needed = start + BYTES_TO_A_UNIT * text.length;
    if (needed > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * needed);
    this.#ends.push(start + this.#bytes.write(text, start));
  }

  /** The strings at these places, in their order. */
  in(order: Uint32Array): PackedStrings {
    const start = new Uint32Array(order.length + 1);
    for (let at = 0; at < order.length; at++)
      start[at + 1] = start[at]! + this.#ends.at(order[at]!) - this.#startOf(order[at]!);
    const bytes = new Uint8Array(start[order.length]!);
    for (let at = 0; at < order.length; at++)
      bytes.set(this.#bytes.subarray(this.#startOf(order[at]!), this.#ends.at(order[at]!)), start[at]!);
    return { start, bytes };
  }

  #startOf(place: number): number {
    return place === 0 ? 0 : this.#ends.at(place - 1);
  }
}
