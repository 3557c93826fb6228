import { createRoute, z } from '@hono/zod-openapi';
import type { ScoredMovie } from '../../../src/answers/find-movies.ts';
import { integerArg, titleArg } from '../../../src/chat/args.ts';
import type { Candidate, Resolution } from '../../../src/titles/titles.ts';
import type { WebCore } from '../parts.ts';
import { candidateJson, candidateSchema } from './movie-json.ts';
import { param } from './params.ts';
import { type Answering, type Api, json, problems } from './routes.ts';

const MAX_CANDIDATES = 25;
const DEFAULT_CANDIDATES = 8;

const route = createRoute({
  method: 'get',
  path: '/titles',
  summary: 'What typed words mean, and how they may go on',
  request: {
    query: z.strictObject({
      q: param(titleArg({ code: 1, summary: 'arg.title' })),
      limit: param(
        integerArg({ code: 1, name: 'limit', summary: 'page.docs.candidates', min: 1, max: MAX_CANDIDATES }),
      ),
    }),
  },
  responses: {
    200: json(
      'One movie is clearly meant, several are plausible, or none is.',
      z.object({ outcome: z.enum(['match', 'choose', 'none']), candidates: z.array(candidateSchema) }),
    ),
    ...problems,
  },
});

export function addTitles(api: Api, { core }: Answering): void {
  api.openapi(route, async (context) => {
    const { q = '', limit = DEFAULT_CANDIDATES } = context.req.valid('query');
    const { words } = context.var.reader;
    const resolution = await core.titles.resolve(q);
    const found = meant(resolution);
    // While typing, what the words may become is worth knowing where there is room for it.
    const completed = found.length < limit ? await core.titles.complete(q, limit) : [];
    const candidates = await movies(core, unique([...found, ...completed]).slice(0, limit));
    return context.json(
      { outcome: resolution.outcome, candidates: candidates.map((each) => candidateJson(each, words)) },
      200,
    );
  });
}

function meant(resolution: Resolution): readonly Candidate[] {
  switch (resolution.outcome) {
    case 'match':
      return resolution.exact ? [resolution.best] : [resolution.best, ...resolution.others];
    case 'choose':
      return resolution.candidates;
    case 'none':
      return resolution.nearest;
  }
}

/** Each where it comes first. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const all = new Map<number, Candidate>();
  for (const each of candidates) if (!all.has(each.number)) all.set(each.number, each);
  return [...all.values()];
}

async function movies(core: WebCore, candidates: readonly Candidate[]): Promise<ScoredMovie[]> {
  const found = await core.catalogue.byNumber(candidates.map(({ number }) => number));
  return candidates.flatMap(({ number, score }) => {
    const movie = found.get(number);
    return movie ? [{ movie, score }] : [];
  });
}
