import type { Catalogue } from '../catalogue/catalogue.ts';
import { FeatureTable } from './features.ts';

const PAGE = 2000;

/** The features of every described movie of a catalogue; their series are for `linkSeries` to find. */
export async function readFeatures(catalogue: Pick<Catalogue, 'described'>): Promise<FeatureTable> {
  const table = new FeatureTable();
  for (let after = 0; ; ) {
    const page = await catalogue.described(after, PAGE);
    for (const movie of page) table.put(movie);
    const last = page.at(-1);
    if (!last) return table;
    after = last.number;
  }
}
