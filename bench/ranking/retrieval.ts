/** What is lost by ranking some movies only, and which: beside ranking every movie of the catalogue. */
import { arrange } from '../../src/recommender/arrange.ts';
import type { Features } from '../../src/recommender/features.ts';
import { answersOf, type Corpus } from '../../src/recommender/fit/corpus.ts';
import type { FittedWeights } from '../../src/recommender/model.ts';
import type { Ranked } from '../../src/recommender/parts.ts';
import { relevance, signalsOf } from '../../src/recommender/relevance.ts';
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
  const model = { ...weights, cosine: corpus.cosine };
  const { features: table } = corpus;
  const everything = table.bestKnown(table.size, ({ kind, adult }) => kind === 'movie' && !adult);
  const vectors = await index.fetch(everything.map(({ id }) => id));
  const byFacts =
    (count: number): Way =>
    (seed, byText) => {
      const wanted = new Set(table.closestByFacts([seed], model, count + 1, ({ kind }) => kind === 'movie'));
      return byText.filter(({ features }) => wanted.has(features));
    };
  const together =
    (a: Way, b: Way): Way =>
    (seed, byText) => [...new Set([...a(seed, byText), ...b(seed, byText)])];
  const ways: Record<string, Way> = {
    'every movie': (_, byText) => byText,
    '300 by text': (_, byText) => byText.slice(0, 300),
    '1,000 by text': (_, byText) => byText.slice(0, 1000),
    '**150 by text, 100 by facts**': together((_, byText) => byText.slice(0, 150), byFacts(100)),
  };
  const measured = Object.keys(ways).map((way): Retrieved => ({ way, sameFirst: [], wantedShown: [] }));
  for (const { film, wanted } of answersOf(corpus, 'held back').slice(0, ASKED)) {
    const seed = corpus.films[film]!;
    const wantedIds = new Set([...wanted].map((each) => corpus.films[each]!.features.id));
    const byText = everything
      .flatMap((features): Compared[] => {
        const vector = vectors.get(features.id);
        if (!vector || features.id === seed.features.id) return [];
        const cosine = vector.reduce((sum, value, i) => sum + value * seed.vector[i]!, 0);
        return [
          {
            features,
            cosine,
            relevance: relevance(signalsOf(seed.features, features, cosine, table, model), model),
          },
        ];
      })
      .sort((a, b) => b.cosine - a.cosine);
    const shown = Object.values(ways).map((way) =>
      arrange(way(seed.features, byText), weights.order)
        .slice(0, SHOWN)
        .map(({ features }) => features.id),
    );
    const first = new Set(shown[0]!.slice(0, FIRST));
    for (const [i, list] of shown.entries()) {
      measured[i]!.sameFirst.push(list.slice(0, FIRST).filter((id) => first.has(id)).length / first.size);
      measured[i]!.wantedShown.push(list.filter((id) => wantedIds.has(id)).length / wantedIds.size);
    }
  }
  return measured;
}
