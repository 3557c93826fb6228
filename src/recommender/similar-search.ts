import { isThin, type Movie, type MovieId } from '../catalogue/movie.ts';
import type { Filter } from '../vectors/filter.ts';
import { blend } from './blend.ts';
import { closestByFacts } from './by-facts.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from './parts.ts';
import type { SimilarQuery } from './recommender.ts';
import { type Blend, type BlendSide, type Candidate, scoreBlend, scoreOne } from './score.ts';

/**
 * How many are fetched to be ranked: the nearest by text, those that share most else, and those that the same people
 * like. Together they hold what ranking every movie would put in front (`docs/ranking.md`); by text alone it would take
 * thousands.
 */
export const RETRIEVED = { byText: 150, byFacts: 100, byRatings: 50 } as const;

/** A search for what is like movies and words, run under one filter or another. */
export class SimilarSearch {
  readonly #parts: RecommenderParts;
  readonly #serving: Serving;
  readonly #query: SimilarQuery;
  readonly #blend: Blend;
  /** Where to look; undefined where no seed has a vector. */
  readonly #direction: Float32Array | undefined;

  private constructor(parts: RecommenderParts, serving: Serving, query: SimilarQuery, sides: Blend) {
    this.#parts = parts;
    this.#serving = serving;
    this.#query = query;
    this.#blend = sides;
    this.#direction = blend(vectorsOf(sides.towards), vectorsOf(sides.away));
  }

  /** Fetches and makes the vectors that the query starts from. */
  static async begin(parts: RecommenderParts, serving: Serving, query: SimilarQuery): Promise<SimilarSearch> {
    const { seeds, away = [], words = [], signal } = query;
    const described = [...seeds, ...away].filter((movie) => !isThin(movie)).map((movie) => movie.id);
    const stored = await serving.index.fetch(described, callOptions(signal));
    const typed = words.length > 0 ? await embedWords(serving, words, signal) : [];
    const sideOf = (movies: readonly Movie[], isAway: boolean): BlendSide => ({
      movies: movies.map((movie) => ({ features: parts.features.of(movie), vector: stored.get(movie.id) })),
      words: typed.filter((each) => each.away === isAway).map((each) => each.vector),
    });
    return new SimilarSearch(parts, serving, query, {
      towards: sideOf(seeds, false),
      away: sideOf(away, true),
    });
  }

  /** Whether a seed has a stored vector. */
  hasVector(seed: Movie): boolean {
    return this.#blend.towards.movies.some(({ features, vector }) => features.id === seed.id && vector);
  }

  /** All that pass and might come into the list, with their relevance, in no order. */
  async rank(filter: Filter): Promise<Ranked[]> {
    const { features: table } = this.#parts;
    const found = await this.#retrieve(filter);
    const seed = this.#onlySeed();
    return seed
      ? scoreOne(table, this.#serving.model, seed, found)
      : scoreBlend(table, this.#serving, this.#blend, found, this.#query.signal);
  }

  /** The closest that pass, the closest first. */
  async closest(filter: Filter, limit: number): Promise<MovieId[]> {
    return this.#direction
      ? (await this.#byText(this.#direction, filter, limit)).map(({ id }) => id)
      : this.#byFacts(filter, limit);
  }

  /** The seed where it is one movie and nothing else: the search itself tells how near the others are. */
  #onlySeed() {
    const { towards, away } = this.#blend;
    const others = towards.words.length + away.movies.length + away.words.length;
    return towards.movies.length === 1 && others === 0 ? towards.movies[0]!.features : undefined;
  }

  async #retrieve(filter: Filter): Promise<Candidate[]> {
    const { byText, byFacts } = RETRIEVED;
    if (!this.#direction) return this.#byFacts(filter, byText + byFacts).map((id) => ({ id }));
    const also = [...this.#byFacts(filter, byFacts), ...this.#byRatings()];
    return this.#byText(this.#direction, filter, byText, also);
  }

  #byText(vector: Float32Array, filter: Filter, topK: number, also: readonly MovieId[] = []) {
    const options = { topK, filter, exclude: this.#exclude(), also, ...callOptions(this.#query.signal) };
    return this.#serving.index.query(vector, options);
  }

  #byFacts(filter: Filter, wanted: number): MovieId[] {
    const options = { wanted, filter, exclude: this.#exclude() };
    return closestByFacts(this.#parts, this.#serving.model, this.#query.seeds, options).map(({ id }) => id);
  }

  #byRatings(): MovieId[] {
    const taste = this.#parts.taste?.();
    return this.#query.seeds.flatMap(({ id }) => taste?.closestTo(id, RETRIEVED.byRatings) ?? []);
  }

  #exclude(): MovieId[] {
    const { seeds, away = [] } = this.#query;
    return [...seeds, ...away].map(({ id }) => id);
  }
}

function vectorsOf({ movies, words }: BlendSide): Float32Array[] {
  return [...movies.flatMap((movie) => movie.vector ?? []), ...words];
}

/** The vectors of free words; words that mean nothing to the embedder have none. */
async function embedWords(
  { embedder }: Serving,
  words: NonNullable<SimilarQuery['words']>,
  signal: AbortSignal | undefined,
): Promise<{ vector: Float32Array; away: boolean }[]> {
  const texts = words.map((each) => each.text);
  const vectors = await embedder.embed(texts, { task: 'query', ...callOptions(signal) });
  return vectors.flatMap((vector, index) => (vector ? [{ vector, away: words[index]!.away }] : []));
}
