import type { Revision } from '../catalogue/catalogue.ts';
import { loadArrays, saveArrays } from '../store/array-file.ts';
import type { Packed } from './packed-shelf.ts';

/** Raised with every change of the arrays, of normalising or of trigrams: files of other versions are built anew. */
const KIND = { name: 'kindred titles', format: 8 };

/** A packed shelf, and what it shows: the catalogue, by its id, and the revision. */
export interface IndexAt {
  readonly packed: Packed;
  readonly catalogue: number;
  readonly revision: Revision;
}

/** Writes a shelf into one file, which appears whole or not at all. */
export async function saveIndex(file: string, { packed, catalogue, revision }: IndexAt): Promise<void> {
  await saveArrays(file, KIND, { about: { catalogue, revision }, arrays: { ...packed } });
}

/** The shelf of a file; undefined where the file is missing, damaged or old. */
export async function loadIndex(file: string): Promise<IndexAt | undefined> {
  const loaded = await loadArrays(file, KIND);
  if (!loaded) return undefined;
  const { catalogue, revision } = loaded.about as Omit<IndexAt, 'packed'>;
  return { packed: loaded.arrays as unknown as Packed, catalogue, revision };
}
