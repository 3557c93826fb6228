import type { Genre } from '../catalogue/genres.ts';
import type { MovieId } from '../catalogue/movie.ts';
import type { PlotHit } from '../search/plot-search.ts';
import { termsOf } from '../search/terms.ts';
import type { Filter } from '../vectors/filter.ts';
import { renown } from './arrange.ts';
import { cosine } from './blend.ts';
import type { FeatureTable } from './features.ts';
import { conditionsOf, type FilterContext } from './filters.ts';
import { genresOfBits } from './genre-bits.ts';
import { type GenreChance, genreAffinity } from './genre-model.ts';
import { leftOut } from './left-out.ts';
import { meaningOf } from './meaning.ts';
import type { RankingModel } from './model.ts';
import { MAX_RESULTS } from './page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import { plotReasons } from './plot-reason.ts';
import type { RankedList } from './recent-lists.ts';
import type { PlotQuery, Remark } from './recommender.ts';
import { standardScore } from './relevance.ts';

/** How many are fetched from each side to be fused. */
export const RETRIEVED = 200;

/**
 * Movies whose story is like a text: what its words find and what its meaning finds, fused. Each side alone misses
 * what the other has: words find names and rare things, vectors find the same thing said differently.
 */
export async function plot(parts: RecommenderParts, query: PlotQuery): Promise<RankedList> {
  const { text, filters, signal } = query;
  const serving = await parts.serving(signal);
  const context: FilterContext = { kind: 'movie', adult: query.adult ?? false };
  const { vector, remarks } = await meaningOf(serving, text, signal);
  const teller = await parts.genres();
  const genres = teller?.predict(text) ?? [];
  const trust = trustInGenres(text);
  const said = genres.filter(({ probability }) => trust * probability >= SURE).map(({ genre }) => genre);
  const words = remarks.some(({ kind }) => kind === 'wordsOnly') ? longWordsOf(text) : text;
  const rank = async (filter: Filter) => {
    const { cosines, ...found } = await retrieve(parts, serving, { words, vector, filter, signal });
    const fused = fuse(parts.features, serving.model, { ...found, cosines, genres, trust });
    return { cosines, list: fused.filter(({ relevance }) => relevance >= LEAST) };
  };
  const { list, cosines } = await rank(conditionsOf(filters, context));
  const closest = async (filter: Filter, limit: number) =>
    (await rank(filter)).list.slice(0, limit).map((each) => each.features.id);
  const narrowed = { filters, context, found: list.length, closest, signal };
  const steered: Remark[] = said.length > 0 && list.length > 0 ? [{ kind: 'plotGenres', genres: said }] : [];
  const all = [...remarks, ...steered, ...(await leftOut(parts, narrowed))];
  return {
    ordered: list.slice(0, MAX_RESULTS),
    remarks: all,
    reasonsFor: reasonsTold({ text: words, genres: said, cosines, spread: serving.model.cosine }),
  };
}

interface Told extends Pick<PlotSides, 'cosines'> {
  readonly text: string;
  readonly genres: readonly Genre[];
  readonly spread: RankingModel['cosine'];
}

/** By itself, as what is made in {@link plot} is kept with the list: it would keep the index. */
function reasonsTold({ text, genres, cosines, spread }: Told): RankedList['reasonsFor'] {
  return ({ features }, movie) =>
    plotReasons({ text, meaning: meaningScore(cosines.get(features.id), { cosine: spread }), genres }, movie);
}

/** Less than one in fifty is no match: a filter that few movies pass would else fill its list with any that do. */
const LEAST = 0.02;

/** How near two meanings are, in standard deviations; chance where it is not known. */
function meaningScore(close: number | undefined, { cosine: spread }: Pick<RankingModel, 'cosine'>): number {
  return close === undefined ? 0 : standardScore(close, { cosine: spread });
}

export interface PlotSides {
  readonly words: readonly PlotHit[];
  /** The cosine of every movie that either side found. */
  readonly cosines: ReadonlyMap<MovieId, number>;
  /** What genres the text tells of; empty where it does not tell. */
  readonly genres: readonly GenreChance[];
  /** How far they steer, 0 to 1: see `trustInGenres`. */
  readonly trust: number;
}

/** So many different words tell no genre at all, and so many tell it as well as the weights were fitted for. */
const GENRE_WORDS = { none: 4, all: 12 } as const;

/** "Robots fall in love" might be any kind of film: few words steer as much less as they are few. */
export function trustInGenres(text: string): number {
  const { none, all } = GENRE_WORDS;
  return Math.min(1, Math.max(0, (termsOf(text).length - none) / (all - none)));
}

/** A genre less probable than this steers a little and is not said: a few words tell little. */
const SURE = 0.5;

/**
 * In a language that the catalogue is not in, short words are articles and the like, which look rare there and mark
 * nothing but names ("de", "los"). All the text where it has no longer ones.
 */
function longWordsOf(text: string): string {
  const long = text.match(/[\p{L}\p{M}\p{N}]+/gu)?.filter((word) => !SHORT_WORD.test(word)) ?? [];
  return long.length > 0 ? long.join(' ') : text;
}

/** In alphabets: in other scripts two signs are a word. */
const SHORT_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{1,3}$/u;

/** How well a movie's genres fit a text of which one or the other is not known: as those of unrelated movies do. */
const UNKNOWN_AFFINITY = 0.2;

interface Retrieval {
  /** What is looked for by words. */
  readonly words: string;
  readonly vector: Float32Array | undefined;
  readonly filter: Filter;
  readonly signal: AbortSignal | undefined;
}

async function retrieve(
  { plots }: RecommenderParts,
  { index }: Serving,
  { words: text, vector, filter, signal }: Retrieval,
): Promise<Pick<PlotSides, 'words' | 'cosines'>> {
  const call = callOptions(signal);
  const [words, meaning] = await Promise.all([
    plots.search(text, { limit: RETRIEVED, filter, ...call }),
    vector ? index.query(vector, { topK: RETRIEVED, filter, ...call }) : [],
  ]);
  const cosines = new Map(meaning.map((hit) => [hit.id, hit.score]));
  if (vector) {
    const missing = words.map((hit) => hit.id).filter((id) => !cosines.has(id));
    for (const [id, values] of await index.fetch(missing, call)) cosines.set(id, cosine(vector, values));
  }
  return { words, cosines };
}

/** One relevance from words, meaning and genres. A movie that the words did not find has none of them. */
export function fuse(
  table: FeatureTable,
  { plot: weights, cosine: spread, order }: Pick<RankingModel, 'plot' | 'cosine' | 'order'>,
  { words, cosines, genres, trust }: PlotSides,
): Ranked[] {
  const scores = new Map(words.map((hit) => [hit.id, hit.score]));
  const ranked = [...new Set([...scores.keys(), ...cosines.keys()])].flatMap((id): Ranked[] => {
    const features = table.get(id);
    if (!features) return [];
    const text = meaningScore(cosines.get(id), { cosine: spread });
    const isTold = genres.length > 0 && features.genres !== 0;
    const affinity = isTold ? genreAffinity(genres, genresOfBits(features.genres)) : UNKNOWN_AFFINITY;
    const kind = UNKNOWN_AFFINITY + trust * (affinity - UNKNOWN_AFFINITY);
    const sum =
      weights.bias + weights.text * text + weights.words * (scores.get(id) ?? 0) + weights.genres * kind;
    return [{ features, relevance: 1 / (1 + Math.exp(-sum)) }];
  });
  // In proportion: among hits of a few percent, fame must not outweigh what the text says.
  const place = ({ relevance, features }: Ranked) =>
    relevance * (1 + order.popularity * renown(features, table.size));
  return ranked.sort((a, b) => place(b) - place(a) || a.features.number - b.features.number);
}
