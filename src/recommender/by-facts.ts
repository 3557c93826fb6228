import { type Filter, metadataOf, passes } from '../vectors/filter.ts';
import { callOptions, type Ranked, type RecommenderParts } from './parts.ts';
import type { SimilarQuery } from './recommender.ts';
import { type RelevanceModel, relevance, signalsOf } from './relevance.ts';

/** Comparisons between two breaths of the event loop: a few milliseconds. */
const BREATH = 4000;

/** Movies whose facts are read at a time, and after how many we stop looking for ones that pass the filter. */
const CHUNK = 200;
const MAX_READ = 2000;

/**
 * The answer for a seed without a vector: every described movie compared by genres, year and people, well-known ones
 * first among equals. Reads as far down the order as the filter needs, up to a bound.
 */
export async function rankByFacts(
  parts: RecommenderParts,
  model: RelevanceModel,
  query: Pick<SimilarQuery, 'seeds' | 'away' | 'signal'>,
  filter: Filter,
  wanted: number,
): Promise<Ranked[]> {
  const order = await compareAll(parts, model, query);
  const found: Ranked[] = [];
  for (let start = 0; start < Math.min(order.length, MAX_READ) && found.length < wanted; start += CHUNK) {
    const chunk = order.slice(start, start + CHUNK);
    const movies = await parts.catalogue.get(
      chunk.map((each) => each.features.id),
      callOptions(query.signal),
    );
    for (const each of chunk) {
      const movie = movies.get(each.features.id);
      if (movie && passes(metadataOf(movie), filter)) found.push(each);
    }
  }
  return found;
}

async function compareAll(
  { features: table }: RecommenderParts,
  model: RelevanceModel,
  { seeds, away = [], signal }: Pick<SimilarQuery, 'seeds' | 'away' | 'signal'>,
): Promise<Ranked[]> {
  const excluded = new Set([...seeds, ...away].map((movie) => movie.id));
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
