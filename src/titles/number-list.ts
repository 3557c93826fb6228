const FIRST_CAPACITY = 4096;

/** A list of whole numbers that is emptied and filled again without making anything: for what runs with every key press. */
export class NumberList {
  #values = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  /** The number at a place below `length`. */
  at(place: number): number {
    return this.#values[place]!;
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(): void {
    const values = new Uint32Array(2 * this.#values.length);
    values.set(this.#values);
    this.#values = values;
  }
}
