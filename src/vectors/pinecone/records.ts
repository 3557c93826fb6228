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

/** Batches that are as large as one request may be. */
export function inBatches(records: readonly PineconeRecord[]): PineconeRecord[][] {
  const batches: PineconeRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const size = sizeOf(record);
    const batch = batches.at(-1);
    if (!batch || size > room || batch.length === MOST_RECORDS) {
      batches.push([record]);
      room = MOST_BYTES - size;
    } else {
      batch.push(record);
      room -= size;
    }
  }
  return batches;
}

/** How many records of so many dimensions fit into one request, for an estimate. */
export function recordsPerRequest(dimensions: number): number {
  return Math.min(MOST_RECORDS, Math.floor(MOST_BYTES / (dimensions * BYTES_PER_VALUE + 600)));
}
