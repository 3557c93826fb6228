import type { MovieId } from '../catalogue/movie.ts';
import { EmbeddingUnavailable } from '../embedding/embedder.ts';
import type { PlotHit } from '../search/plot-search.ts';
import type { Filter } from '../vectors/filter.ts';
import type { Neighbour } from '../vectors/vector-index.ts';
import { conditionsOf } from './filters.ts';
import { pageOf } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import { plotReason } from './plot-reason.ts';
import type { PlotQuery, RecommendationPage, Remark } from './recommender.ts';

/** How many are fetched from each side to be fused. */
const RETRIEVED = 200;

/** A text of which the embedder knows less than this share of the telling words is in no language it was taught. */
const KNOWN_ENOUGH = 0.4;

/** What popularity may add to the order: it settles near ties, and no percentage shown changes by it. */
const POPULARITY_WEIGHT = 0.05;

/**
 * Movies whose story is like a text: what its words find and what its meaning finds, fused. Each side alone misses
 * what the other has: words find names and rare things, vectors find the same thing said differently.
 */
export async function plot(parts: RecommenderParts, query: PlotQuery): Promise<RecommendationPage> {
  const remarks: Remark[] = [];
  const serving = await parts.serving(query.signal);
  const filter = conditionsOf(query.filters, { kind: 'movie', adult: query.adult ?? false });
  const [words, meaning] = await Promise.all([
    parts.plots.search(query.text, { limit: RETRIEVED, filter, ...callOptions(query.signal) }),
    byMeaning(serving, query, filter, remarks),
  ]);
  return pageOf(parts, fuse(parts, serving, words, meaning), query, remarks, (_, movie) => [
    plotReason(query.text, movie),
  ]);
}

async function byMeaning(
  { embedder, index }: Serving,
  { text, signal }: PlotQuery,
  filter: Filter,
  remarks: Remark[],
): Promise<Neighbour[]> {
  if (embedder.knownShare && embedder.knownShare(text) < KNOWN_ENOUGH) {
    remarks.push({ kind: 'wordsOnly' });
    return [];
  }
  const [vector] = await embedder
    .embed([text], { task: 'query', ...callOptions(signal) })
    .catch((error): [undefined] => {
      if (!(error instanceof EmbeddingUnavailable)) throw error;
      remarks.push({ kind: 'meaningAway' });
      return [undefined];
    });
  return vector ? index.query(vector, { topK: RETRIEVED, filter, ...callOptions(signal) }) : [];
}

/**
 * One relevance from both sides. What only one side found is given the other's worst: being absent from the best
 * two hundred says that it is at most that good.
 */
function fuse(
  parts: RecommenderParts,
  { model }: Serving,
  words: readonly PlotHit[],
  meaning: readonly Neighbour[],
): Ranked[] {
  const wordScores = new Map<MovieId, number>(words.map((hit) => [hit.id, hit.score]));
  const cosines = new Map<MovieId, number>(meaning.map((hit) => [hit.id, hit.score]));
  const { mean, deviation } = model.cosine;
  const leastCosine = meaning.at(-1)?.score ?? mean;
  const ranked = [...new Set([...wordScores.keys(), ...cosines.keys()])].flatMap((id) => {
    const features = parts.features.get(id);
    if (!features) return [];
    const text = ((cosines.get(id) ?? leastCosine) - mean) / deviation;
    const sum = model.plot.bias + model.plot.text * text + model.plot.words * (wordScores.get(id) ?? 0);
    return [{ features, relevance: 1 / (1 + Math.exp(-sum)) }];
  });
  const place = ({ relevance, features }: Ranked) => relevance + POPULARITY_WEIGHT * features.popularity;
  return ranked.sort((a, b) => place(b) - place(a) || a.features.number - b.features.number);
}
