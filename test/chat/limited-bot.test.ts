import { describe, expect, it } from 'vitest';
import type { Bot } from '../../src/chat/bot.ts';
import type { Invocation } from '../../src/chat/invocation.ts';
import { limitedBot } from '../../src/chat/limited-bot.ts';

const patient: Bot = {
  commands: [],
  complete: async () => [{ label: 'Alien', value: 'kindred:1' }],
  language: async () => 'de',
  polled: async () => {},
  moved: async () => {},
  told: async () => {},
  handle: async () => ({ blocks: [], language: 'en', replaces: false, refused: false }),
};

const from = (asker: string, chat?: string): Invocation => ({
  ask: { kind: 'text', text: 'Alien' },
  asker,
  ...(chat && { chat: { kind: 'group', key: chat } }),
});

describe('a bot that strangers reach', () => {
  const limits = { perPerson: 2, perChat: 3, typing: 2, seconds: 60 };
  const refused = async (bot: Bot, invocation: Invocation) => (await bot.handle(invocation)).refused;

  it('asks one person in a burst to wait a moment, and nobody else', async () => {
    const bot = limitedBot(patient, limits);
    expect(await refused(bot, from('x:1'))).toBe(false);
    expect(await refused(bot, from('x:1'))).toBe(false);
    expect(await bot.handle(from('x:1'))).toMatchObject({
      refused: true,
      onlyForAsker: true,
      language: 'de',
      saidBefore: false,
      blocks: [{ kind: 'text', lines: [{ key: 'error.oneMoment' }] }],
    });
    expect(await bot.handle(from('x:1'))).toMatchObject({ refused: true, saidBefore: true });
    expect(await refused(bot, from('x:2'))).toBe(false);
  });

  it('suggests nothing to whoever types faster than people do', async () => {
    const bot = limitedBot(patient, limits);
    const typed = (asker: string) => bot.complete('similar', 'title', 'al', { asker });
    for (const suggested of [1, 1, 0]) expect(await typed('x:1')).toHaveLength(suggested);
    expect(await typed('x:2')).toHaveLength(1);
  });

  it('asks a whole chat in a burst to wait a moment, and no other chat', async () => {
    const bot = limitedBot(patient, limits);
    for (const person of ['x:1', 'x:2', 'x:3'])
      expect(await refused(bot, from(person, 'x:chat'))).toBe(false);
    expect(await refused(bot, from('x:4', 'x:chat'))).toBe(true);
    expect(await refused(bot, from('x:4', 'x:other'))).toBe(false);
  });
});
