import { type Condition, FILTERABLE, type Field, type Filter, holds, type Metadata } from '../filter.ts';

/** Numbers as they are, other values as places in a list of the distinct ones. */
export type PackedColumn =
  | { readonly values: Float64Array }
  | { readonly numbers: Uint32Array; readonly distinct: Metadata[Field][] };

/** All columns, to be kept. */
export type PackedColumns = Readonly<Record<Field, PackedColumn>>;

/** One field of all rows. `narrow` clears the mask at every row where the condition does not hold. */
interface Column {
  readonly packed: PackedColumn;
  set(row: number, value: Metadata[Field]): void;
  grow(capacity: number): void;
  narrow(condition: Condition, mask: Uint8Array, rows: number): void;
}

/** The metadata of all rows, a column to a field, so that a filter is a few passes over small arrays. */
export class Columns {
  readonly #columns: Record<Field, Column>;

  constructor(packed?: PackedColumns) {
    const entries = Object.entries(FILTERABLE).map(([field, type]) => [
      field,
      packed ? columnOf(packed[field as Field]) : type === 'number' ? new NumberColumn() : new ValueColumn(),
    ]);
    this.#columns = Object.fromEntries(entries);
  }

  get packed(): PackedColumns {
    const entries = Object.entries(this.#columns).map(([field, column]) => [field, column.packed]);
    return Object.fromEntries(entries);
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

function columnOf(packed: PackedColumn): Column {
  return 'values' in packed
    ? new NumberColumn(packed.values)
    : new ValueColumn(packed.numbers, packed.distinct);
}

/** Numbers side by side; NaN is unknown, and no comparison with it holds. */
class NumberColumn implements Column {
  #values: Float64Array;

  constructor(values: Float64Array = new Float64Array(0)) {
    this.#values = values;
  }

  get packed(): PackedColumn {
    return { values: this.#values };
  }

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
  #numbers: Uint32Array;
  readonly #distinct: Metadata[Field][];
  /** By {@link keyOf}. */
  readonly #numberOf: Map<Metadata[Field], number>;

  constructor(numbers: Uint32Array = new Uint32Array(0), distinct: Metadata[Field][] = [undefined]) {
    this.#numbers = numbers;
    this.#distinct = distinct;
    this.#numberOf = new Map(distinct.map((value, number) => [keyOf(value), number]));
  }

  get packed(): PackedColumn {
    return { numbers: this.#numbers, distinct: this.#distinct };
  }

  set(row: number, value: Metadata[Field]): void {
    this.#numbers[row] = value === undefined ? 0 : this.#number(value);
  }

  grow(capacity: number): void {
    const grown = new Uint32Array(capacity);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }

  narrow(condition: Condition, mask: Uint8Array, rows: number): void {
    const passing = Uint8Array.from(this.#distinct, (value) => (holds(value, condition) ? 1 : 0));
    const numbers = this.#numbers;
    for (let row = 0; row < rows; row++) mask[row]! &= passing[numbers[row]!]!;
  }

  #number(value: NonNullable<Metadata[Field]>): number {
    const key = keyOf(value);
    let number = this.#numberOf.get(key);
    if (number === undefined) {
      number = this.#distinct.push(value) - 1;
      this.#numberOf.set(key, number);
    }
    return number;
  }
}

function keyOf(value: Metadata[Field]): Metadata[Field] {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
