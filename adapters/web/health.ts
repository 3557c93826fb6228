import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { HttpConfig } from '../../src/config.ts';
import type { WebParts } from './parts.ts';
import { Problem } from './problem.ts';

/** For whoever watches: alive, ready, and counted. */
export function createHealth(
  { metricsToken }: HttpConfig,
  { core, log, metrics, platforms }: WebParts,
): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) => {
    const states = Object.fromEntries(platforms.map((platform) => [platform.name, platform.state()]));
    try {
      await core.check();
      return context.json({ status: 'ready', platforms: states });
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return context.json({ status: 'not ready', platforms: states }, 503);
    }
  });
  app.get('/metrics', async (context) => {
    if (metricsToken && !same(context.req.header('authorization') ?? '', `Bearer ${metricsToken}`))
      throw new Problem(401, { headers: { 'www-authenticate': 'Bearer' } });
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
  return app;
}

/** Compares without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
