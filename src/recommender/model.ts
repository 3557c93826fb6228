import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RelevanceModel } from './relevance.ts';

const schema = z.strictObject({
  /** How the weights were found, for whoever reads the file. */
  fitted: z.string(),
  weights: z.strictObject({
    text: z.number(),
    genres: z.number(),
    themes: z.number(),
    director: z.number(),
    cast: z.number(),
    year: z.number(),
  }),
  bias: z.number(),
  /** What only reorders a list: see `arrange.ts`. */
  order: z.strictObject({ popularity: z.number(), variety: z.number() }),
  /** A plot text against a movie: its meaning, its words and the genres it tells of. */
  plot: z.strictObject({ text: z.number(), words: z.number(), genres: z.number(), bias: z.number() }),
});

export type FittedWeights = z.infer<typeof schema>;

/** Everything ranking needs to know of one index. */
export interface RankingModel extends RelevanceModel {
  readonly order: FittedWeights['order'];
  readonly plot: FittedWeights['plot'];
}

/** Reads the fitted weights that ship in `data/`. Throws an error that names the file where it is not right. */
export async function readWeights(file: string): Promise<FittedWeights> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} does not hold ranking weights`, { cause: error });
  }
}

/** The model for vectors whose cosines between random movies spread like this. */
export function modelFor(
  { fitted: _, ...weights }: FittedWeights,
  cosine: RelevanceModel['cosine'],
): RankingModel {
  return { ...weights, cosine };
}
