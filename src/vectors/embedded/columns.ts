import { type Condition, FILTERABLE, type Field, type Filter, holds, type Metadata } from '../filter.ts';

/** One field of all rows. `narrow` clears the mask at every row where the condition does not hold. */
interface Column {
  set(row: number, value: Metadata[Field]): void;
  grow(capacity: number): void;
  narrow(condition: Condition, mask: Uint8Array, rows: number): void;
}

/** The metadata of all rows, a column to a field, so that a filter is a few passes over small arrays. */
export class Columns {
  readonly #columns: Record<Field, Column>;

  constructor() {
    const entries = Object.entries(FILTERABLE).map(([field, type]) => [
      field,
      type === 'number' ? new NumberColumn() : new ValueColumn(),
    ]);
    this.#columns = Object.fromEntries(entries);
  }

  set(row: number, metadata: Metadata): void {
    for (const field in this.#columns) this.#columns[field as Field].set(row, metadata[field as Field]);
  }

  grow(capacity: number): void {
    for (const column of Object.values(this.#columns)) column.grow(capacity);
  }

  /** Clears the mask at every row that does not pass; equal to `passes`, row by row. */
  narrow(filter: Filter, mask: Uint8Array, rows: number): void {
    for (const condition of filter) this.#columns[condition.field].narrow(condition, mask, rows);
  }
}

/** Numbers side by side; NaN is unknown, and no comparison with it holds. */
class NumberColumn implements Column {
  #values = new Float64Array(0);

  set(row: number, value: Metadata[Field]): void {
    this.#values[row] = typeof value === 'number' ? value : Number.NaN;
  }

  grow(capacity: number): void {
    const grown = new Float64Array(capacity);
    grown.set(this.#values);
    this.#values = grown;
  }

  narrow(condition: Condition, mask: Uint8Array, rows: number): void {
    const values = this.#values;
    if ('atLeast' in condition) {
      const least = condition.atLeast;
      for (let row = 0; row < rows; row++) if (!(values[row]! >= least)) mask[row] = 0;
    } else if ('atMost' in condition) {
      const most = condition.atMost;
      for (let row = 0; row < rows; row++) if (!(values[row]! <= most)) mask[row] = 0;
    } else {
      for (let row = 0; row < rows; row++)
        if (Number.isNaN(values[row]) || !holds(values[row], condition)) mask[row] = 0;
    }
  }
}

/** Every distinct value once, and its number at each row: a condition is tried once a value, not once a row. */
class ValueColumn implements Column {
  #numbers = new Uint32Array(0);
  readonly #values: Metadata[Field][] = [undefined];
  readonly #numberOf = new Map<Metadata[Field], number>();

  set(row: number, value: Metadata[Field]): void {
    this.#numbers[row] = value === undefined ? 0 : this.#number(value);
  }

  grow(capacity: number): void {
    const grown = new Uint32Array(capacity);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }

  narrow(condition: Condition, mask: Uint8Array, rows: number): void {
    const passing = Uint8Array.from(this.#values, (value) => (holds(value, condition) ? 1 : 0));
    const numbers = this.#numbers;
    for (let row = 0; row < rows; row++) mask[row]! &= passing[numbers[row]!]!;
  }

  #number(value: NonNullable<Metadata[Field]>): number {
    const key = typeof value === 'object' ? JSON.stringify(value) : value;
    let number = this.#numberOf.get(key);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#numberOf.set(key, number);
    }
    return number;
  }
}
