import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/messages/message.ts';
import { action, movie, payload, press, reply } from './samples.ts';
import { AT_ONCE, type Setup, setUp, slowBot } from './setup.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const HEX_KEY = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
const FIVE_MINUTES = 300;

/** The adapter over HTTP, started. */
async function served(...[bot, options]: Parameters<typeof setUp>): Promise<Setup & { post: Post }> {
  const setup = await setUp(bot, { ...options, config: { publicKey: HEX_KEY } });
  await setup.adapter.start(setup.bot);
  return { ...setup, post: (body, as) => setup.adapter.handleInteraction!(signed(body, as)) };
}

type Post = (body: unknown, as?: Parameters<typeof signed>[1]) => Promise<Response>;

function signed(
  body: unknown,
  as: { key?: KeyObject; age?: number; headers?: Record<string, string> } = {},
): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000) - (as.age ?? 0));
  const signature = sign(null, Buffer.from(timestamp + text), as.key ?? privateKey).toString('hex');
  const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp, ...as.headers };
  return new Request('http://kindred.example/discord/interactions', { method: 'POST', body: text, headers });
}

describe('the HTTP endpoint', () => {
  test('opens no gateway, publishes the commands and is up', async () => {
    const { fake, adapter } = await served();
    expect(adapter.state()).toBe('up');
    expect(fake.gateway.identified).toEqual([]);
    expect(fake.commands.get('global')).not.toEqual([]);
  });

  test('is there only with a public key', async () => {
    const { adapter } = await setUp();
    expect(adapter.handleInteraction).toBeUndefined();
  });

  test('answers a ping', async () => {
    const { post } = await served();
    const response = await post({ type: 1 });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ type: 1 });
  });

  test.each([
    ['of another key', { key: generateKeyPairSync('ed25519').privateKey }],
    [
      'over another text',
      { headers: { 'x-signature-timestamp': String(Math.floor(Date.now() / 1000) - 1) } },
    ],
    ['that is older than five minutes', { age: FIVE_MINUTES + 5 }],
    ['from the future', { age: -FIVE_MINUTES - 5 }],
    ['that is none', { headers: { 'x-signature-ed25519': 'no' } }],
    ['that is missing', { headers: { 'x-signature-ed25519': '' } }],
    ['without its time', { headers: { 'x-signature-timestamp': '' } }],
  ])('turns away a signature %s', async (_, as) => {
    const { post } = await served();
    expect((await post({ type: 1 }, as)).status).toBe(401);
  });

  test('turns away what is signed and yet no interaction', async () => {
    const { post, adapter } = await served();
    expect((await post('no JSON')).status).toBe(400);
    expect((await post('null')).status).toBe(400);
    expect((await post('x'.repeat(1_000_001))).status).toBe(413);
    expect((await adapter.handleInteraction!(new Request('http://kindred.example/'))).status).toBe(405);
  });

  test('answers a command in the response', async () => {
    const { fake, post } = await served();
    const response = await post(payload('command'));
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({
      type: 4,
      data: { flags: 32768, allowed_mentions: { parse: [] }, components: [{ type: 10, content: 'Hello' }] },
    });
    expect(fake.requests.filter((request) => request.path.includes('callback'))).toEqual([]);
  });

  test('answers suggestions, presses and refusals as over the gateway', async () => {
    const { post } = await served({
      complete: async () => [{ label: 'Inception (2010)', value: 'kindred:17' }],
      handle: async ({ ask }) => reply(ask.kind === 'button' ? { replaces: true } : { refused: true }),
    });
    const choices = [{ name: 'Inception (2010)', value: 'kindred:17' }];
    expect(await (await post(payload('autocomplete'))).json()).toEqual({ type: 8, data: { choices } });
    expect(await (await post(press('page-2'))).json()).toMatchObject({ type: 7 });
    expect(await (await post(payload('command'))).json()).toMatchObject({
      type: 4,
      data: { flags: 32768 | 64 },
    });
  });

  test('puts off what takes long, and edits it over REST although Discord is not ready for that at once', async () => {
    const bot = slowBot();
    const { fake, post } = await served(bot, { timings: { firstResponse: AT_ONCE, tooEarly: 50 } });
    const talk = fake.begin(payload('command'));
    const deferred = await (await post(talk.interaction)).json();
    expect(deferred).toEqual({ type: 5 });
    bot.answer(reply());
    // Our edit overtakes our own response: Discord does not know the webhook until it has read that.
    await talk.tooEarly;
    talk.callback(deferred);
    expect(await talk.call(2)).toMatchObject({ kind: 'edit', body: { components: [{ content: 'Hello' }] } });
    expect(fake.violations).toEqual([]);
  });

  test('answers what is under way when it is stopped, and nothing new', async () => {
    const bot = slowBot();
    const { adapter, post } = await served(bot);
    const early = post(payload('command'));
    await bot.asked;
    const stopped = adapter.stop();
    expect((await post(payload('command'))).status).toBe(503);
    bot.answer(reply());
    await stopped;
    expect((await early).status).toBe(200);
  });

  test('acknowledges a press first and then sends the poll, whose place it tells the bot', async () => {
    const told: [number, string][] = [];
    const { fake, post } = await served({
      handle: async () => reply({ blocks: [aPoll()] }),
      async polled(night, poll) {
        told.push([night, poll]);
      },
    });
    const talk = fake.begin(press('AQIDBAUG'));
    const response = await post(talk.interaction);
    const first = (await response.json()) as { type: number };
    expect(first).toEqual({ type: 6 });
    talk.callback(first);
    await talk.call(2);
    await vi.waitUntil(() => told.length > 0);
    expect(told).toEqual([[5, fake.channels.polls[0]]]);
    expect(fake.violations).toEqual([]);
  });
});

function aPoll() {
  const choices = ['Dark City', 'Alien'].map((title, at) => ({
    movie: movie({ title }),
    tellsApart: [],
    pick: action(`pick-${at}`),
  }));
  const question = say('night.question');
  return { kind: 'poll', night: 5, question, choices, hours: 1, end: action('end') } as const;
}
