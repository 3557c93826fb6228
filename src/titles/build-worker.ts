import { parentPort } from 'node:worker_threads';
import type { TitleRow } from '../catalogue/catalogue.ts';
import type { Packed } from './packed-shelf.ts';
import { Packer } from './packer.ts';

/** What the worker is told: rows to take in, one page after the other, then `undefined` to pack them. */
export type BuildMessage = readonly TitleRow[] | undefined;

/** What it answers: nothing to rows that it has taken in, at last the arrays, and is done. */
export type BuildAnswer = Packed | undefined;

const packer = new Packer();
const port = parentPort!;
port.on('message', (rows: BuildMessage) => {
  if (rows) {
    packer.add(rows);
    return port.postMessage(undefined satisfies BuildAnswer);
  }
  const packed = packer.pack();
  const buffers = new Set(Object.values(packed).map((array: ArrayBufferView<ArrayBuffer>) => array.buffer));
  port.postMessage(packed satisfies BuildAnswer, [...buffers]);
  port.close();
});
