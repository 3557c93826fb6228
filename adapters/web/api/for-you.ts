import { createRoute, z } from '@hono/zod-openapi';
import { surenessMessage } from '../../../src/answers/for-you-reply.ts';
import { starsOf } from '../../../src/history/entry.ts';
import type { Opinion } from '../../../src/people/opinions.ts';
import { list, listJson, listQuery } from './lists.ts';
import { listParams } from './params.ts';
import { type Answering, type Api, json, problems } from './routes.ts';

/** Ratings of one request: the newest count, and nobody gives as many on a page. */
const MAX_RATINGS = 2000;

const rating = z
  .strictObject({
    id: z.string().min(1).max(100).openapi({ example: 'tt1375666' }),
    stars: z
      .number()
      .refine((stars) => starsOf(stars) !== undefined)
      .optional()
      .openapi({ description: 'Half a star to five, in half steps; left out where it was only seen.' }),
    notThis: z.boolean().optional().openapi({ description: 'Keep away from it, and from its like.' }),
  })
  .openapi('Rating');

const ratings = z.array(rating).min(1).max(MAX_RATINGS).openapi({ description: 'The newest first.' });

const route = createRoute({
  method: 'post',
  path: '/foryou',
  summary: 'Movies for somebody, from the ratings in the request; nothing of it is kept',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ ratings, ...listParams }) } },
    },
  },
  responses: {
    200: json(
      'Best first; none that was rated.',
      list.extend({
        sureness: z
          .object({ ratings: z.number().int(), level: z.enum(['nothing', 'guess', 'fair', 'good']) })
          .openapi({ description: 'How much the list is worth, by how many stars were given.' }),
      }),
    ),
    ...problems,
  },
});

/** What the page asks with the ratings that its browser keeps. */
export function addForYou(api: Api, { core }: Answering): void {
  api.openapi(route, async (context) => {
    const { ratings: given, ...rest } = context.req.valid('json');
    const reader = context.var.reader;
    const query = listQuery(rest, reader);
    const movies = await core.catalogue.get(
      given.map(({ id }) => id),
      { signal: reader.signal },
    );
    // What is no longer in the catalogue says nothing.
    const opinions = given.flatMap(({ id, stars, notThis = false }, index): Opinion[] => {
      const movie = movies.get(id);
      const said = { seen: !notThis, dismissed: notThis, at: given.length - index };
      return movie ? [{ movie: movie.number, ...(stars !== undefined && { stars }), ...said }] : [];
    });
    const answer = await core.recommender.forYou({ opinions, ...query });
    return context.json(
      {
        ...listJson(answer, query.filters, reader, [surenessMessage(answer.sureness)]),
        sureness: answer.sureness,
      },
      200,
    );
  });
}
