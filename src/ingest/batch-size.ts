/** What a transaction should take, in milliseconds: others wait for it, and for 50 at most. */
const WANTED_MS = 20;

const SMALLEST = 200;
const LARGEST = 1000;

/** Records to a transaction: as many as this machine takes in within the time that others may wait. */
export class BatchSize {
  #size = 400;

  get size(): number {
    return Math.round(this.#size);
  }

  /** Learns from a batch of `records`. */
  took(milliseconds: number, records: number): void {
    if (records < SMALLEST) return;
    const fitting = (records * WANTED_MS) / Math.max(milliseconds, 0.1);
    // Half-way only, so that one slow batch does not make the next ones tiny.
    this.#size = Math.min(LARGEST, Math.max(SMALLEST, (this.#size + fitting) / 2));
  }
}
