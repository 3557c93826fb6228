/** Values of a field laid side by side: numbers as they are, NaN for the unknown; of anything else a place. */
export class ColumnWriter {
  readonly values: Float64Array | Uint32Array;
  /** Of what is no number, in the order of their places, which count from 1. */
  readonly distinct: unknown[] | undefined;
  readonly #placeOf = new Map<string, number>();

  constructor(type: string, rows: number) {
    this.values = type === 'number' ? new Float64Array(rows) : new Uint32Array(rows);
    if (type !== 'number') this.distinct = [];
  }

  set(row: number, value: unknown): void {
    this.values[row] = this.distinct ? this.#place(this.distinct, value) : ((value ?? Number.NaN) as number);
  }

  #place(distinct: unknown[], value: unknown): number {
    if (value === undefined) return 0;
    const key = JSON.stringify(value);
    const known = this.#placeOf.get(key);
    if (known !== undefined) return known;
    const place = distinct.push(value);
    this.#placeOf.set(key, place);
    return place;
  }
}

/** Answers what a {@link ColumnWriter} was given for a row; what rows have in common is one value in memory. */
export function columnReader(
  values: ArrayLike<number>,
  distinct: readonly unknown[] | undefined,
): (row: number) => unknown {
  if (distinct) return (row) => distinct[values[row]! - 1];
  return (row) => (Number.isNaN(values[row]) ? undefined : values[row]);
}

/** Lists of small integers laid end to end, with how long each is. */
export class ListWriter {
  readonly lengths: Uint16Array;
  readonly #members: number[] = [];

  constructor(rows: number) {
    this.lengths = new Uint16Array(rows);
  }

  get members(): Uint32Array {
    return Uint32Array.from(this.#members);
  }

  set(row: number, list: readonly number[]): void {
    this.lengths[row] = list.length;
    for (const member of list) this.#members.push(member);
  }
}

/** Answers what a {@link ListWriter} was given, row after row. */
export function listReader(lengths: ArrayLike<number>, members: ArrayLike<number>): () => number[] {
  let row = 0;
  let at = 0;
  return () => {
    const list = new Array<number>(lengths[row++]!);
    for (let i = 0; i < list.length; i++) list[i] = members[at++]!;
    return list;
  };
}
