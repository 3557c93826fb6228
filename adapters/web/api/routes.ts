import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Env } from 'hono';
import type { Limits } from '../limits.ts';
import type { WebCore } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { candidateSchema } from './movie-json.ts';

/** What a route answers from. */
export interface Answering {
  readonly core: WebCore;
  readonly limits: Limits;
}

export interface ApiEnv extends Env {
  Variables: { reader: Reader };
}

export type Api = OpenAPIHono<ApiEnv>;

const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Bad Request' }),
    status: z.number().int().openapi({ example: 400 }),
    detail: z.string().optional(),
    parameter: z.string().optional().openapi({ description: 'The parameter that is wrong.' }),
  })
  .openapi('Problem');

const problem = (description: string, schema: z.ZodType = problemSchema) => ({
  description,
  content: { 'application/problem+json': { schema } },
});

export const json = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});

/** Every route may answer so. */
export const problems = {
  400: problem('A parameter is wrong; `parameter` names it.'),
  429: problem('Too many requests; `Retry-After` says when to come back.'),
  503: problem('A store cannot answer now; `Retry-After` says when to come back.'),
} as const;

/** Routes that take titles may also answer so. */
export const titleProblems = {
  300: problem(
    'The title may mean several movies: ask again with the `id` of one.',
    problemSchema.extend({ candidates: z.array(candidateSchema) }).openapi('Ambiguous'),
  ),
  404: problem(
    'No such movie.',
    problemSchema.extend({ suggestions: z.array(candidateSchema).optional() }).openapi('NotFound'),
  ),
} as const;

export const noMovie = { 404: problem('No such movie.') } as const;
