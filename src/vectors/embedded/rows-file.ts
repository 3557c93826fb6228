import { type FileKind, loadArrays, saveArrays } from '../../store/array-file.ts';
import { FILTERABLE, type Field, METADATA_VERSION } from '../filter.ts';
import type { PackedColumn, PackedColumns } from './columns.ts';
import { type PackedRows, Rows } from './rows.ts';
import type { Position, VectorFile } from './vector-file.ts';

/** All vectors of a file as it was in a state, and where in its history of changes that is. */
export interface RowsAt {
  readonly rows: Rows;
  readonly position: Position;
  readonly state: string;
}

/** `format` is raised with every change of the arrays: of other files the vectors are read again. */
const KIND: FileKind = { name: `kindred rows, metadata ${METADATA_VERSION}`, format: 3 };

/** What is told of the arrays. */
interface About {
  readonly state: string;
  readonly dimensions: number;
  readonly ids: readonly (string | null)[];
  readonly blocks: number;
  /** By field, where its column has such; the first is the unknown. */
  readonly distinct: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * Keeps what was read of a file beside it, as it lies in memory: read again in a tenth of the time. It is good for as
 * long as nobody writes to the file; where somebody does meanwhile, the rows may have followed, and nothing is kept: the
 * state comes back where a crash of the machine takes back the last writes. Rejects where it cannot be written.
 */
export async function keepRows(
  file: VectorFile,
  { rows, state }: Pick<RowsAt, 'rows' | 'state'>,
): Promise<void> {
  const { ids, blocks, columns } = rows.packed;
  const entries = Object.entries(columns);
  const about = {
    state,
    dimensions: file.dimensions,
    ids: ids.map((id) => id ?? null),
    blocks: blocks.length,
    distinct: Object.fromEntries(
      entries.flatMap(([field, column]) => ('distinct' in column ? [[field, column.distinct]] : [])),
    ),
  } satisfies About;
  const arrays = Object.fromEntries([
    ...blocks.map((block, number) => [blockName(number), block] as const),
    ...entries.map(
      ([field, column]) => [columnName(field), 'values' in column ? column.values : column.numbers] as const,
    ),
  ]);
  await saveArrays(pathFor(file), KIND, { about, arrays }, () => file.state === state);
}

/** What {@link keepRows} kept, where the file is still as it was; `undefined` otherwise. */
export async function keptRows(file: VectorFile): Promise<RowsAt | undefined> {
  const kept = await loadArrays(pathFor(file), KIND);
  if (!kept) return undefined;
  const { position } = file;
  const { state, dimensions, ids, blocks, distinct } = kept.about as About;
  if (state !== file.state) return undefined;
  const packed = {
    ids: ids.map((id) => id ?? undefined),
    blocks: Array.from({ length: blocks }, (_, number) => kept.arrays[blockName(number)] as Int16Array),
    columns: columnsOf(kept.arrays, distinct),
  } satisfies PackedRows;
  return { rows: new Rows(dimensions, packed), position, state };
}

function columnsOf(arrays: Readonly<Record<string, unknown>>, distinct: About['distinct']): PackedColumns {
  return Object.fromEntries(
    Object.keys(FILTERABLE).map((field) => {
      const array = arrays[columnName(field)];
      const values = distinct[field]?.map((value) => value ?? undefined);
      return [field, (values ? { numbers: array, distinct: values } : { values: array }) as PackedColumn];
    }),
  ) as Record<Field, PackedColumn>;
}

const blockName = (number: number) => `block ${number}`;
const columnName = (field: string) => `of ${field}`;
const pathFor = ({ path }: VectorFile) => `${path}.rows`;
