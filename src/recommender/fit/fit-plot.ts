import type { FeatureTable } from '../features.ts';
import type { RankingModel } from '../model.ts';
import { fuse, type PlotSides } from '../plot.ts';
import { mean } from './measures.ts';
import type { Question } from './plot-questions.ts';
import { fitLogistic } from './regression.ts';

/** What is tried, in words found: how much one standard deviation of the cosine is worth, and the right genres. */
const TEXT_SHARES = [0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04];
const GENRE_SHARES = [0, 0.02, 0.05, 0.1, 0.15, 0.2];

/** Of each list so many are looked at to learn what a score is worth: as many as a list shows. */
const DEPTH = 50;

/** One right to so many wrong: the odds between two movies that `choosePairs` fits relevance on. */
const WRONG_TO_RIGHT = 3;

type PlotWeights = RankingModel['plot'];

export interface AskedPlot {
  readonly question: Question;
  readonly sides: PlotSides;
}

/**
 * First the balance between words, meaning and genres that puts the asked movies highest (mean reciprocal rank), then
 * what the sum is worth: the chance that a movie with that sum is the one that was asked for, where one movie of four
 * is. So a percentage means in these lists what it means in those of `/similar`, whose weights are fitted at the same
 * odds.
 *
 * All at once by regression fails: the rivals of an asked movie are on the list because one side likes them, so that
 * side would seem to speak against a movie.
 */
export function fitPlot(
  asked: readonly AskedPlot[],
  table: FeatureTable,
  cosine: RankingModel['cosine'],
): PlotWeights {
  const listOf = (weights: PlotWeights, sides: PlotSides) =>
    fuse(table, { plot: weights, cosine, order: { popularity: 0, variety: 0 } }, sides);
  const quality = (weights: PlotWeights) =>
    mean(
      asked.map(({ question, sides }) => {
        const list = listOf(weights, sides);
        const at = list.findIndex(({ features }) => features.id === question.id);
        return at < 0 ? 0 : 1 / (at + 1);
      }),
    );
  const tried = TEXT_SHARES.flatMap((text) =>
    GENRE_SHARES.map((genres): PlotWeights => ({ text, genres, words: 1, bias: 0 })),
  );
  const balance = tried
    .map((weights) => ({ weights, value: quality(weights) }))
    .reduce((a, b) => (b.value > a.value ? b : a)).weights;
  const shown = asked.flatMap(({ question, sides }) =>
    listOf(balance, sides)
      .slice(0, DEPTH)
      .map(({ features, relevance }) => ({ sum: logit(relevance), right: features.id === question.id })),
  );
  const { weights, bias } = fitLogistic(
    shown.map(({ sum }) => [sum]),
    shown.map(({ right }) => (right ? 1 : 0)),
    { ridge: 0 }, // one weight on sums that hardly spread: any penalty would flatten the scale
  );
  const slope = weights[0]!;
  const right = shown.filter((each) => each.right).length;
  const toTheseOdds = Math.log((shown.length - right) / right / WRONG_TO_RIGHT);
  return {
    text: balance.text * slope,
    words: slope,
    genres: balance.genres * slope,
    bias: bias + toTheseOdds,
  };
}

function logit(chance: number): number {
  return Math.log(chance / (1 - chance));
}
