import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { UserError } from '../../src/chat/errors.ts';
import type { HttpConfig } from '../../src/config.ts';
import { type Message, say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import type { Outcome } from '../../src/metrics.ts';
import { NotAsked } from '../../src/resilience.ts';
import { IndexUnavailable } from '../../src/vectors/vector-index.ts';
import { createApi } from './api/index.ts';
import { createAssets } from './assets.ts';
import { deliver } from './deliver.ts';
import { createDocs } from './docs.ts';
import { rateLimit, securityHeaders } from './guards.ts';
import { createHealth } from './health.ts';
import { createHistory } from './history.ts';
import { LIMITS, MAX_MOUNT_BODY, RETRY_AFTER } from './limits.ts';
import { createPage, errorPage } from './page/index.ts';
import type { WebParts } from './parts.ts';
import { createPrivacy } from './privacy.ts';
import { Problem } from './problem.ts';
import { preferredLanguage } from './reader.ts';
import { remember } from './remember.ts';

/** The routes, without a port. */
export function createApp(config: HttpConfig, parts: WebParts): Hono {
  const limits = { ...LIMITS, ...parts.limits };
  const { trustProxy } = config;
  const app = new Hono();
  app.use(securityHeaders(config));
  app.route('/', createHealth(config, parts));
  for (const [path, handler] of Object.entries(parts.mounts))
    app.post(path, bodyLimit({ maxSize: MAX_MOUNT_BODY }), (context) => handler(context.req.raw));

  app.use(rateLimit(limits.requests, trustProxy));
  app.route('/assets', createAssets());
  const questions = rateLimit(limits.questions, trustProxy);
  for (const path of QUESTIONS) app.use(path, counted(parts), questions);
  app.use('/api/v1/titles', counted(parts));
  app.use('/api/v1/*', remember(parts.core));
  app.use(deliver);
  const api = createApi({ core: parts.core, limits });
  app.route('/api/v1', api);
  app.route('/', createDocs(api, config));
  app.route('/', createPrivacy());
  app.route('/', createHistory(parts));
  app.route('/', createPage(config, parts, limits));

  const refuse = (context: Context, problem: Problem, message: Message) =>
    wantsPage(context) ? errorPage(context, config, parts, problem, message) : problem.response();
  app.notFound((context) => refuse(context, new Problem(404), say('page.error.notFound')));
  app.onError((error, context) => {
    const words = new Wording(preferredLanguage(context.req.header('accept-language')));
    const { problem, message } = explain(error, words, context, parts);
    return refuse(context, problem, message);
  });
  return app;
}

function wantsPage({ req }: Context): boolean {
  return !/^\/(?:api|assets)\//u.test(req.path) && (req.header('accept') ?? '').includes('text/html');
}

/** What ranks or searches. Suggestions while typing are cheap, and come with every key. */
const QUESTIONS = [
  '/',
  '/history/*',
  '/api/v1/similar',
  '/api/v1/plot',
  '/api/v1/foryou',
  '/api/v1/similarity',
  '/api/v1/map',
  '/api/v1/movies/*',
];

function counted({ metrics }: WebParts): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const api = /^\/api\/v1\/(\w+)/u.exec(context.req.path);
    metrics.answered({
      command: api?.[1] ?? 'page',
      platform: api ? 'rest' : 'web',
      outcome: outcomeOf(context.res.status),
      seconds: (performance.now() - started) / 1000,
    });
  };
}

function outcomeOf(status: number): Outcome {
  if (status < 300 || status === 304) return 'answered';
  if (status < 500) return 'refused';
  return status === 503 ? 'unavailable' : 'failed';
}

interface Explained {
  readonly problem: Problem;
  /** The same for a reader of the page. */
  readonly message: Message;
}

function explain(error: Error, words: Wording, context: Context, { log }: WebParts): Explained {
  const told = (status: number, message: Message, headers: Record<string, string> = {}): Explained => ({
    problem: new Problem(status, { detail: words.text(message), headers }),
    message,
  });
  if (error instanceof Problem)
    return {
      problem: error,
      message: say(error.status === 429 ? 'page.error.tooMany' : 'page.error.notFound'),
    };
  if (error instanceof UserError) return told(400, error.shown);
  if (error instanceof HTTPException)
    return { problem: new Problem(error.status), message: say('page.error.notFound') };
  if (error instanceof IndexUnavailable || error.name === 'TimeoutError') {
    log[error.cause instanceof NotAsked ? 'debug' : 'warn'](
      { err: error, path: context.req.path },
      'a store cannot answer',
    );
    return told(503, say('error.unavailable'), { 'retry-after': String(RETRY_AFTER) });
  }
  const reference = Math.random().toString(36).slice(2, 8).padEnd(6, '0');
  log.error({ err: error, path: context.req.path, reference }, 'a request failed');
  return told(500, say('error.ours', { reference }));
}
