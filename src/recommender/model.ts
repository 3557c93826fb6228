import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Taste } from '../taste/model.ts';
import type { RelevanceModel } from './relevance.ts';

const likingSchema = z.strictObject({
  /** On the log odds by everybody's ratings, where anything was learned from them. */
  rated: z.strictObject({ odds: z.number(), bias: z.number() }),
  /** Else: log odds of the closeness to what is liked, whether anything is, relevance to the nearest unwanted film. */
  close: z.strictObject({ close: z.number(), known: z.number(), unwanted: z.number(), bias: z.number() }),
});

/** From what is known of a person and a movie to the chance that they like it. */
export type LikingWeights = z.infer<typeof likingSchema>;

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
  /** What people's ratings change, where both movies were rated: see `docs/taste.md`. */
  ratings: z.strictObject({ others: z.number(), likeness: z.number(), bias: z.number() }),
  /** How likely a person likes a movie: see `docs/taste.md`. */
  liking: likingSchema,
});

export type FittedWeights = z.infer<typeof schema>;

/** Everything ranking needs to know of one index. */
export interface RankingModel extends RelevanceModel {
  readonly order: FittedWeights['order'];
  readonly plot: FittedWeights['plot'];
  readonly liking: LikingWeights;
}

/** The model with what was learned from ratings, where anything was. */
export function modelWith(model: RankingModel, taste: Taste | undefined): RankingModel {
  return taste ? { ...model, likeness: (a, b) => taste.likeness(a, b) } : model;
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
