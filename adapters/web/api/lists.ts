import { createRoute, z } from '@hono/zod-openapi';
import { filterMessages } from '../../../src/answers/filters.ts';
import type { FoundMovies } from '../../../src/answers/find-movies.ts';
import { remarkMessage } from '../../../src/answers/results.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { textArg, titleArg } from '../../../src/chat/args.ts';
import { UserError } from '../../../src/chat/errors.ts';
import { type filterArgs, filtersFrom } from '../../../src/chat/filter-args.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import type { MovieFilters } from '../../../src/recommender/filters.ts';
import type { RecommendationPage } from '../../../src/recommender/recommender.ts';
import type { WebCore } from '../parts.ts';
import { Problem } from '../problem.ts';
import type { Reader } from '../reader.ts';
import { demanded, movieById, moviesByTitle } from './find.ts';
import { movieJson, movieSchema, resultJson, resultSchema } from './movie-json.ts';
import { DEFAULT_LIMIT, given, listParams, param } from './params.ts';
import { type Answering, type Api, json, problems, titleProblems } from './routes.ts';

const idParam = z.string().trim().min(1).max(100).openapi({ example: 'tt1375666' });

export const list = z.object({
  results: z.array(resultSchema),
  page: z.number().int(),
  pages: z.number().int(),
  filters: z.array(z.string()).openapi({ description: 'The filters in effect, in words.' }),
  notes: z.array(z.string()).openapi({ description: 'What one should know about this list, in words.' }),
});

const similarList = list.extend({
  movie: movieSchema.openapi({ description: 'What the list is like: the first, where several are blended.' }),
  blend: z
    .object({ like: z.array(movieSchema), away: z.array(movieSchema) })
    .optional()
    .openapi({ description: 'All that were blended (`A + B - C`).' }),
  others: z
    .array(movieSchema)
    .optional()
    .openapi({ description: 'Others that may have been meant, where the words were not exactly a title.' }),
});

const similarRoute = createRoute({
  method: 'get',
  path: '/similar',
  summary: 'Movies like one, or like several blended',
  request: {
    query: z.strictObject({
      title: param(titleArg({ code: 1, summary: 'arg.title' })),
      id: idParam.optional(),
      ...listParams,
    }),
  },
  responses: { 200: json('Best first.', similarList), ...titleProblems, ...problems },
});

const MAX_PLOT = 24_000;
const textParam = param(textArg({ code: 15, summary: 'arg.text', maxLength: MAX_PLOT }));
const plotAnswer = { 200: json('Best first.', list), ...problems };

const plotRoute = createRoute({
  method: 'get',
  path: '/plot',
  summary: 'Movies whose story is like a text',
  request: { query: z.strictObject({ text: textParam, ...listParams }) },
  responses: plotAnswer,
});

const postPlotRoute = createRoute({
  method: 'post',
  path: '/plot',
  summary: 'The same, for texts too long for an address',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ text: textParam, ...listParams }) } },
    },
  },
  responses: plotAnswer,
});

export function addLists(api: Api, { core }: Answering): void {
  api.openapi(similarRoute, async (context) => {
    const { title, id, ...rest } = context.req.valid('query');
    const reader = context.var.reader;
    const found: FoundMovies = id
      ? { seeds: [await movieById(core, reader, id)], away: [], others: [] }
      : await moviesByTitle(core, reader, demanded(title, 'title', reader));
    const { seeds, away, others } = found;
    const query = listQuery(rest, reader);
    const answer = await core.recommender.similar({ seeds, away, ...query });
    const movies = (list: readonly Movie[]) => list.map(movieJson);
    return context.json(
      {
        movie: movieJson(seeds[0]!),
        ...(seeds.length + away.length > 1 && { blend: { like: movies(seeds), away: movies(away) } }),
        ...listJson(answer, query.filters, reader, yearOff(found)),
        ...(others.length > 0 && { others: movies(others) }),
      },
      200,
    );
  });
  api.openapi(plotRoute, async (context) =>
    context.json(await plotAnswerTo(core, context.req.valid('query'), context.var.reader), 200),
  );
  api.openapi(postPlotRoute, async (context) =>
    context.json(await plotAnswerTo(core, context.req.valid('json'), context.var.reader), 200),
  );
}

type ListParams = z.infer<z.ZodObject<typeof listParams>>;

async function plotAnswerTo(
  core: WebCore,
  asked: ListParams & { text?: string | undefined },
  reader: Reader,
) {
  const { text, ...rest } = asked;
  const query = listQuery(rest, reader);
  const answer = await core.recommender.plot({ text: demanded(text, 'text', reader), ...query });
  return listJson(answer, query.filters, reader);
}

export function listQuery(
  { page = 1, limit = DEFAULT_LIMIT, private: _, ...rest }: ListParams,
  reader: Reader,
) {
  const { signal, words } = reader;
  try {
    return { filters: filtersFrom(given<typeof filterArgs>(rest)), page, pageSize: limit, signal };
  } catch (error) {
    // Each is right by itself; together they leave nothing.
    if (!(error instanceof UserError)) throw error;
    throw new Problem(400, { detail: words.text(error.shown), parameter: rest.from ? 'from' : 'to' });
  }
}

export function listJson(
  answer: RecommendationPage,
  filters: MovieFilters,
  { words, language }: Reader,
  more: readonly Message[] = [],
) {
  return {
    results: answer.items.map((item) => resultJson(item, words)),
    page: answer.page,
    pages: answer.pages,
    filters: filterMessages(filters, language).map((message) => words.text(message)),
    notes: [...more, ...answer.remarks.map(remarkMessage)].map((message) => words.text(message)),
  };
}

function yearOff({ seeds, yearTyped }: FoundMovies): Message[] {
  const year = seeds[0]?.year;
  if (yearTyped === undefined || year === undefined) return [];
  return [say('similar.yearOff', { typed: String(yearTyped), year: String(year) })];
}
