import type { StoredFields } from './metadata.ts';

export interface PineconeRecord {
  readonly id: string;
  readonly values: number[];
  readonly metadata: StoredFields;
}

/** Ids to a request that fetches: they travel in the address. */
export const FETCH_BATCH = 100;

/** Pinecone takes 2 MB and 1,000 records to a request; some room is left for what surrounds them. */
const MOST_BYTES = 1_900_000;
const MOST_RECORDS = 1_000;

/** Decimals of a value: enough to give single precision back, and half the bytes of its double. */
const PRECISION = 1e9;
/** A minus, "0.", the decimals and a comma. */
const BYTES_PER_VALUE = 13;

/** A vector as it travels: every byte of a request is paid for in time. */
export function roundedValues(vector: Float32Array): number[] {
  const values = new Array<number>(vector.length);
  for (let i = 0; i < vector.length; i++) values[i] = Math.round(vector[i]! * PRECISION) / PRECISION;
  return values;
}

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
