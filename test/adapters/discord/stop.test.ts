import { describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/messages/message.ts';
import { Wording } from '../../../src/messages/wording.ts';
import { Line } from './line.ts';
import { payload, reply } from './samples.ts';
import { AT_ONCE, connected, type Setup, SOON, setUp, slowBot } from './setup.ts';

/** In the language of the one who asks in the recorded payloads. */
const GAVE_UP = new Wording('de').text(say('slow.gaveUp'));
/** Longer than any test may take. */
const NEVER = 60_000;
/** Far less than discord.js would wait by itself (4 s for a request, 30 s for a goodbye), however busy the machine. */
const STOPS_WITHIN = 2000;
/** Short, so that what is measured is whether it gives up, not how busy the machine is. */
const FAREWELL = 50;

/** An answer that never comes and does not heed its signal. */
const deaf = { handle: () => new Promise<never>(() => {}) };

/** The adapter behind a line of its own, REST and gateway. */
async function behindLine(...[bot, options]: Parameters<typeof setUp>): Promise<Setup & { line: Line }> {
  const far = await setUp();
  const line = await Line.open(far.fake.apiUrl);
  const config = { apiUrl: `http://127.0.0.1:${line.port}/api`, token: far.fake.token };
  const near = await setUp(bot, { ...options, config });
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };
  far.fake.inject(/^\/gateway\/bot$/u, {
    status: 200,
    times: Number.POSITIVE_INFINITY,
    body: { url: `ws://127.0.0.1:${line.port}`, shards: 1, session_start_limit },
  });
  return { ...near, fake: far.fake, line };
}

/** Stops it, and holds it to its promise. */
async function stop({ adapter }: Setup): Promise<void> {
  const began = performance.now();
  await adapter.stop();
  expect(performance.now() - began).toBeLessThan(STOPS_WITHIN);
}

describe('stopped beside a Discord that accepts connections and never answers', () => {
  test('it hangs up at once, although it was still starting', async () => {
    const setup = await behindLine({}, { timings: { start: NEVER, farewell: FAREWELL } });
    setup.line.goSilent();
    const started = setup.adapter.start(setup.bot);
    // The commands, and the gateway's address.
    await vi.waitUntil(() => setup.line.held === 2, SOON);
    await stop(setup);
    await started;
    expect(setup.log.join()).not.toContain('"level":"error"');
  });

  test('it gives up a message on its way and a goodbye that nobody answers', async () => {
    const bot = slowBot();
    const setup = await behindLine(bot, { timings: { farewell: FAREWELL } });
    await setup.adapter.start(setup.bot);
    setup.fake.interact(payload('command'));
    await bot.asked;
    expect(setup.line.webSockets).toBe(1);
    setup.line.goSilent();
    bot.answer(reply());
    await stop(setup);
    await vi.waitUntil(() => setup.line.webSockets === 0, SOON);
    await vi.waitUntil(() => setup.log.join().includes('an answer could not be delivered'), SOON);
  });

  test('it does not sit out a long rate limit', async () => {
    const bot = slowBot();
    const setup = await connected(bot, { timings: { farewell: FAREWELL } });
    setup.fake.inject(/\/callback$/u, {
      status: 429,
      headers: { 'retry-after': '60' },
      body: { message: 'slow', retry_after: 60, global: false },
    });
    setup.fake.interact(payload('command'));
    await bot.asked;
    bot.answer(reply());
    await vi.waitUntil(() => setup.fake.requests.some((request) => request.path.endsWith('/callback')), SOON);
    await stop(setup);
  });
});

describe('an answer that never comes', () => {
  test('is given up after a while, and the person is told in private', async () => {
    const { fake, log } = await connected(deaf, { timings: { answer: AT_ONCE } });
    const { body } = await fake.interact(payload('command')).call(1);
    expect(body).toMatchObject({ type: 4, data: { flags: 32768 | 64, components: [{ content: GAVE_UP }] } });
    expect(log.join()).toContain('gave up waiting for an answer');
  });

  test('is given up when we stop, and who was put off is told', async () => {
    const setup = await connected(deaf, { timings: { firstResponse: AT_ONCE, grace: AT_ONCE } });
    const talk = setup.fake.interact(payload('command'));
    expect((await talk.call(1)).body).toEqual({ type: 5 });
    await stop(setup);
    expect(talk.original).toBe('deleted');
    expect(talk.followUps).toMatchObject([{ ephemeral: true, body: { components: [{ content: GAVE_UP }] } }]);
    expect(setup.fake.violations).toEqual([]);
  });
});
