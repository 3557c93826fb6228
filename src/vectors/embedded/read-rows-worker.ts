import { parentPort, workerData } from 'node:worker_threads';
import { type PackedAt, readFrom } from './read-rows.ts';
import { VectorFile } from './vector-file.ts';

const file = VectorFile.open(workerData);
const { rows, position } = await readFrom(file);
file.close();
const { packed } = rows;
const columns = Object.values(packed.columns).map((column) =>
  'values' in column ? column.values : column.numbers,
);
const buffers = [...packed.blocks, ...columns].map(({ buffer }) => buffer);
parentPort!.postMessage({ packed, position } satisfies PackedAt, buffers);
