import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Adapter } from '../../src/chat/adapter.ts';
import type { HttpConfig } from '../../src/config.ts';
import { Obstacle } from '../../src/errors.ts';
import { createApp } from './app.ts';
import { ARRIVAL, LIMITS } from './limits.ts';
import type { WebParts } from './parts.ts';

export type { WebParts } from './parts.ts';

export interface WebAdapter extends Adapter {
  /** Where it listens, once started. */
  address(): string;
}

/** The HTTP side: the page, the REST API, health for whoever watches, and the paths that platforms call. */
export function createWebAdapter(config: HttpConfig, parts: WebParts): WebAdapter {
  const app = createApp(config, parts);
  const { answerTime } = { ...LIMITS, ...parts.limits };
  let server: ServerType | undefined;
  let closing: (() => void) | undefined;
  let port = config.port ?? 0;
  return {
    name: 'web',
    address: () => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    start: () =>
      new Promise((resolve, reject) => {
        server = serve({ fetch: app.fetch, port, hostname: config.host, serverOptions: SERVER }, (info) => {
          port = info.port;
          resolve();
        });
        closing = closesConnections(server);
        server.once('error', (error) => reject(readable(error, config)));
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!server?.listening) return resolve();
        // Whoever still sends or reads by then is waited for no longer.
        const patience = setTimeout(() => (server as Server).closeAllConnections(), answerTime);
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
        closing?.();
      }),
    state: () => (server?.listening ? 'up' : 'down'),
  };
}

const SERVER = {
  headersTimeout: ARRIVAL.headers,
  requestTimeout: ARRIVAL.whole,
  keepAliveTimeout: ARRIVAL.keepAlive,
} as const;

/**
 * Who goes on asking over a connection that is kept open would keep a server from ever ending, and so would who opened
 * one and asks nothing: once it is closed, Node no longer looks whether requests arrive in time.
 *
 * @returns To be called once it takes no new connections: each one ends with the answer that is under way, and at once
 * where there is none.
 */
function closesConnections(server: ServerType): () => void {
  const open = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', (_, response: ServerResponse) => {
    if (!server.listening) response.shouldKeepAlive = false;
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return () => {
    for (const response of underWay) response.shouldKeepAlive = false;
    const asked = new Set([...underWay].map(({ socket }) => socket));
    for (const socket of open) if (!asked.has(socket)) socket.destroy();
  };
}

function readable(error: NodeJS.ErrnoException, { port, host }: HttpConfig): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Obstacle(`port ${port} on ${host} is already in use: set PORT to another, or to off`, {
    cause: error,
  });
}
