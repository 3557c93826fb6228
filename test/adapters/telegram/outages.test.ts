import type { Update, User } from '@grammyjs/types';
import { describe, expect, it, vi } from 'vitest';
import { createTelegramAdapter } from '../../../adapters/telegram/index.ts';
import { createLog } from '../../../src/log.ts';
import { ANNA, BEN, FakeTelegram } from '../../fakes/telegram.ts';
import { testBot, world } from './world.ts';

function person(number: number): User {
  return { id: 800_000 + number, is_bot: false, first_name: `P${number}`, language_code: 'en' };
}

describe('many at once', () => {
  it('are all answered: 200 people in one moment', async () => {
    await using here = await world();
    for (let number = 0; number < 200; number++) here.telegram.say('inception', { from: person(number) });
    await here.telegram.until(() => here.telegram.of('sendMessage').length === 200);
    expect(new Set(here.telegram.shown().map((each) => each.chat)).size).toBe(200);
  });

  it('are answered in order within a chat', async () => {
    await using here = await world({
      answering: async (title) => {
        // The first would be overtaken if the second did not wait for it.
        if (title === 'first') await new Promise((resolve) => setImmediate(resolve));
        return { blocks: [{ kind: 'text', lines: [{ key: 'none.found', values: { title } }] }] };
      },
    });
    for (const title of ['first', 'second', 'third']) here.telegram.say(title);
    await here.telegram.call('sendMessage', 2);
    expect(here.telegram.shown(ANNA.id).map((each) => each.text.match(/“(.*)”/u)?.[1])).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('do not wait for one that hangs, in another chat at once and in the same one soon', async () => {
    await using here = await world({
      timing: { patience: 30, giveUp: 60 },
      answering: async (title) => (title === 'hang' ? new Promise(() => {}) : undefined),
    });
    here.telegram.say('hang');
    here.telegram.say('inception', { from: BEN });
    await here.telegram.until(() => here.telegram.shown(BEN.id)[0]);
    here.telegram.say('inception');
    const texts = () => here.telegram.shown(ANNA.id).map((each) => each.text);
    await here.telegram.until(() => texts().some((text) => text.includes('Film 1')));
    await here.telegram.until(() => texts().some((text) => text.includes('took too long')));
  });
});

describe('an outage', () => {
  it('while serving is waited out, and what was asked meanwhile is answered', async () => {
    await using here = await world();
    here.telegram.say('inception');
    await here.telegram.until(() => here.telegram.shown(ANNA.id)[0]);
    const restore = await here.telegram.cut();
    await vi.waitFor(() => expect(here.adapter.state()).toBe('down'), { interval: 5, timeout: 30_000 });
    here.telegram.say('inception', { from: BEN });
    await restore();
    await here.telegram.until(() => here.telegram.shown(BEN.id)[0]);
    expect(here.adapter.state()).toBe('up');
  });

  it('of updates alone is waited out: 5xx, 429 and a broken connection', async () => {
    await using here = await world({
      prepare: (telegram) =>
        telegram.fail(
          'getUpdates',
          { code: 500, description: 'Internal Server Error' },
          { code: 429, description: 'Too Many Requests', parameters: { retry_after: 0 } },
          'cut',
        ),
    });
    here.telegram.say('inception');
    await here.telegram.until(() => here.telegram.shown(ANNA.id)[0]);
    expect(here.logged().match(/Telegram cannot be reached/gu)).toHaveLength(1);
    expect(here.logged()).toContain('Telegram is reachable again');
  });

  it('at start does not fail the start', async () => {
    await using here = await world({
      prepare: (telegram) => telegram.fail('getMe', { code: 502, description: 'Bad Gateway' }, 'cut'),
    });
    expect(here.adapter.state()).toBe('down');
    here.telegram.say('inception');
    await here.telegram.until(() => here.telegram.shown(ANNA.id)[0]);
    expect(here.adapter.state()).toBe('up');
  });

  it('that is a token taken back only turns the state down', async () => {
    await using here = await world({
      prepare: (telegram) => telegram.fail('getUpdates', { code: 401, description: 'Unauthorized' }),
    });
    await vi.waitFor(() => expect(here.adapter.state()).toBe('down'), { interval: 5, timeout: 30_000 });
    expect(here.logged()).toContain('Unauthorized');
  });

  it('leaves neither token nor people in the log', async () => {
    await using here = await world({
      answering: async (title) => {
        if (title === 'fault') throw new Error('the index broke');
        return undefined;
      },
    });
    const forbidden = { code: 403, description: 'Forbidden: bot was blocked by the user' };
    here.telegram.fail('sendMessage', forbidden, {
      code: 400,
      description: `Bad Request: chat_id: ${ANNA.id} is odd`,
    });
    here.telegram.fail('getUpdates', 'cut');
    here.telegram.say('inception');
    await here.telegram.call('sendMessage');
    here.telegram.say('fault');
    await here.telegram.call('sendMessage', 1);
    const restore = await here.telegram.cut();
    await here.adapter.stop();
    await restore();
    expect(here.logged()).toContain('blocked by the user');
    expect(here.logged()).toContain('the index broke');
    for (const secret of [here.telegram.token, here.telegram.token.slice(5), String(ANNA.id)])
      expect(here.logged()).not.toContain(secret);
  });
});

describe('a refused token', () => {
  it('ends the start with the name of the setting', async () => {
    const telegram = await FakeTelegram.start();
    telegram.refuseToken();
    const log = createLog({ level: 'fatal', secrets: [] });
    const adapter = createTelegramAdapter(
      { token: telegram.token, apiUrl: telegram.url },
      { log, posters: true },
    );
    await expect(adapter.start(testBot())).rejects.toMatchObject({
      name: 'RefusedCredential',
      variable: 'TELEGRAM_BOT_TOKEN',
    });
    await adapter.stop();
    await telegram.stop();
  });
});

describe('stopping', () => {
  it('answers what is under way, takes nothing new, and leaves no answered question in the queue', async () => {
    const held = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<void>();
    const here = await world({
      answering: (title) => {
        if (title !== 'slow') return Promise.resolve(undefined);
        asked.resolve();
        return held.promise;
      },
    });
    here.telegram.say('slow');
    await asked.promise;
    const stopped = here.adapter.stop();
    held.resolve(undefined);
    await stopped;
    expect(here.telegram.shown(ANNA.id)).toHaveLength(1);
    expect(here.telegram.of('getUpdates').at(-1)?.payload).toMatchObject({
      limit: 1,
      timeout: 0,
      offset: 1001,
    });
    here.telegram.say('inception', { from: BEN });
    expect(here.telegram.shown(BEN.id)).toEqual([]);
    await here.telegram.stop();
    expect(here.telegram.violations).toEqual([]);
  });

  it('works before anything has started', async () => {
    const log = createLog({ level: 'fatal', secrets: [] });
    const adapter = createTelegramAdapter(
      { token: '1:x', apiUrl: 'http://127.0.0.1:1' },
      { log, posters: true },
    );
    await adapter.stop();
    expect(adapter.state()).toBe('down');
  });
});

describe('a webhook', () => {
  const webhook = { url: 'https://kindred.example/telegram', secret: 'the_secret-1' };

  function posted(update: Update | string, secret: string | undefined = webhook.secret): Request {
    return new Request(webhook.url, {
      method: 'POST',
      body: typeof update === 'string' ? update : JSON.stringify(update),
      headers: secret === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret },
    });
  }

  it('takes updates that carry the secret, and answers them', async () => {
    await using here = await world({ webhook });
    expect(here.telegram.webhook).toEqual(webhook);
    const update = here.telegram.numbered({ message: here.telegram.message('inception') as never });
    expect((await here.adapter.handleWebhook!(posted(update))).status).toBe(200);
    await here.telegram.until(() => here.telegram.shown(ANNA.id)[0]);
    expect(here.telegram.of('getUpdates')).toEqual([]);
  });

  it('refuses what carries none, another one, or no update', async () => {
    await using here = await world({ webhook });
    const update = here.telegram.numbered({ message: here.telegram.message('inception') as never });
    const missing = new Request(webhook.url, { method: 'POST', body: JSON.stringify(update) });
    expect((await here.adapter.handleWebhook!(missing)).status).toBe(401);
    expect((await here.adapter.handleWebhook!(posted(update, 'the_secret-2'))).status).toBe(401);
    for (const body of ['', 'no JSON', '[]', '{"update_id":"1"}'])
      expect((await here.adapter.handleWebhook!(posted(body))).status).toBe(400);
    expect((await here.adapter.handleWebhook!(new Request(webhook.url, posted(update).clone()))).status).toBe(
      200,
    );
  });

  it('asks Telegram to come back while it is stopping', async () => {
    const here = await world({ webhook });
    await here.adapter.stop();
    const update = here.telegram.numbered({ message: here.telegram.message('inception') as never });
    expect((await here.adapter.handleWebhook!(posted(update))).status).toBe(503);
    await here.telegram.stop();
  });

  it('is not there with long polling', async () => {
    await using here = await world();
    expect(here.adapter.handleWebhook).toBeUndefined();
  });
});
