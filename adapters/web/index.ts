import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Adapter } from '../../src/chat/adapter.ts';
import type { HttpConfig } from '../../src/config.ts';

export interface WebParts {
  readonly log: Logger;
  /** Rejects where the database or the index cannot answer. */
  readonly core: { check(): Promise<void> };
  readonly platforms: readonly Pick<Adapter, 'name' | 'state'>[];
  /** Paths that a platform calls, such as webhooks. */
  readonly mounts: Readonly<Record<string, (request: Request) => Promise<Response>>>;
}

export interface WebAdapter extends Adapter {
  /** Where it listens, once started. */
  address(): string;
}

/** The HTTP side: health for whoever watches, and the paths that platforms call. */
export function createWebAdapter(config: HttpConfig, parts: WebParts): WebAdapter {
  const app = createApp(parts);
  let server: ServerType | undefined;
  let port = config.port ?? 0;
  return {
    name: 'web',
    address: () => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    start: () =>
      new Promise((resolve, reject) => {
        server = serve({ fetch: app.fetch, port, hostname: config.host }, (info) => {
          port = info.port;
          resolve();
        });
        server.once('error', (error) => reject(readable(error, config)));
      }),
    stop: () =>
      new Promise((resolve) => {
        if (server?.listening) server.close(() => resolve());
        else resolve();
      }),
    state: () => (server?.listening ? 'up' : 'down'),
  };
}

/** The routes, without a port. */
export function createApp({ log, core, platforms, mounts }: WebParts): Hono {
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
  for (const [path, handler] of Object.entries(mounts)) app.post(path, (context) => handler(context.req.raw));
  app.onError((error, context) => {
    log.error({ err: error, path: context.req.path }, 'a request failed');
    return context.json({ status: 'error' }, 500);
  });
  return app;
}

function readable(error: NodeJS.ErrnoException, { port, host }: HttpConfig): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`port ${port} on ${host} is already in use: set PORT to another, or to off`, { cause: error });
}
