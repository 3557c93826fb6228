import type { Revision } from '../catalogue/catalogue.ts';
import { loadArrays, saveArrays } from '../store/array-file.ts';
import type { Packed } from './packed-shelf.ts';

/** Raised with every change of the arrays, of normalising or of trigrams: files of other versions are built anew. */
const KIND = { name: 'kindred titles', format: 7 };

/** A packed shelf and the catalogue's revision that it shows. */
export interface IndexAt {
  readonly packed: Packed;
  readonly revision: Revision;
}

/** Writes a shelf into one file, which appears whole or not at all. */
export async function saveIndex(file: string, packed: Packed, revision: Revision): Promise<void> {
  await saveArrays(file, KIND, { about: { revision }, arrays: { ...packed } });
}

/** The shelf of a file and the catalogue revision it shows; undefined where the file is missing, damaged or old. */
export async function loadIndex(file: string): Promise<IndexAt | undefined> {
  const loaded = await loadArrays(file, KIND);
  if (!loaded) return undefined;
  const { revision } = loaded.about as { revision: Revision };
  return { packed: loaded.arrays as unknown as Packed, revision };
}
