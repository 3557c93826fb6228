/** Writes small numbers into a growing byte string. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }

  /** LEB128: seven bits a byte, least significant first. `value` is a safe non-negative integer. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  ascii(text: string): void {
    for (let index = 0; index < text.length; index++) this.byte(text.charCodeAt(index));
  }

  append(bytes: Uint8Array): void {
    for (const value of bytes) this.byte(value);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what {@link ByteWriter} wrote. Throws RangeError past the end: the bytes are untrusted. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('the bytes end too early');
    return value;
  }

  varint(): number {
    let value = 0;
    for (let shift = 1; shift <= 0x80 ** 6; shift *= 0x80) {
      const next = this.byte();
      value += (next & 0x7f) * shift;
      if (next < 0x80) return value;
    }
    throw new RangeError('a number is too long');
  }

  ascii(length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += String.fromCharCode(this.byte());
    return text;
  }

  take(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.byte());
  }
}
