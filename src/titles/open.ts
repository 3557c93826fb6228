import type { CallOptions, Catalogue } from '../catalogue/catalogue.ts';
import { buildPacked } from './build.ts';
import { FollowingTitles, type OpenTitles } from './following-titles.ts';
import { type IndexAt, loadIndex, saveIndex } from './index-file.ts';

export type { OpenTitles } from './following-titles.ts';

export interface OpenTitlesOptions {
  readonly catalogue: Catalogue;
  /** Where the index is kept between starts. It can always be built again from the catalogue. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens the title index: from its file, with what the catalogue wrote since, or built from the catalogue where the
 * file is missing, damaged, of another version or of another catalogue. Rejects with the signal's reason.
 */
export async function openTitles({ catalogue, file, signal }: OpenTitlesOptions): Promise<OpenTitles> {
  const options = signal ? { signal } : {};
  const build = (buildOptions: CallOptions) => buildFrom(catalogue, buildOptions);
  const loaded = await loadIndex(file);
  if (loaded && (await fits(loaded, catalogue, options))) {
    const titles = await FollowingTitles.open({ catalogue, file, build, index: loaded, saved: true });
    if (await titles.catchUp(options)) return titles;
  }
  const index = await build(options);
  // The file is a convenience: where it cannot be written, the next start builds again.
  const saved = await saveIndex(file, index).then(
    () => true,
    () => false,
  );
  const titles = await FollowingTitles.open({ catalogue, file, build, index, saved });
  await titles.catchUp(options);
  return titles;
}

/** The revision is read first: what is written while building comes again as a change. */
async function buildFrom(catalogue: Catalogue, options: CallOptions): Promise<IndexAt> {
  const revision = await catalogue.revision(options);
  const id = await catalogue.catalogueId(options);
  return { packed: await buildPacked(catalogue.titles(options), options.signal), catalogue: id, revision };
}

async function fits(index: IndexAt, catalogue: Catalogue, options: CallOptions): Promise<boolean> {
  if ((await catalogue.catalogueId(options)) !== index.catalogue) return false;
  return index.revision <= (await catalogue.revision(options));
}
