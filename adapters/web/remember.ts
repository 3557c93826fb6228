import type { Context, MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import { encodingFor } from './deliver.ts';
import { MAX_REMEMBERED, REMEMBERED_FOR } from './limits.ts';
import type { WebCore } from './parts.ts';
import { preferredLanguage } from './reader.ts';

interface Remembered {
  readonly headers: Headers;
  readonly body: ArrayBuffer;
}

/**
 * Keeps whole answers of the API for a few seconds, compressed as they were sent: many people type the same first
 * letters and ask for the same films. Forgets them all when the catalogue changes. Goes around `deliver`.
 */
export function remember(core: WebCore): MiddlewareHandler {
  const answers = new LRUCache<string, Remembered>({
    maxSize: MAX_REMEMBERED,
    sizeCalculation: ({ body }, key) => body.byteLength + 2 * key.length + 1000,
    ttl: REMEMBERED_FOR,
  });
  let version = core.version();
  return async (context, next) => {
    if (context.req.method !== 'GET') return next();
    if (version !== core.version()) answers.clear();
    version = core.version();
    const key = keyOf(context);
    const known = answers.get(key);
    if (known) {
      context.res = again(context, known);
      return;
    }
    await next();
    if (context.res.status !== 200 || version !== core.version()) return;
    const headers = new Headers(context.res.headers);
    const body = await context.res.arrayBuffer();
    answers.set(key, { headers, body });
    context.res = undefined;
    context.res = new Response(body, { headers });
  };
}

/** Everything that an answer depends on. */
function keyOf({ req }: Context): string {
  const { pathname, search } = new URL(req.url);
  const language = preferredLanguage(req.header('accept-language'));
  return `${language} ${encodingFor(req.header('accept-encoding')) ?? ''} ${pathname}${search}`;
}

function again({ req }: Context, { headers, body }: Remembered): Response {
  const etag = headers.get('etag');
  if (!etag || !req.header('if-none-match')?.includes(etag)) return new Response(body, { headers });
  const unchanged = new Headers(headers);
  for (const name of ['content-type', 'content-encoding']) unchanged.delete(name);
  return new Response(null, { status: 304, headers: unchanged });
}
