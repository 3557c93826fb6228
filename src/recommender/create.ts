import { seriesOf } from './fold-series.ts';
import { modelWith } from './model.ts';
import { neighbourhood } from './neighbourhood.ts';
import { pageOf } from './page.ts';
import { similarity } from './pairs.ts';
import type { RecommenderParts } from './parts.ts';
import { forYou } from './personal/for-you.ts';
import { forGroup } from './personal/group.ts';
import { starters } from './personal/starters.ts';
import { plot } from './plot.ts';
import { type RankedList, RecentLists } from './recent-lists.ts';
import type { PlotQuery, Recommender, SimilarQuery } from './recommender.ts';
import { similar } from './similar.ts';
import { markedSpare, orSpare } from './spare.ts';
import { understands } from './understand.ts';

export function createRecommender(given: RecommenderParts): Recommender {
  const parts = withTaste(given);
  const recent = new RecentLists();
  const begun = async <Q extends SimilarQuery | PlotQuery>(
    query: Q,
    make: (parts: RecommenderParts, query: Q) => Promise<RankedList>,
  ) => {
    const list = await recent.of(query, () => orSpare(parts, (from) => make(from, query), markedSpare));
    return pageOf(parts, list, query);
  };
  return {
    similar: (query) => begun(query, similar),
    plot: (query) => begun(query, plot),
    similarity: (a, b, options) => orSpare(parts, (from) => similarity(from, a, b, options?.signal)),
    neighbourhood: (seed, options) => orSpare(parts, (from) => neighbourhood(from, seed, options)),
    understands: (words) => orSpare(parts, (from) => understands(from, words)),
    forYou: (query) => orSpare(parts, (from) => forYou(from, query), markedSpare),
    forGroup: (query) => orSpare(parts, (from) => forGroup(from, query), markedSpare),
    starters: (query) => orSpare(parts, (from) => starters(from, query)),
    seriesOf: (movie, options) => seriesOf(parts, movie, options),
  };
}

/** Ratings, where anything was learned from them, take part in the relevance of every list. */
function withTaste(parts: RecommenderParts): RecommenderParts {
  const { taste, serving, spare } = parts;
  if (!taste) return parts;
  const rated = (from: RecommenderParts['serving']) => async (signal?: AbortSignal) => {
    const served = await from(signal);
    return { ...served, model: modelWith(served.model, taste()) };
  };
  return { ...parts, serving: rated(serving), ...(spare && { spare: rated(spare) }) };
}
