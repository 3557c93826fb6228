import { type Condition, FILTERABLE, type Filter, type Metadata, metadataHash } from '../filter.ts';
import type { StoredState } from '../vector-index.ts';

/** What Pinecone keeps beside a vector: strings, numbers, booleans and lists of strings; never null. */
export type StoredFields = Record<string, string | number | boolean | string[]>;

/** Beside the declared fields: what tells whether the vector and its metadata are still what they should be. */
const TEXT_HASH = 'text_hash';
const METADATA_HASH = 'metadata_hash';

export function storedFields(metadata: Metadata, textHash: string): StoredFields {
  const fields = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(fields), [TEXT_HASH]: textHash, [METADATA_HASH]: metadataHash(metadata) };
}

/** Absent where an older version, or somebody else, wrote the fields: the vector is then made anew. */
export function storedState(fields: Readonly<Record<string, unknown>> | undefined): StoredState | undefined {
  const textHash = fields?.[TEXT_HASH];
  const hash = fields?.[METADATA_HASH];
  if (typeof textHash !== 'string' || typeof hash !== 'string') return undefined;
  return { textHash, metadataHash: hash };
}

/** A filter in Pinecone's query language, with the meaning of `passes`; `undefined` lets everything pass. */
export function pineconeFilter(filter: Filter): { $and: object[] } | undefined {
  return filter.length === 0 ? undefined : { $and: filter.flatMap(conditionsOf) };
}

function conditionsOf(condition: Condition): object[] {
  const { field } = condition;
  if ('is' in condition) return [{ [field]: { $eq: condition.is } }];
  if ('atLeast' in condition) return [{ [field]: { $gte: condition.atLeast } }];
  if ('atMost' in condition) return [{ [field]: { $lte: condition.atMost } }];
  // On a field that is not there, "not" holds for Pinecone and does not for us.
  const differs = FILTERABLE[field] === 'list' ? { $nin: [condition.not] } : { $ne: condition.not };
  return [{ [field]: { $exists: true } }, { [field]: differs }];
}
