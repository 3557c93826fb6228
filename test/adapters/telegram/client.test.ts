import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TelegramClient } from '../../../adapters/telegram/client.ts';
import { renderMessage } from '../../../adapters/telegram/render.ts';
import { RefusedCredential } from '../../../src/chat/adapter.ts';
import { say } from '../../../src/messages/message.ts';
import { createMetrics } from '../../../src/metrics.ts';
import { FakeTelegram } from '../../fakes/telegram.ts';
import { sealed } from './replies.ts';

const never = new AbortController().signal;
const message = renderMessage(sealed([{ kind: 'text', lines: [say('help.what')] }]), {
  posters: true,
  username: 'KindredTestBot',
});
const other = renderMessage(sealed([{ kind: 'text', lines: [say('help.local')] }]), {
  posters: true,
  username: 'KindredTestBot',
});

describe('the client', () => {
  let telegram: FakeTelegram;
  let client: TelegramClient;

  beforeEach(async () => {
    telegram = await FakeTelegram.start();
    client = new TelegramClient({ token: telegram.token, apiUrl: telegram.url });
  });

  afterEach(async () => {
    await telegram.stop();
    expect(telegram.violations).toEqual([]);
  });

  it('takes a message that is already as it should be for edited, and says where one is gone', async () => {
    await client.send({ chat_id: 1 }, message, never);
    const [shown] = telegram.shown(1);
    const target = { chat_id: 1, message_id: shown!.id };
    expect(await client.edit(target, message, never)).toBe(true);
    expect(await client.edit(target, other, never)).toBe(true);
    expect(telegram.shown(1)[0]?.text).not.toBe(shown?.text);
    telegram.deleteMessage(shown!);
    expect(await client.edit(target, message, never)).toBe(false);
  });

  it('waits as long as Telegram asks, and sends then', async () => {
    telegram.fail('sendMessage', {
      code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    await client.send({ chat_id: 1 }, message, never);
    expect(telegram.of('sendMessage')).toHaveLength(2);
    expect(telegram.shown(1)).toHaveLength(1);
  });

  it('repeats a call that Telegram failed on', async () => {
    const metrics = createMetrics(async () => ({ movies: 0, shows: 0, titles: 0, vectors: 0 }));
    telegram.fail('sendMessage', { code: 502, description: 'Bad Gateway' });
    await client.send({ chat_id: 1 }, message, never);
    expect(telegram.shown(1)).toHaveLength(1);
    const counts = (await metrics.text()).match(/^kindred_outside_calls_total\{.*$/gmu);
    expect(counts).toEqual(['kindred_outside_calls_total{service="telegram",outcome="retried"} 1']);
  });

  it('repeats a call at once whose connection broke', async () => {
    telegram.fail('sendMessage', 'cut');
    await client.send({ chat_id: 1 }, message, never);
    expect(telegram.shown(1)).toHaveLength(1);
  });

  it('stops repeating when its signal fires', async () => {
    telegram.fail('sendMessage', {
      code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: 60 },
    });
    const stop = new AbortController();
    const sent = client.send({ chat_id: 1 }, message, stop.signal);
    await telegram.call('sendMessage');
    stop.abort();
    await expect(sent).rejects.toThrow();
  });

  it('names the setting that Telegram refuses', async () => {
    const webhook = { url: 'https://kindred.example', secret: 'a_secret' };
    const posted = new TelegramClient({ token: telegram.token, apiUrl: telegram.url, webhook });
    telegram.fail('setWebhook', {
      code: 400,
      description: 'Bad Request: bad webhook: HTTPS url must be provided',
    });
    await expect(posted.connect(never)).rejects.toMatchObject({ variable: 'TELEGRAM_WEBHOOK_URL' });
    await posted.connect(never);
    expect(telegram.webhook).toEqual({ url: 'https://kindred.example/telegram', secret: 'a_secret' });
    telegram.refuseToken();
    await expect(client.connect(never)).rejects.toBeInstanceOf(RefusedCredential);
    await expect(client.connect(never)).rejects.toMatchObject({ variable: 'TELEGRAM_BOT_TOKEN' });
  });
});
