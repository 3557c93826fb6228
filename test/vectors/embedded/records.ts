import type { Metadata } from '../../../src/vectors/filter.ts';
import type { VectorRecord } from '../../../src/vectors/vector-index.ts';

export const EAST_WEST = { id: 'east-west-2-a-t1', dimensions: 2 };
export const OTHER = { id: 'other-2-b-t1', dimensions: 2 };
export const EAST = Float32Array.of(1, 0);

/** A vector so many degrees away from {@link EAST}. */
export function aRecord(id: string, degrees: number, metadata: Metadata = {}): VectorRecord {
  const angle = (degrees * Math.PI) / 180;
  const values = Float32Array.of(Math.cos(angle), Math.sin(angle));
  return { id, values, metadata: { kind: 'movie', ...metadata }, textHash: `text of ${id}` };
}
