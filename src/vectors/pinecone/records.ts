import { inBatches } from '../../batches.ts';
import type { StoredFields } from './metadata.ts';
import { bytesOf, USUAL_BYTES_PER_VALUE } from './values.ts';

export interface PineconeRecord {
  readonly id: string;
  readonly values: ArrayLike<number>;
  readonly metadata: StoredFields;
}

/** Ids to a request that fetches: they travel in the address. */
export const FETCH_BATCH = 100;

/** Pinecone takes 2 MB and 1,000 records to a request; some room is left for what surrounds them. */
const MOST_BYTES = 1_998_000;
const MOST_RECORDS = 1_000;

/** The names of a record's parts and what stands between them, in bytes. */
const AROUND = 40;
/** A film's id and metadata, in bytes. */
const USUAL_FIELDS = 300;

/** Upper bound of a record's size as JSON, in bytes, for unit vectors. */
function sizeOf({ id, values, metadata }: PineconeRecord): number {
  return bytesOf(values) + Buffer.byteLength(JSON.stringify([id, metadata])) + AROUND;
}

/** Records as they travel together. */
export function recordBatches(records: readonly PineconeRecord[]): PineconeRecord[][] {
  return inBatches(records, { items: MOST_RECORDS, size: MOST_BYTES, sizeOf });
}

/** How many records of so many dimensions usually fit into one request, for an estimate. */
export function recordsPerRequest(dimensions: number): number {
  const size = dimensions * USUAL_BYTES_PER_VALUE + USUAL_FIELDS + AROUND;
  return Math.min(MOST_RECORDS, Math.floor(MOST_BYTES / size));
}
