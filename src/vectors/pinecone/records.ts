import { inBatches } from '../../batches.ts';
import type { StoredFields } from './metadata.ts';
import { BYTES_PER_VALUE } from './values.ts';

export interface PineconeRecord {
  readonly id: string;
  readonly values: ArrayLike<number>;
  readonly metadata: StoredFields;
}

/** Ids to a request that fetches: they travel in the address. */
export const FETCH_BATCH = 100;

/** Pinecone takes 2 MB and 1,000 records to a request; some room is left for what surrounds them. */
const MOST_BYTES = 1_900_000;
const MOST_RECORDS = 1_000;

/** Upper bound of a record's size as JSON, in bytes, for unit vectors. */
function sizeOf(record: PineconeRecord): number {
  return (
    record.values.length * BYTES_PER_VALUE +
    Buffer.byteLength(JSON.stringify([record.id, record.metadata])) +
    64
  );
}

/** Records as they travel together. */
export function recordBatches(records: readonly PineconeRecord[]): PineconeRecord[][] {
  return inBatches(records, { items: MOST_RECORDS, size: MOST_BYTES, sizeOf });
}

/** How many records of so many dimensions fit into one request, for an estimate. */
export function recordsPerRequest(dimensions: number): number {
  return Math.min(MOST_RECORDS, Math.floor(MOST_BYTES / (dimensions * BYTES_PER_VALUE + 600)));
}
