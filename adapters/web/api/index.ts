import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { $ZodIssue } from 'zod/v4/core';
import { quote } from '../../../src/chat/args.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import type { Wording } from '../../../src/messages/wording.ts';
import { MAX_BODY } from '../limits.ts';
import { Problem } from '../problem.ts';
import { readerOf } from '../reader.ts';
import { addForYou } from './for-you.ts';
import { addLists } from './lists.ts';
import { addMovies } from './movies.ts';
import type { Answering, Api, ApiEnv } from './routes.ts';
import { addTitles } from './titles.ts';

/** The REST API. Every route is declared with the schemas that check it, and the document is made from them. */
export function createApi(answering: Answering): Api {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook(result, context) {
      if (!result.success) throw invalid(result.error.issues, context.var.reader.words);
    },
  });
  api.use(
    cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST'], exposeHeaders: ['ETag', 'Retry-After'] }),
  );
  api.use(bodyLimit({ maxSize: MAX_BODY, onError: () => new Problem(413).response() }));
  api.use(reading(answering));
  addTitles(api, answering);
  addLists(api, answering);
  addForYou(api, answering);
  addMovies(api, answering);
  return api;
}

/** Answers change only with the catalogue, and with the reader's language. */
function reading({ limits }: Answering): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const reader = readerOf(context, limits.answerTime);
    context.set('reader', reader);
    await next();
    context.header('content-language', reader.language);
    context.header('vary', 'Accept-Language', { append: true });
    if (context.res.ok && context.req.method !== 'POST')
      context.header('cache-control', 'public, max-age=60');
  };
}

/** A request that does not read, told by the first parameter that is wrong. */
function invalid(issues: readonly $ZodIssue[], words: Wording): Problem {
  const [issue] = issues;
  const path = issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path ?? []);
  const parameter = path.length > 0 ? String(path[0]) : undefined;
  return new Problem(400, {
    detail: words.text(explanation(issue, parameter ?? 'body')),
    ...(parameter && { parameter }),
  });
}

function explanation(issue: $ZodIssue | undefined, name: string): Message {
  if (issue?.code === 'unrecognized_keys') return say('page.error.unknown', { name: quote(name) });
  // A mistake that an argument of the chat would explain, in the same words.
  if (issue?.code === 'custom' && issue.params?.shown) return issue.params.shown as Message;
  return say('page.error.wrong', { name: quote(name) });
}
