import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { PlotSearch } from '../search/plot-search.ts';
import type { Taste } from '../taste/model.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import type { Features, FeatureTable } from './features.ts';
import type { GenreModel } from './genre-model.ts';
import type { RankingModel } from './model.ts';
import type { Series } from './recommender.ts';

/** The index in use, with what belongs to it: asked for once an answer, and kept to its end. */
export interface Serving {
  readonly index: VectorIndex;
  /** The embedder that made the index's vectors. */
  readonly embedder: Embedder;
  readonly model: RankingModel;
}

export interface RecommenderParts {
  readonly catalogue: Catalogue;
  readonly features: FeatureTable;
  readonly plots: PlotSearch;
  /** What tells genres from text; `undefined` before anything was learned. */
  readonly genres: () => Promise<GenreModel | undefined>;
  /** What was learned from ratings; `undefined` where nothing was. A new training may take its place while we run. */
  readonly taste?: () => Taste | undefined;
  /** Another generation of the index may take its place while we run. */
  readonly serving: (signal?: AbortSignal) => Promise<Serving>;
  /** Another index that answers while the one in use cannot be reached. */
  readonly spare?: (signal?: AbortSignal) => Promise<Serving>;
}

/** A movie on its way into a list. */
export interface Ranked {
  readonly features: Features;
  /** 0 to 1: what is shown. */
  readonly relevance: number;
  /** What orders the list, where that is not the relevance: away from something, or towards words. */
  readonly place?: number;
  /** How unusually near its text is to the seeds', in standard deviations; absent where no texts were compared. */
  readonly near?: number;
  /** It stands for its whole series. */
  readonly series?: Series;
}

export function callOptions(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
