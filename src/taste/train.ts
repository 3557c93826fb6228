import { seededRandom } from '../embedding/words/random.ts';
import { costOfNearness, learnAffinity } from './affinity.ts';
import { type MovieContent, NO_CONTENT } from './content.ts';
import { factorise } from './factorise.ts';
import { featuresOf } from './features.ts';
import type { LearnedTaste } from './model.ts';
import { matrixOf, type Rating, type RatingColumns, type RatingMatrix, readRatings } from './ratings.ts';
import { type FeatureRows, Ridge } from './regress.ts';

export interface TrainTasteOptions {
  readonly ratings: Iterable<Rating> | AsyncIterable<Rating>;
  readonly content?: MovieContent;
  /** The same ratings in the same order with the same seed give the same bits. */
  readonly seed?: number;
  readonly settings?: Partial<TasteSettings>;
  readonly onProgress?: (progress: TasteProgress) => void;
  readonly signal?: AbortSignal;
}

export interface TasteSettings {
  readonly factorRank: number;
  readonly affinityRank: number;
  readonly affinitySweeps: number;
  readonly maxSweeps: number;
}

/** After each sweep: how far it is off on ratings that it does not learn from. */
export interface TasteProgress {
  readonly sweep: number;
  readonly maxSweeps: number;
  /** Root mean squared error in stars; `NaN` where there are too few ratings to hold any back. */
  readonly heldBackError: number;
}

const SETTINGS: TasteSettings = { factorRank: 16, affinityRank: 32, affinitySweeps: 8, maxSweeps: 40 };
const SEED = 20_260_101;

/** Ratings held back to see when to stop: a share of all, up to what gives an error to four places. */
const HELD_BACK_SHARE = 0.05;
const MOST_HELD_BACK = 20_000;
/** Stars by which a sweep must be better than the best before, and sweeps without that which end the training. */
const LEAST_GAIN = 1e-4;
const PATIENCE = 3;

const AFFINITY_MAP_PENALTY = 10;

/**
 * Learns where movies stand from what people gave them. Part of the ratings is held back to see when sweeps stop
 * paying; at the end they are learned from, too.
 *
 * @throws RangeError at a rating that is out of range; the signal's reason where it fires.
 */
export async function trainTaste(options: TrainTasteOptions): Promise<LearnedTaste> {
  return learnTaste(await readRatings(options.ratings, options.signal), options);
}

/** {@link trainTaste} of ratings that are read already. */
export async function learnTaste(
  columns: RatingColumns,
  options: Omit<TrainTasteOptions, 'ratings'> = {},
): Promise<LearnedTaste> {
  const { content = NO_CONTENT, seed = SEED, signal } = options;
  const settings = { ...SETTINGS, ...options.settings };
  const all = matrixOf(columns);
  const raters = ratersOf(all);
  const stop = signal ? { signal } : {};
  const affinity = await learnAffinity(all, {
    rank: settings.affinityRank,
    sweeps: settings.affinitySweeps,
    seed,
    ...stop,
  });
  const { learning, heldBack } = holdBack(columns, seed);
  const patience = new Patience(columns, heldBack);
  const factors = await factorise(
    { learning, all },
    featuresOf(all.movies, raters, affinity, settings.affinityRank, content),
    {
      rank: settings.factorRank,
      seed,
      maxSweeps: settings.maxSweeps,
      onSweep: (sweep, predict) => {
        const heldBackError = patience.errorOf(predict);
        options.onProgress?.({ sweep: sweep + 1, maxSweeps: settings.maxSweeps, heldBackError });
        return patience.continues(heldBackError);
      },
      ...stop,
    },
  );
  return {
    movies: all.movies,
    raters,
    factors,
    affinity,
    affinityRank: settings.affinityRank,
    affinityCost: costOfNearness(affinity, settings.affinityRank),
    affinityMap: mapAffinity(all, affinity, settings.affinityRank, content),
    contentId: content.id,
    contentWidth: content.width,
  };
}

/** Tells when sweeps stop paying. */
class Patience {
  readonly #columns: RatingColumns;
  readonly #heldBack: Int32Array;
  #best = Infinity;
  #sweepsWithoutGain = 0;

  constructor(columns: RatingColumns, heldBack: Int32Array) {
    this.#columns = columns;
    this.#heldBack = heldBack;
  }

  errorOf(predict: (person: number, movie: number) => number): number {
    const { person, movie, stars } = this.#columns;
    let squares = 0;
    for (const place of this.#heldBack)
      squares += (stars[place]! - predict(person[place]!, movie[place]!)) ** 2;
    return Math.sqrt(squares / this.#heldBack.length);
  }

  /** Without anything held back, every sweep is taken. */
  continues(error: number): boolean {
    if (Number.isNaN(error)) return true;
    this.#sweepsWithoutGain = error < this.#best - LEAST_GAIN ? 0 : this.#sweepsWithoutGain + 1;
    this.#best = Math.min(this.#best, error);
    return this.#sweepsWithoutGain < PATIENCE;
  }
}

function holdBack(columns: RatingColumns, seed: number): { learning: RatingMatrix; heldBack: Int32Array } {
  const count = columns.stars.length;
  const share = Math.min(HELD_BACK_SHARE, MOST_HELD_BACK / count);
  const random = seededRandom(seed);
  const isHeldBack = Uint8Array.from({ length: count }, () => (random() < share ? 1 : 0));
  const places = Int32Array.from({ length: count }, (_, place) => place);
  return {
    learning: matrixOf(
      columns,
      places.filter((place) => !isHeldBack[place]),
    ),
    heldBack: places.filter((place) => isHeldBack[place]),
  };
}

function ratersOf({ byMovie: { rows, starts } }: RatingMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => starts[row + 1]! - starts[row]!);
}

function mapAffinity(ratings: RatingMatrix, affinity: Float32Array, rank: number, content: MovieContent) {
  const features: FeatureRows = {
    rows: ratings.movies.length,
    width: content.width,
    values: new Float32Array(ratings.movies.length * content.width),
  };
  for (const [row, movie] of ratings.movies.entries())
    features.values.set(content.of(movie) ?? [], row * content.width);
  return new Ridge(features, AFFINITY_MAP_PENALTY).fit(affinity, rank);
}
