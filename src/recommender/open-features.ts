import { setImmediate } from 'node:timers/promises';
import type { CallOptions, Catalogue, Revision } from '../catalogue/catalogue.ts';
import { type FeaturesAt, keepFeatures, keptFeatures } from './feature-file.ts';
import type { FeatureTable } from './features.ts';
import { readFeatures } from './read-features.ts';

export interface OpenFeaturesOptions {
  readonly catalogue: Pick<Catalogue, 'described' | 'changesSince' | 'catalogueId' | 'revision'>;
  /** Where features are kept between starts. They can always be read from the catalogue again. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

export interface OpenFeatures {
  readonly features: FeatureTable;
  /** Writes the file where it does not hold what was opened, and there is enough for it to be worth it. */
  keep(): Promise<void>;
}

/** Fewer are read from the catalogue in a tenth of a second. */
const WORTH_KEEPING = 5000;

/** After more changes than this everything is read anew. */
const MAX_CHANGES = 5000;
const CHANGES_AT_ONCE = 200;

/**
 * The features of every described movie: from their file with what the catalogue wrote since, or from the catalogue
 * where the file is missing, damaged, of another version or of another catalogue. Their series are for `linkSeries` to
 * find.
 */
export async function openFeatures({ catalogue, file, signal }: OpenFeaturesOptions): Promise<OpenFeatures> {
  const call = signal ? { signal } : {};
  const id = await catalogue.catalogueId(call);
  const kept = await keptFeatures(file);
  // The revision first: what is written while reading comes again as a change.
  const revision = await catalogue.revision(call);
  const isOfThis = kept?.catalogue === id && kept.revision <= revision;
  const isGood = isOfThis && (await catchUp(kept, catalogue, call));
  const table = isGood ? kept.table : await readFeatures(catalogue);
  return {
    features: table,
    async keep() {
      if (table.size < WORTH_KEEPING || (isGood && kept.revision === revision)) return;
      await keepFeatures(file, { table, catalogue: id, revision });
    },
  };
}

/** Takes in what was written since; false where reading anew is quicker. */
async function catchUp(
  { table, revision }: FeaturesAt,
  catalogue: OpenFeaturesOptions['catalogue'],
  call: CallOptions,
): Promise<boolean> {
  let seen: Revision = revision;
  for (let changed = 0; changed <= MAX_CHANGES; ) {
    const changes = await catalogue.changesSince(seen, CHANGES_AT_ONCE, call);
    if (changes.revision === seen) return true;
    table.apply(changes);
    changed += changes.titles.length + changes.gone.length;
    seen = changes.revision;
    await setImmediate();
  }
  return false;
}
