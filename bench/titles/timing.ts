/** How long calls took, in milliseconds. */
export class Stopwatch {
  readonly #times: number[] = [];

  async time<T>(work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.#times.push(performance.now() - start);
    return result;
  }

  /** "p50 0.41 ms, p99 2.9 ms, longest 6.1 ms". */
  toString(): string {
    const sorted = this.#times.toSorted((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
    return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
  }
}
