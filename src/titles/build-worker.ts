import { parentPort } from 'node:worker_threads';
import type { TitleRow } from '../catalogue/catalogue.ts';
import { Packer } from './packer.ts';

/** What the worker is told: rows to take in, then `undefined` to pack them. It answers with the arrays, and is done. */
export type BuildMessage = readonly TitleRow[] | undefined;

const packer = new Packer();
const port = parentPort!;
port.on('message', (rows: BuildMessage) => {
  if (rows) return packer.add(rows);
  const packed = packer.pack();
  const buffers = new Set(Object.values(packed).map((array: ArrayBufferView<ArrayBuffer>) => array.buffer));
  port.postMessage(packed, [...buffers]);
  port.close();
});
