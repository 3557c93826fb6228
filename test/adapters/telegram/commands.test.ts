import { describe, expect, it } from 'vitest';
import { abouts, menus } from '../../../adapters/telegram/commands.ts';
import { commands } from '../../../commands/index.ts';
import { LANGUAGES } from '../../../src/messages/languages.ts';
import { violationsOf } from '../../fakes/telegram-rules.ts';

describe('the menu', () => {
  it('lists every command in each scope, as Telegram takes it', () => {
    const all = menus(commands);
    expect(all.map((menu) => [menu.language_code ?? 'en', menu.scope.type])).toEqual(
      LANGUAGES.flatMap((language) => [
        [language, 'all_private_chats'],
        [language, 'all_group_chats'],
      ]),
    );
    for (const menu of all) {
      expect(menu.commands.map((each) => each.command)).toEqual(commands.map((command) => command.name));
      expect(violationsOf('setMyCommands', { ...menu })).toEqual([]);
    }
    expect(all[0]?.commands[0]).toEqual({ command: 'similar', description: 'Films like one you love' });
  });

  it('refuses a name that cannot be typed on Telegram', () => {
    expect(() => menus([{ ...commands[0]!, name: 'for-you' }])).toThrow('no command called for-you');
  });
});

describe('the description', () => {
  it('fits', () => {
    for (const { description, short_description } of abouts()) {
      expect(violationsOf('setMyDescription', { description })).toEqual([]);
      expect(violationsOf('setMyShortDescription', { short_description })).toEqual([]);
    }
  });
});
