import { z } from '@hono/zod-openapi';
import { GENRE_SLUGS, GENRES } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { reasonMessage } from '../../../src/messages/reason-words.ts';
import type { Wording } from '../../../src/messages/wording.ts';
import type { Reason } from '../../../src/recommender/reasons.ts';
import type { Recommendation } from '../../../src/recommender/recommender.ts';

const GENRE_NAMES = GENRE_SLUGS.map((slug) => GENRES[slug]);

export const movieSchema = z
  .object({
    id: z.string().openapi({ example: 'tt1375666' }),
    title: z.string().openapi({ example: 'Inception' }),
    original: z.string().optional(),
    year: z.number().int().optional().openapi({ example: 2010 }),
    released: z.string().optional(),
    kind: z.enum(['movie', 'show']),
    aka: z.array(z.object({ title: z.string(), language: z.string().optional() })),
    overview: z.string().optional(),
    overviewSource: z.string().optional(),
    tagline: z.string().optional(),
    genres: z.array(z.enum(GENRE_NAMES as [string, ...string[]])),
    keywords: z.array(z.string()),
    directors: z.array(z.string()),
    cast: z.array(z.string()),
    runtime: z.number().optional().openapi({ description: 'Minutes; of one episode for a series.' }),
    language: z.string().optional().openapi({ description: 'ISO 639-1', example: 'en' }),
    countries: z.array(z.string()).openapi({ description: 'ISO 3166-1 alpha-2' }),
    rating: z.number().optional().openapi({ description: '0 to 10' }),
    ratingSource: z.string().optional(),
    votes: z.number().int().optional(),
    poster: z.string().optional(),
    posterSource: z.string().optional(),
    franchise: z.string().optional(),
    adult: z.boolean(),
    ids: z.record(z.string(), z.union([z.string(), z.number()])),
    source: z.string(),
  })
  .openapi('Movie');

export const reasonSchema = z
  .object({
    kind: z.string().openapi({ example: 'director' }),
    text: z.string().openapi({ example: 'Also by Christopher Nolan' }),
    values: z.array(z.string()).openapi({ example: ['Christopher Nolan'] }),
  })
  .openapi('Reason');

const score = z.number().min(0).max(1);

export const labelSchema = z
  .string()
  .openapi({ description: 'Its title in the reader’s language (`Accept-Language`).', example: 'Inception' });

export const resultSchema = z
  .object({
    rank: z.number().int().openapi({ description: 'From 1, over all pages.' }),
    score: score.openapi({ description: 'Relevance: symmetric, and the same scale in every list.' }),
    reasons: z.array(reasonSchema),
    series: z
      .object({ name: z.string(), count: z.number().int() })
      .optional()
      .openapi({ description: 'The movie stands for its whole series.' }),
    movie: movieSchema,
    label: labelSchema,
  })
  .openapi('Result');

export const candidateSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    year: z.number().int().optional(),
    kind: z.enum(['movie', 'show']),
    aka: z.array(z.string()),
    label: labelSchema,
    score: score.openapi({ description: 'How well the words fit.' }),
  })
  .openapi('Candidate');

/** A movie in the format of the JSON Lines import, so that what is read here can be imported there. */
export function movieJson(movie: Movie): z.infer<typeof movieSchema> {
  const { number, popularity, genres, ids, ...rest } = movie;
  return {
    ...(rest as Omit<z.infer<typeof movieSchema>, 'genres' | 'ids'>),
    genres: genres.map((slug) => GENRES[slug]),
    ids: Object.fromEntries(
      Object.entries(ids).map(([source, id]) => [source, /^[1-9]\d{0,14}$/u.test(id) ? Number(id) : id]),
    ),
  };
}

export function reasonJson(reason: Reason, words: Wording): z.infer<typeof reasonSchema> {
  return { kind: reason.kind, text: words.text(reasonMessage(reason)), values: [...reason.values] };
}

export function resultJson(item: Recommendation, words: Wording): z.infer<typeof resultSchema> {
  return {
    rank: item.rank,
    score: rounded(item.score),
    reasons: item.reasons.map((reason) => reasonJson(reason, words)),
    ...(item.series && { series: { name: item.series.name, count: item.series.count } }),
    movie: movieJson(item.movie),
    label: words.title(item.movie),
  };
}

export function candidateJson(
  { movie, score }: { readonly movie: Movie; readonly score: number },
  words: Wording,
) {
  return {
    id: movie.id,
    title: movie.title,
    ...(movie.year !== undefined && { year: movie.year }),
    kind: movie.kind,
    aka: movie.aka.map((other) => other.title),
    label: words.title(movie),
    score: rounded(score),
  } satisfies z.infer<typeof candidateSchema>;
}

/** Four digits tell all there is to tell, and keep answers short. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
