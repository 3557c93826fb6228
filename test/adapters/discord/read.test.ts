import { describe, expect, test } from 'vitest';
import { readInteraction } from '../../../adapters/discord/read.ts';
import { payload } from './samples.ts';

const FILMS_CHANNEL = {
  kind: 'group',
  key: 'discord:500000000000000001',
  ageRestricted: false,
  whispers: true,
};

describe('readInteraction', () => {
  test('reads a slash command with its options as texts', () => {
    expect(readInteraction(payload('command'))).toEqual({
      kind: 'ask',
      invocation: {
        ask: {
          kind: 'command',
          command: 'similar',
          args: { title: 'inceptoin', from: '1990', private: 'false' },
        },
        asker: 'discord:400000000000000001',
        name: 'Ann',
        chat: FILMS_CHANNEL,
        locale: 'de',
      },
      private: false,
    });
  });

  test('reads a command in the chat with the bot as private, without options', () => {
    expect(readInteraction(payload('command-in-bot-dm'))).toMatchObject({
      invocation: {
        ask: { kind: 'command', command: 'help', args: {} },
        asker: 'discord:400000000000000001',
        chat: { kind: 'private', key: 'discord:500000000000000002', ageRestricted: false, whispers: true },
      },
    });
  });

  test('reads a command in a chat of several people as one in a group, and that it was asked in private', () => {
    expect(readInteraction(payload('command-in-group-dm'))).toMatchObject({
      invocation: { chat: { kind: 'group' }, ask: { args: { title: 'kindred:17', private: 'true' } } },
      private: true,
    });
  });

  test('takes a channel as age-restricted only where Discord says so', () => {
    const channel = { id: '500000000000000001', type: 0, nsfw: true };
    expect(readInteraction(payload('command', { channel }))).toMatchObject({
      invocation: { chat: { ageRestricted: true } },
    });
    const thread = { id: '500000000000000001', type: 11 };
    expect(readInteraction(payload('command', { channel: thread }))).toMatchObject({
      invocation: { chat: { ageRestricted: false } },
    });
  });

  test('reads a pressed button, and tells presses by message, button and person', () => {
    expect(readInteraction(payload('button'))).toMatchObject({
      kind: 'ask',
      invocation: { ask: { kind: 'button', id: 'AQIDBAUG' }, asker: 'discord:400000000000000001' },
      private: false,
      press: { key: '700000000000000003 AQIDBAUG discord:400000000000000001', ephemeral: false },
    });
  });

  test('reads a choice in a select as the button that it stands for, and goes on in private', () => {
    expect(readInteraction(payload('select'))).toMatchObject({
      invocation: { ask: { kind: 'button', id: 'AQcICQ' } },
      private: true,
      press: { ephemeral: true },
    });
  });

  test('reads a forged select without a value as a damaged button', () => {
    const data = { component_type: 3, custom_id: 'select-1', values: [] };
    expect(readInteraction(payload('select', { data }))).toMatchObject({
      invocation: { ask: { kind: 'button', id: '' } },
    });
  });

  test('reads which option is being typed', () => {
    expect(readInteraction(payload('autocomplete'))).toEqual({
      kind: 'complete',
      command: 'similar',
      argument: 'title',
      typed: 'incep',
      invocation: { asker: 'discord:400000000000000001', name: 'Ann', chat: FILMS_CHANNEL, locale: 'de' },
    });
  });

  test('knows a ping, and leaves alone what we do not offer', () => {
    expect(readInteraction(payload('command', { type: 1 }))).toEqual({ kind: 'ping' });
    expect(readInteraction(payload('message-command'))).toEqual({ kind: 'unknown' });
    expect(readInteraction(payload('command', { type: 5 }))).toEqual({ kind: 'unknown' });
  });
});
