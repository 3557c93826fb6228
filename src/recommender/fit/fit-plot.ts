import type { FeatureTable } from '../features.ts';
import type { RankingModel } from '../model.ts';
import { fuse, type PlotSides } from '../plot.ts';
import { standardScore } from '../relevance.ts';
import type { Question } from './plot-questions.ts';
import { fitLogistic } from './regression.ts';

/** The asked movie against so many that seem likeliest without being it. */
const RIVALS = 10;

/** What rivals are chosen by before there are weights. */
const FIRST_GUESS = { text: 0.3, words: 8, bias: 0 };

/** Rivals depend on the weights and the weights on the rivals: a few rounds settle both. */
const ROUNDS = 3;

type PlotWeights = RankingModel['plot'];

interface Asked {
  readonly question: Question;
  readonly sides: PlotSides;
}

/**
 * Weights under which the asked movie stands before its rivals. The bias is moved as if there were as many asked
 * movies as rivals: the percentage then says how much likelier than not this is the movie that was meant, among those
 * that seem likely at all.
 */
export function fitPlot(
  asked: readonly Asked[],
  table: FeatureTable,
  cosine: RankingModel['cosine'],
): PlotWeights {
  let weights: PlotWeights = FIRST_GUESS;
  for (let round = 0; round < ROUNDS; round++) {
    const rows: number[][] = [];
    const outcomes: number[] = [];
    for (const { question, sides } of asked) {
      const model = { plot: weights, cosine, order: { popularity: 0, variety: 0 } };
      const list = fuse(table, model, sides).map(({ features }) => features.id);
      if (!list.includes(question.id)) continue;
      const rivals = list.filter((id) => id !== question.id).slice(0, RIVALS);
      for (const id of [question.id, ...rivals]) {
        rows.push(inputs(id, sides, cosine));
        outcomes.push(id === question.id ? 1 : 0);
      }
    }
    const fit = fitLogistic(rows, outcomes);
    weights = { text: fit.weights[0]!, words: fit.weights[1]!, bias: fit.bias + Math.log(RIVALS) };
  }
  return weights;
}

function inputs(id: string, { words, cosines }: PlotSides, cosine: RankingModel['cosine']): number[] {
  const close = cosines.get(id);
  const text = close === undefined ? 0 : standardScore(close, { cosine });
  return [text, words.find((hit) => hit.id === id)?.score ?? 0];
}
