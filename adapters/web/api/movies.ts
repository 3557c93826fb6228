import { createRoute, z } from '@hono/zod-openapi';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { integerArg, quote } from '../../../src/chat/args.ts';
import { say } from '../../../src/messages/message.ts';
import { IndexUnavailable } from '../../../src/vectors/vector-index.ts';
import type { WebCore } from '../parts.ts';
import { Problem } from '../problem.ts';
import type { Reader } from '../reader.ts';
import { demanded, movieById, movieByIdOrTitle } from './find.ts';
import { labelSchema, movieJson, movieSchema, reasonJson, reasonSchema, rounded } from './movie-json.ts';
import { param } from './params.ts';
import { type Answering, type Api, json, noMovie, problems, titleProblems } from './routes.ts';

const id = z.string().min(1).max(100).openapi({ example: 'tt1375666' });
const idOrTitle = z.string().trim().max(500).optional();
const score = z.number().min(0).max(1);

const movieRoute = createRoute({
  method: 'get',
  path: '/movies/{id}',
  summary: 'One movie',
  request: { params: z.object({ id }) },
  responses: { 200: json('The movie, under any id it ever had.', movieSchema), ...noMovie, ...problems },
});

const vectorSchema = z.object({
  id: z.string(),
  embedder: z.string().openapi({ description: 'Vectors of two embedders never compare.' }),
  dimensions: z.number().int(),
  values: z.array(z.number()),
});

const vectorRoute = createRoute({
  method: 'get',
  path: '/movies/{id}/vector',
  summary: 'The vector of a movie',
  request: { params: z.object({ id }) },
  responses: {
    200: json('As it is stored in the index in use.', vectorSchema),
    404: { ...noMovie[404], description: 'No such movie, or too little is known of it to have a vector.' },
    ...problems,
  },
});

const similarityRoute = createRoute({
  method: 'get',
  path: '/similarity',
  summary: 'How alike two movies are',
  request: { query: z.strictObject({ a: idOrTitle, b: idOrTitle }) },
  responses: {
    200: json(
      'The relevance that the ranking uses.',
      z.object({ score, reasons: z.array(reasonSchema), a: movieSchema, b: movieSchema }),
    ),
    ...titleProblems,
    ...problems,
  },
});

const MAX_POINTS = 150;
const DEFAULT_POINTS = 60;

const mapRoute = createRoute({
  method: 'get',
  path: '/map',
  summary: 'The neighbourhood of a movie, in two dimensions',
  request: {
    query: z.strictObject({
      id: id.optional(),
      limit: param(
        integerArg({ code: 1, name: 'limit', summary: 'page.docs.points', min: 1, max: MAX_POINTS }),
      ),
    }),
  },
  responses: {
    200: json(
      'The movie itself at the origin, and those nearest to it; near means alike.',
      z.object({
        points: z.array(
          z.object({ movie: movieSchema, label: labelSchema, x: z.number(), y: z.number(), score }),
        ),
      }),
    ),
    ...noMovie,
    ...problems,
  },
});

export function addMovies(api: Api, { core }: Answering): void {
  api.openapi(movieRoute, async (context) =>
    context.json(movieJson(await movieById(core, context.var.reader, context.req.valid('param').id)), 200),
  );
  api.openapi(vectorRoute, async (context) => {
    const reader = context.var.reader;
    return context.json(await vectorOf(core, reader, context.req.valid('param').id), 200);
  });
  api.openapi(similarityRoute, async (context) => {
    const { a, b } = context.req.valid('query');
    const reader = context.var.reader;
    const [first, second] = await Promise.all([
      movieByIdOrTitle(core, reader, demanded(a, 'a', reader), 'a'),
      movieByIdOrTitle(core, reader, demanded(b, 'b', reader), 'b'),
    ]);
    const alike = await core.recommender.similarity(first, second, { signal: reader.signal });
    return context.json(
      {
        score: rounded(alike.score),
        reasons: alike.reasons.map((reason) => reasonJson(reason, reader.words)),
        a: movieJson(first),
        b: movieJson(second),
      },
      200,
    );
  });
  api.openapi(mapRoute, async (context) => {
    const { id: asked, limit = DEFAULT_POINTS } = context.req.valid('query');
    const reader = context.var.reader;
    const seed: Movie = await movieById(core, reader, demanded(asked, 'id', reader));
    const points = await core.recommender.neighbourhood(seed, { count: limit, signal: reader.signal });
    return context.json(
      {
        points: points.map(({ movie, x, y, score: near }) => ({
          movie: movieJson(movie),
          label: reader.words.title(movie),
          x: rounded(x),
          y: rounded(y),
          score: rounded(near),
        })),
      },
      200,
    );
  });
}

async function vectorOf(core: WebCore, reader: Reader, asked: string): Promise<z.infer<typeof vectorSchema>> {
  const { signal, words } = reader;
  const movie = await movieById(core, reader, asked);
  const index = await core.vectors.current({ signal });
  if (!index) throw new IndexUnavailable('there is no index yet');
  const vector = (await index.fetch([movie.id], { signal })).get(movie.id);
  if (!vector)
    throw new Problem(404, { detail: words.text(say('page.error.noVector', { title: quote(movie.title) })) });
  const { embedder, dimensions } = await index.info({ signal });
  return { id: movie.id, embedder, dimensions, values: [...vector] };
}
