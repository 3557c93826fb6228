import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { RefusedCredential } from '../../../src/chat/adapter.ts';
import { line, payload, press, reply } from './samples.ts';
import { AT_ONCE, connected, SOON, setUp, slowBot } from './setup.ts';

const CALLBACK = /\/callback$/u;
const COMMANDS = '/applications/100000000000000001/commands';

describe('starting', () => {
  test('connects with the Guilds intent only and publishes the commands', async () => {
    const { fake, adapter, bot } = await setUp();
    expect(adapter.state()).toBe('starting');
    await adapter.start(bot);
    expect(adapter.state()).toBe('up');
    expect(fake.gateway.identified).toMatchObject([{ intents: GatewayIntentBits.Guilds, shard: [0, 1] }]);
    expect(fake.commands.get('global')?.map((each) => each.name)).toEqual(commands.map((each) => each.name));
    expect(fake.violations).toEqual([]);
  });

  test('sends the commands only when they changed', async () => {
    const { fake, adapter, bot } = await setUp();
    await adapter.start(bot);
    await adapter.stop();
    const again = await setUp({}, { config: { apiUrl: fake.apiUrl, token: fake.token } });
    await again.adapter.start(bot);
    expect(fake.requests.filter((request) => request.method === 'PUT')).toHaveLength(1);
  });

  test('sends the commands from one copy where two start at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-lock-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const commandsLock = join(folder, 'commands.lock');
    const { fake, adapter, bot } = await setUp({}, { commandsLock });
    const other = await setUp({}, { commandsLock, config: { apiUrl: fake.apiUrl } });
    await Promise.all([adapter.start(bot), other.adapter.start(bot)]);
    expect(fake.requests.filter((each) => each.method === 'PUT')).toHaveLength(1);
  });

  test('publishes for one server only where one is named, and compares there too', async () => {
    const config = { guildId: '600000000000000001' };
    const { fake, adapter, bot } = await setUp({}, { config });
    await adapter.start(bot);
    expect([...fake.commands.keys()]).toEqual([config.guildId]);
    const again = await setUp({}, { config: { ...config, apiUrl: fake.apiUrl, token: fake.token } });
    await again.adapter.start(bot);
    expect(fake.requests.filter((request) => request.method === 'PUT')).toHaveLength(1);
  });

  test('rejects with the variable’s name where the REST API refuses the token', async () => {
    const { fake, adapter, bot, log } = await setUp();
    fake.acceptedToken = 'another';
    const refused = await adapter.start(bot).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedCredential);
    expect(refused).toMatchObject({ variable: 'DISCORD_TOKEN' });
    expect(log.join()).not.toContain(fake.token);
  });

  test('rejects with the variable’s name where only the gateway refuses the token', async () => {
    const { fake, adapter, bot } = await setUp();
    fake.gateway.token = 'another';
    await expect(adapter.start(bot)).rejects.toBeInstanceOf(RefusedCredential);
    expect(adapter.state()).toBe('down');
  });

  test('survives an outage: start resolves, and it is served as soon as Discord is back', async () => {
    const { fake, adapter, bot } = await setUp();
    fake.inject(/./u, { status: 503, times: 12 });
    await adapter.start(bot);
    expect(adapter.state()).not.toBe('up');
    await fake.gateway.served(1);
    const talk = fake.interact(payload('command'));
    await talk.call(1);
    expect(fake.violations).toEqual([]);
  });

  test('is served although Discord does not take the commands, and says so in the log', async () => {
    const { fake, adapter, bot, log } = await setUp();
    fake.inject(new RegExp(COMMANDS, 'u'), { status: 403, body: { code: 50001, message: 'Missing Access' } });
    await adapter.start(bot);
    expect(adapter.state()).toBe('up');
    expect(log.join()).toContain('Discord does not accept the slash commands');
  });
});

describe('a slash command', () => {
  test('is answered by the first response, seen by all', async () => {
    const { fake, adapter, log } = await connected();
    const talk = fake.interact(payload('command'));
    const { body } = await talk.call(1);
    await adapter.stop();
    expect(log.join()).not.toContain('"level":"error"');
    expect(body).toEqual({
      type: 4,
      data: { flags: 32768, allowed_mentions: { parse: [] }, components: [{ type: 10, content: 'Hello' }] },
    });
    expect(fake.violations).toEqual([]);
  });

  test.each([{ refused: true }, { onlyForAsker: true }])(
    'is answered in private where the reply is %o',
    async (facts) => {
      const { fake } = await connected({ handle: async () => reply(facts) });
      const talk = fake.interact(payload('command'));
      expect((await talk.call(1)).body).toMatchObject({ type: 4, data: { flags: 32768 | 64 } });
    },
  );

  test('that takes long is put off in public and then edited', async () => {
    const bot = slowBot();
    const { fake } = await connected(bot, { timings: { firstResponse: AT_ONCE } });
    const talk = fake.interact(payload('command'));
    expect((await talk.call(1)).body).toEqual({ type: 5 });
    bot.answer(reply());
    expect(await talk.call(2)).toMatchObject({ kind: 'edit', body: { components: [{ content: 'Hello' }] } });
    expect(talk.original).toMatchObject({ ephemeral: false });
    expect(fake.violations).toEqual([]);
  });

  test('that was asked in private is put off in private', async () => {
    const bot = slowBot();
    const { fake } = await connected(bot, { timings: { firstResponse: AT_ONCE } });
    const talk = fake.interact(payload('command-in-group-dm'));
    expect((await talk.call(1)).body).toEqual({ type: 5, data: { flags: 64 } });
    bot.answer(reply({ refused: true, onlyForAsker: true }));
    await talk.call(2);
    expect(talk.original).toMatchObject({ ephemeral: true });
  });

  test('whose late answer is a refusal is taken back, and the refusal told in private', async () => {
    const bot = slowBot();
    const { fake } = await connected(bot, { timings: { firstResponse: AT_ONCE } });
    const talk = fake.interact(payload('command'));
    await talk.call(1);
    bot.answer(reply({ refused: true, onlyForAsker: true }));
    await talk.call(3);
    expect(talk.original).toBe('deleted');
    expect(talk.followUps).toMatchObject([{ ephemeral: true, body: { components: [{ content: 'Hello' }] } }]);
    expect(fake.violations).toEqual([]);
  });

  test('passes a picked title on untouched', async () => {
    const asked: unknown[] = [];
    const { fake } = await connected({
      async handle(invocation) {
        asked.push(invocation.ask);
        return reply();
      },
    });
    await fake.interact(payload('command-in-group-dm')).call(1);
    expect(asked).toEqual([
      { kind: 'command', command: 'similar', args: { title: 'kindred:17', private: 'true' } },
    ]);
  });

  test('whose reply is more than Discord takes is answered with a calm sentence', async () => {
    const { fake, log } = await connected({ handle: async () => reply({ blocks: [] }) });
    const { body } = await fake.interact(payload('command')).call(1);
    expect(body.data.flags).toBe(32768 | 64);
    expect(body.data.components[0].content).toMatch(
      /^Sorry, something went wrong on my side.* quote [0-9a-f]{6}/u,
    );
    expect(log.join()).toContain('a message was not fit to be sent');
  });
});

describe('suggestions', () => {
  test('have titles as labels and references as values, and what does not fit is left out', async () => {
    const { fake } = await connected({
      complete: async (command, argument, typed) => [
        { label: `${command} ${argument} ${typed} `.padEnd(200, 'x'), value: 'kindred:17' },
        { label: 'too long', value: 'x'.repeat(101) },
        ...Array.from({ length: 30 }, (_, index) => ({ label: `${index}`, value: `${index}` })),
      ],
    });
    const { body } = await fake.interact(payload('autocomplete')).call(1);
    expect(body.type).toBe(8);
    expect(body.data.choices).toHaveLength(25);
    expect(body.data.choices[0]).toEqual({
      name: `${'similar title incep '.padEnd(99, 'x')}…`,
      value: 'kindred:17',
    });
    expect(body.data.choices[1]).toEqual({ name: '0', value: '0' });
    expect(fake.violations).toEqual([]);
  });

  test('are none where they take too long, and the search is told to stop', async () => {
    const stopped = Promise.withResolvers<void>();
    const { fake } = await connected(
      {
        complete: (_command, _argument, _typed, { signal }) =>
          new Promise(() => signal?.addEventListener('abort', () => stopped.resolve())),
      },
      { timings: { suggestions: AT_ONCE } },
    );
    const { body } = await fake.interact(payload('autocomplete')).call(1);
    expect(body).toEqual({ type: 8, data: { choices: [] } });
    await stopped.promise;
  });
});

describe('a button', () => {
  test('that replaces edits its message in place', async () => {
    const { fake } = await connected({ handle: async () => reply({ replaces: true }) });
    const { body } = await fake.interact(press('page-2')).call(1);
    expect(body).toMatchObject({ type: 7, data: { flags: 32768, components: [{ content: 'Hello' }] } });
    expect(fake.violations).toEqual([]);
  });

  test('that opens something new answers with a message of its own', async () => {
    const { fake } = await connected();
    expect((await fake.interact(press('similar')).call(1)).body).toMatchObject({
      type: 4,
      data: { flags: 32768 },
    });
  });

  test.each(['pressed by another person', 'stale', 'damaged', 'forged'])(
    '%s changes nothing for the others: a private note says why',
    async () => {
      const { fake } = await connected({ handle: async () => reply({ refused: true, onlyForAsker: true }) });
      const talk = fake.interact(press('x'.repeat(100), '400000000000000002'));
      expect((await talk.call(1)).body).toMatchObject({ type: 4, data: { flags: 32768 | 64 } });
    },
  );

  test('on a private message goes on in private', async () => {
    const { fake } = await connected();
    const { body } = await fake.interact(payload('select')).call(1);
    expect(body).toMatchObject({ type: 4, data: { flags: 32768 | 64 } });
  });

  test('never puts a private answer in place of what all can see', async () => {
    const { fake } = await connected({ handle: async () => reply({ replaces: true, onlyForAsker: true }) });
    expect((await fake.interact(press('x')).call(1)).body).toMatchObject({
      type: 4,
      data: { flags: 32768 | 64 },
    });
  });

  test('that takes long is acknowledged, then edits its message or follows up', async () => {
    for (const [facts, kind] of [
      [{ replaces: true }, 'edit'],
      [{}, 'follow-up'],
      [{ refused: true }, 'follow-up'],
    ] as const) {
      const bot = slowBot();
      const { fake } = await connected(bot, { timings: { firstResponse: AT_ONCE } });
      const talk = fake.interact(press('page-2'));
      expect((await talk.call(1)).body).toEqual({ type: 6 });
      bot.answer(reply(facts));
      expect(await talk.call(2)).toMatchObject({ kind });
      expect(talk.followUps.map((each) => each.ephemeral)).toEqual(
        kind === 'edit' ? [] : ['refused' in facts],
      );
      expect(fake.violations).toEqual([]);
    }
  });

  test('pressed twice while its answer is under way does one thing', async () => {
    const bot = slowBot();
    let asked = 0;
    const { fake } = await connected({
      handle: () => {
        asked += 1;
        return bot.handle(undefined as never);
      },
    });
    const first = fake.interact(press('similar'));
    await bot.asked;
    expect((await fake.interact(press('similar')).call(1)).body).toEqual({ type: 6 });
    bot.answer(reply());
    await first.call(1);
    // The second click of a double click may also come just after the answer.
    expect((await fake.interact(press('similar')).call(1)).body).toEqual({ type: 6 });
    expect(asked).toBe(1);
  });

  test('is not a double click where another person or another message is meant', async () => {
    const { fake } = await connected();
    const presses = [
      press('a'),
      press('a', '400000000000000002'),
      press('a', undefined, '700000000000000009'),
      press('b'),
    ];
    for (const each of presses) expect((await fake.interact(each).call(1)).body.type).toBe(4);
  });
});

describe('trouble on the way out', () => {
  test('a 429 is waited out', async () => {
    const { fake } = await connected();
    fake.inject(CALLBACK, {
      status: 429,
      headers: { 'retry-after': '0.05' },
      body: { message: 'slow', retry_after: 0.05, global: false },
    });
    expect((await fake.interact(payload('command')).call(1)).body.type).toBe(4);
  });

  test('a 5xx is tried again', async () => {
    const { fake } = await connected();
    fake.inject(CALLBACK, { status: 502, times: 2 });
    expect((await fake.interact(payload('command')).call(1)).body.type).toBe(4);
  });

  test('a 400 is answered with a message without pictures', async () => {
    const { fake, log } = await connected();
    fake.inject(CALLBACK, { status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    expect((await fake.interact(payload('command')).call(1)).body.type).toBe(4);
    expect(log.join()).toContain('a message was not fit to be sent');
  });

  test('an answer that comes too late is dropped, and the log names nobody', async () => {
    const bot = slowBot();
    const { fake, adapter, log } = await connected(bot);
    const talk = fake.interact(payload('command'));
    await bot.asked;
    talk.expired = true;
    bot.answer(reply());
    await adapter.stop();
    const written = log.join();
    expect(written).toContain('an answer came too late and was dropped');
    expect(written).not.toMatch(/interaction-token|400000000000000001|500000000000000001/u);
    expect(written).not.toContain('"level":"error"');
  });

  test('an edit that comes too late is dropped as well', async () => {
    const bot = slowBot();
    const { fake, adapter, log } = await connected(bot, { timings: { firstResponse: AT_ONCE } });
    const talk = fake.interact(payload('command'));
    await talk.call(1);
    talk.expired = true;
    bot.answer(reply());
    await adapter.stop();
    expect(log.join()).toContain('an answer came too late and was dropped');
  });

  test('a failure that lasts is logged without token or person', async () => {
    const { fake, adapter, log } = await connected();
    fake.inject(CALLBACK, { status: 500, times: 10 });
    fake.interact(payload('command'));
    await vi.waitUntil(() => fake.requests.filter((each) => CALLBACK.test(each.path)).length === 3, SOON);
    await adapter.stop();
    const written = log.join();
    expect(written).toContain('an answer could not be delivered');
    expect(written).not.toMatch(/interaction-token|400000000000000001/u);
    expect(written).not.toContain(fake.token);
  });
});

describe('the connection', () => {
  test('cut, it is resumed, and what came meanwhile is answered', async () => {
    const { fake, adapter } = await connected();
    fake.gateway.cut();
    const talk = fake.interact(payload('command'));
    await talk.call(1);
    expect(fake.gateway.resumed).toHaveLength(1);
    expect(fake.gateway.identified).toHaveLength(1);
    expect(adapter.state()).toBe('up');
  });

  test('is reported as down while it is cut', async () => {
    const { fake, adapter } = await connected();
    fake.gateway.unreachable = true;
    fake.gateway.cut();
    await vi.waitUntil(() => adapter.state() !== 'up', SOON);
    expect(adapter.state()).toBe('down');
    fake.gateway.unreachable = false;
    await fake.interact(payload('command')).call(1);
    expect(adapter.state()).toBe('up');
  });

  test('stopped during a request, it answers that first and takes nothing new', async () => {
    const bot = slowBot();
    const { fake, adapter } = await connected(bot);
    const talk = fake.interact(payload('command'));
    await bot.asked;
    const stopped = adapter.stop();
    const late = fake.interact(payload('command'));
    bot.answer(reply());
    await stopped;
    expect(talk.calls).toHaveLength(1);
    expect(late.calls).toHaveLength(0);
    expect(fake.gateway.connections).toBe(0);
    expect(adapter.state()).toBe('down');
  });

  test('stopped while it is cut, it stays closed', async () => {
    const { fake, adapter } = await connected();
    fake.gateway.unreachable = true;
    fake.gateway.cut();
    await vi.waitUntil(() => adapter.state() !== 'up', SOON);
    await adapter.stop();
    expect(fake.gateway.connections).toBe(0);
  });
});

test('200 interactions at once are all answered, each with its own answer', async () => {
  const { fake } = await connected({
    handle: async ({ ask }) => reply({ blocks: [line(ask.kind === 'button' ? ask.id : '')] }),
  });
  const talks = Array.from({ length: 200 }, (_, index) => fake.interact(press(`button${index}`)));
  const calls = await Promise.all(talks.map((talk) => talk.call(1)));
  expect(calls.map((call) => call.body.data.components[0].content)).toEqual(
    talks.map((_, index) => `button${index}`),
  );
  expect(fake.violations).toEqual([]);
});
