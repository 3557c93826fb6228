/** What is lost by ranking some movies only, and which: beside ranking every movie of the catalogue. */
import type { MovieId } from '../../src/catalogue/movie.ts';
import { arrange } from '../../src/recommender/arrange.ts';
import { cosine } from '../../src/recommender/blend.ts';
import type { Features } from '../../src/recommender/features.ts';
import { answersOf, type Corpus } from '../../src/recommender/fit/corpus.ts';
import type { FittedWeights } from '../../src/recommender/model.ts';
import type { Ranked } from '../../src/recommender/parts.ts';
import { type RelevanceModel, relevance, signalsOf } from '../../src/recommender/relevance.ts';
import { RETRIEVED } from '../../src/recommender/similar-search.ts';
import type { VectorIndex } from '../../src/vectors/vector-index.ts';

/** A list is so long. */
const SHOWN = 50;
const FIRST = 10;

/** Compared with every movie, one film takes a tenth of a second. */
const ASKED = 150;

interface Compared extends Ranked {
  readonly cosine: number;
}

/** Candidates for a seed, of all movies in the order of their cosines. */
type Way = (seed: Features, byText: readonly Compared[]) => readonly Compared[];

export interface Retrieved {
  readonly way: string;
  /** Of the first ten that ranking every movie gives: the share that this gives. */
  readonly sameFirst: number[];
  /** Of the films that the same people like: the share that is shown. */
  readonly wantedShown: number[];
}

export async function measureRetrieval(
  corpus: Corpus,
  index: VectorIndex,
  weights: FittedWeights,
): Promise<Retrieved[]> {
  const everything = await everyMovie(corpus, index);
  const model = { ...weights, cosine: corpus.cosine };
  const ways = waysFor(corpus, model);
  const measured = Object.keys(ways).map((way): Retrieved => ({ way, sameFirst: [], wantedShown: [] }));
  for (const { film, wanted } of answersOf(corpus, 'held back').slice(0, ASKED)) {
    const seed = corpus.films[film]!;
    const byText = compareAll(corpus, model, seed, everything);
    const lists = Object.values(ways).map((way) =>
      arrange(way(seed.features, byText), weights.order, corpus.features.size)
        .slice(0, SHOWN)
        .map(({ features }) => features.id),
    );
    const first = lists[0]!.slice(0, FIRST);
    const liked = [...wanted].map((each) => corpus.films[each]!.features.id);
    for (const [i, list] of lists.entries()) {
      measured[i]!.sameFirst.push(shareIn(list.slice(0, FIRST), first));
      measured[i]!.wantedShown.push(shareIn(list, liked));
    }
  }
  return measured;
}

interface Described {
  readonly features: Features;
  readonly vector: Float32Array;
}

async function everyMovie({ features: table }: Corpus, index: VectorIndex): Promise<Described[]> {
  const movies = table.bestKnown(table.size, ({ kind, adult }) => kind === 'movie' && !adult);
  const vectors = await index.fetch(movies.map(({ id }) => id));
  return movies.flatMap((features) => {
    const vector = vectors.get(features.id);
    return vector ? [{ features, vector }] : [];
  });
}

/** The first ranks every movie: the others are compared with it. */
function waysFor({ features: table }: Corpus, model: RelevanceModel): Record<string, Way> {
  const text =
    (count: number): Way =>
    (_, byText) =>
      byText.slice(0, count);
  const together: Way = (seed, byText) => {
    const passes = ({ id, kind, adult }: Features) => kind === 'movie' && !adult && id !== seed.id;
    const byFacts = new Set(table.closestByFacts([seed], model, RETRIEVED.byFacts, passes));
    return byText.filter(({ features }, place) => place < RETRIEVED.byText || byFacts.has(features));
  };
  return {
    'every movie': (_, byText) => byText,
    '300 by text': text(300),
    '1,000 by text': text(1000),
    [`**${RETRIEVED.byText} by text, ${RETRIEVED.byFacts} by facts**`]: together,
  };
}

/** Every other movie with its relevance to the seed, the nearest by text first. */
function compareAll(
  { features: table }: Corpus,
  model: RelevanceModel,
  seed: Described,
  everything: readonly Described[],
): Compared[] {
  return everything
    .filter(({ features }) => features.id !== seed.features.id)
    .map(({ features, vector }): Compared => {
      const close = cosine(vector, seed.vector);
      const signals = signalsOf(seed.features, features, close, table, model);
      return { features, cosine: close, relevance: relevance(signals, model) };
    })
    .sort((a, b) => b.cosine - a.cosine);
}

/** The share of `wanted` that a list has. */
function shareIn(list: readonly MovieId[], wanted: readonly MovieId[]): number {
  return wanted.filter((id) => list.includes(id)).length / wanted.length;
}
