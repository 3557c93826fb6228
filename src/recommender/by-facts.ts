import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Movie } from '../catalogue/movie.ts';
import { type Filter, metadataOf, passes } from '../vectors/filter.ts';
import type { FeatureTable } from './features.ts';
import { type RelevanceModel, relevance, signalsOf } from './relevance.ts';
import type { Ranked } from './similar.ts';

/** Comparisons between two breaths of the event loop: a few milliseconds. */
const BREATH = 4000;

/** Movies whose facts are read at a time, and after how many we stop looking for ones that pass the filter. */
const CHUNK = 200;
const MAX_READ = 2000;

interface Parts {
  readonly catalogue: Catalogue;
  readonly features: FeatureTable;
  readonly model: () => RelevanceModel;
}

/**
 * The answer for a seed without a vector: every described movie compared by genres, year and people, well-known ones
 * first among equals. Reads as far down the order as the filter needs, up to a bound.
 */
export async function rankByFacts(
  parts: Parts,
  seeds: readonly Movie[],
  filter: Filter,
  wanted: number,
  signal?: AbortSignal,
): Promise<Ranked[]> {
  const order = await compareAll(parts, seeds, signal);
  const found: Ranked[] = [];
  for (let start = 0; start < Math.min(order.length, MAX_READ) && found.length < wanted; start += CHUNK) {
    const chunk = order.slice(start, start + CHUNK);
    const movies = await parts.catalogue.get(
      chunk.map((each) => each.features.id),
      signal ? { signal } : {},
    );
    for (const each of chunk) {
      const movie = movies.get(each.features.id);
      if (movie && passes(metadataOf(movie), filter)) found.push(each);
    }
  }
  return found;
}

async function compareAll(parts: Parts, seeds: readonly Movie[], signal?: AbortSignal): Promise<Ranked[]> {
  const { features: table } = parts;
  const model = parts.model();
  const excluded = new Set(seeds.map((seed) => seed.id));
  const wanted = seeds.map((seed) => table.of(seed));
  const ranked: Ranked[] = [];
  let compared = 0;
  for (const features of table.all()) {
    if (++compared % BREATH === 0) {
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
    if (excluded.has(features.id)) continue;
    const each = wanted.map((seed) => relevance(signalsOf(seed, features, undefined, table, model), model));
    ranked.push({ features, relevance: each.reduce((sum, value) => sum + value, 0) / each.length });
  }
  return ranked.sort((a, b) => b.relevance - a.relevance || b.features.popularity - a.features.popularity);
}
