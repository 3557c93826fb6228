import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWebAdapter } from '../../../adapters/web/index.ts';
import type { Bot } from '../../../src/chat/bot.ts';
import { readConfig } from '../../../src/config.ts';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse(aReadyFolder);
});
afterAll(() => house.close());

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await response.resume().toArray();
  return response;
}

it('ends although somebody goes on asking over a connection that is kept open', async () => {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const slow = async () => {
    arrived.resolve();
    await answer.promise;
    return new Response('answered');
  };
  const web = createWebAdapter(
    readConfig({ PORT: '0' }).http,
    house.parts({ mounts: { '/telegram': slow } }),
  );
  await web.start({} as Bot);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string) => request(`${web.address()}${path}`, { agent, method }).end();
  await answerTo(ask('GET', '/healthz'));
  const underWay = answerTo(ask('POST', '/telegram'));
  await arrived.promise;
  const stopped = web.stop();
  answer.resolve();
  const response = await underWay;
  expect(response.statusCode).toBe(200);
  expect(response.headers.connection).toBe('close');
  await expect(answerTo(ask('GET', '/healthz'))).rejects.toThrow('ECONNREFUSED');
  await stopped;
  agent.destroy();
});

it.each([
  ['asked nothing yet', ''],
  ['has not asked to the end', 'GET / HTTP/1.1\r\nhost: here\r\n'],
  ['never sends the rest', 'POST /api/v1/plot HTTP/1.1\r\nhost: here\r\ncontent-length: 9\r\n\r\n{'],
])('ends although somebody who is connected %s', async (_, sent) => {
  const web = createWebAdapter(
    readConfig({ PORT: '0' }).http,
    house.parts({ limits: { questions: 100, requests: 100, answerTime: 100 } }),
  );
  await web.start({} as Bot);
  const socket = connect(Number(new URL(web.address()).port), '127.0.0.1');
  const closed = once(socket, 'close');
  socket.resume().write(sent);
  await once(socket, 'connect');
  // It was taken in, and what it sent was read, before this answer.
  await answerTo(request(`${web.address()}/healthz`).end());
  await web.stop();
  await closed;
});
