import type { FeatureTable } from '../features.ts';
import type { RankingModel } from '../model.ts';
import { fuse, type PlotSides } from '../plot.ts';
import { mean } from './measures.ts';
import type { Question } from './plot-questions.ts';
import { fitLogistic } from './regression.ts';

/** How much one standard deviation of the cosine is worth, in words found: what is tried. */
const TEXT_SHARES = [0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.1];

/** Of each list so many are looked at to learn what a score is worth. */
const DEPTH = 10;

type PlotWeights = RankingModel['plot'];

export interface AskedPlot {
  readonly question: Question;
  readonly sides: PlotSides;
}

/**
 * First the balance between words and meaning that puts the asked movies highest (mean reciprocal rank), then what the
 * sum is worth: the chance that a movie among the first ten with that sum is the one that was asked for.
 *
 * Both at once by regression fails: the rivals of an asked movie are on the list because one side likes them, so that
 * side would seem to speak against a movie.
 */
export function fitPlot(
  asked: readonly AskedPlot[],
  table: FeatureTable,
  cosine: RankingModel['cosine'],
): PlotWeights {
  const listOf = (weights: PlotWeights, sides: PlotSides) =>
    fuse(table, { plot: weights, cosine, order: { popularity: 0, variety: 0 } }, sides);
  const quality = (text: number) =>
    mean(
      asked.map(({ question, sides }) => {
        const list = listOf({ text, words: 1, bias: 0 }, sides);
        const at = list.findIndex(({ features }) => features.id === question.id);
        return at < 0 ? 0 : 1 / (at + 1);
      }),
    );
  const text = TEXT_SHARES.map((share) => ({ share, value: quality(share) })).reduce((a, b) =>
    b.value > a.value ? b : a,
  ).share;
  const shown = asked.flatMap(({ question, sides }) =>
    listOf({ text, words: 1, bias: 0 }, sides)
      .slice(0, DEPTH)
      .map(({ features, relevance }) => ({ sum: logit(relevance), right: features.id === question.id })),
  );
  const { weights, bias } = fitLogistic(
    shown.map(({ sum }) => [sum]),
    shown.map(({ right }) => (right ? 1 : 0)),
  );
  const [slope] = weights;
  return { text: text * slope!, words: slope!, bias };
}

function logit(chance: number): number {
  return Math.log(chance / (1 - chance));
}
