import { readFileSync } from 'node:fs';
import type { Update } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { read, type Self } from '../../../adapters/telegram/read.ts';

const file = new URL('../../fixtures/telegram/updates.json', import.meta.url);
const updates: Record<string, Update> = JSON.parse(readFileSync(file, 'utf8'));
const self: Self = { id: 4242, username: 'KindredTestBot', commands: ['start', 'similar', 'movie', 'help'] };

const GROUP = -1001234567890;
const anna = { asker: 'telegram:700001', name: 'Anna', locale: 'pt-BR' };
const inPrivate = { kind: 'private', key: 'telegram:700001' };
const inGroup = { kind: 'group', key: `telegram:${GROUP}` };
const replyTo = (message_id: number) => ({
  reply_parameters: { message_id, allow_sending_without_reply: true },
});

function reading(name: string) {
  const update = updates[name];
  if (!update) throw new Error(`no update called ${name}`);
  return read(update, self);
}

describe('an update is read as', () => {
  it.each([
    ['private text', { kind: 'text', text: 'the thing 1982' }],
    ['private command', { kind: 'text', text: '/similar alien from:1980 genre:horror' }],
    ['start', { kind: 'command', command: 'help', args: {} }],
    ['start with help', { kind: 'command', command: 'help', args: {} }],
    ['start with a button id', { kind: 'button', id: 'AQIDBAUGBwgJ_-x', linked: true }],
    ['photo with a caption', { kind: 'text', text: 'Inception' }],
    ['sticker', { kind: 'text', text: '' }],
  ])('a question in a private chat: %s', (name, ask) => {
    expect(reading(name)).toEqual({
      kind: 'question',
      invocation: { ask, ...anna, chat: inPrivate },
      place: { chat_id: 700001 },
    });
  });

  it.each([
    ['group command', '/similar inception'],
    ['group command for us', '/similar@kindredtestbot inception'],
    ['group command nobody knows, for us', '/ban@KindredTestBot spammer'],
    ['group reply in a thread that is no topic', '/similar inception'],
  ])('a question in a group, answered as a reply: %s', (name, text) => {
    expect(reading(name)).toEqual({
      kind: 'question',
      invocation: { ask: { kind: 'text', text }, ...anna, chat: inGroup },
      place: { chat_id: GROUP, ...replyTo(812) },
    });
  });

  it('a reply to one of our lists, with the buttons that say which list', () => {
    expect(reading('group reply to us')).toMatchObject({
      invocation: {
        ask: { kind: 'text', text: 'but from the 80s' },
        repliedTo: { buttons: ['AQIDBAUG', 'AQIDBAUH'] },
      },
      place: { chat_id: GROUP, ...replyTo(812) },
    });
  });

  it('a question in a topic, answered there', () => {
    expect(reading('topic command')).toMatchObject({
      place: { chat_id: GROUP, message_thread_id: 77, ...replyTo(812) },
    });
  });

  it('a question of nobody in particular where an admin writes in the name of the group', () => {
    const incoming = reading('anonymous admin');
    expect(incoming).toMatchObject({ kind: 'question', invocation: { ask: { text: '/similar inception' } } });
    expect(incoming).not.toHaveProperty('invocation.asker');
  });

  it.each([
    'posted through us',
    'pinned message',
    'group command for another bot',
    'group command nobody knows',
    'group talk',
    'group reply to a person',
    'topic talk',
    'linked channel',
    'another bot',
    'press on a game',
    'edited message',
  ])('nothing: %s', (name) => {
    expect(reading(name)).toBeUndefined();
  });

  it('a group that became a supergroup, from the group’s side and from the supergroup’s', () => {
    const move = { kind: 'move', from: 'telegram:-4321', to: 'telegram:-1001234567890' };
    expect(reading('group became a supergroup')).toEqual(move);
    expect(reading('supergroup was a group')).toEqual(move);
  });

  const press = { kind: 'press', queryId: '3006512345678901234' };
  const ask = { kind: 'button', id: 'AQIDBAUGBwgJ_-x' };

  it('a press, with the message it can change', () => {
    expect(reading('press in private')).toEqual({
      ...press,
      invocation: { ask, ...anna, chat: inPrivate },
      place: { chat_id: 700001 },
      message: { chat_id: 700001, message_id: 813 },
    });
  });

  it('a press in a topic, whose new messages go there', () => {
    expect(reading('press in a topic')).toMatchObject({
      place: { chat_id: GROUP, message_thread_id: 77, ...replyTo(813) },
      message: { chat_id: GROUP, message_id: 813 },
    });
  });

  it('a press on a message too old to be changed', () => {
    expect(reading('press on a message too old')).toEqual({
      ...press,
      invocation: { ask, ...anna, chat: inGroup },
      place: { chat_id: GROUP },
    });
  });

  it('a press on an inline message, which stands in a chat nobody tells us', () => {
    expect(reading('press on an inline message')).toEqual({
      ...press,
      invocation: { ask, ...anna },
      message: { inline_message_id: 'AgAAABcDAAD' },
    });
  });

  it.each([
    ['inline search', 0],
    ['inline search, second page', 10],
    ['inline search, forged offset', 0],
  ])('a search: %s', (name, offset) => {
    expect(reading(name)).toMatchObject({ kind: 'search', invocation: anna, typed: 'incep', offset });
  });
});
