/** Names or words as small numbers, with how many movies have each. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[];
  readonly #counts: number[];

  /** @param names Of numbers that are known already, in their order; they occur in no movie yet. */
  constructor(names: readonly string[] = []) {
    this.#names = [...names];
    this.#counts = new Array<number>(names.length).fill(0);
    for (const [number, name] of names.entries()) this.#numbers.set(name.toLowerCase(), number);
  }

  /** All names, in the order of their numbers. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The number of a name; a new one where it was never seen. */
  intern(name: string): number {
    const key = name.toLowerCase();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#names.length);
    this.#counts.push(0);
    return this.#names.push(name) - 1;
  }

  /** Whether some movie of the table has it. */
  has(name: string): boolean {
    return this.countOf(name) > 0;
  }

  /** The same for a name that need not be in the vocabulary. */
  countOf(name: string): number {
    const number = this.#numbers.get(name.toLowerCase());
    return number === undefined ? 0 : this.count(number);
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }

  /** In how many of the table's movies it occurs. */
  count(number: number): number {
    return this.#counts[number] ?? 0;
  }

  add(numbers: readonly number[], times: 1 | -1): void {
    for (const number of numbers) this.#counts[number]! += times;
  }
}
