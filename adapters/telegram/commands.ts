import type { BotCommand, LanguageCode, Opts } from '@grammyjs/types';
import type { Command } from '../../src/chat/command.ts';
import { LANGUAGES } from '../../src/messages/languages.ts';
import { say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';

/** The list of commands that clients show for one kind of chat in one language. */
export type Menu = Required<Pick<Opts<never>['setMyCommands'], 'commands' | 'scope'>> & InLanguage;

/** What clients show of the bot before a chat begins, and on its profile. */
export type About = { readonly description: string; readonly short_description: string } & InLanguage;

interface InLanguage {
  /** Absent for English, which everybody gets who has no text in their own language. */
  readonly language_code?: LanguageCode;
}

const SCOPES = ['all_private_chats', 'all_group_chats'] as const;

/** Every menu to publish. Throws RangeError where a command cannot be one on Telegram. */
export function menus(commands: readonly Command[]): Menu[] {
  if (commands.length > limits.COMMANDS) throw new RangeError(`Telegram takes ${limits.COMMANDS} commands`);
  return LANGUAGES.flatMap((language) => {
    const words = new Wording(language);
    const listed = commands.map((command) => botCommand(command, words));
    return SCOPES.map((type) => ({ commands: listed, scope: { type }, ...inLanguage(language) }));
  });
}

export function abouts(): About[] {
  return LANGUAGES.map((language) => {
    const words = new Wording(language);
    return {
      description: limits.fitText(words.text(say('telegram.about')), limits.BOT_DESCRIPTION),
      short_description: limits.fitText(words.text(say('telegram.aboutShort')), limits.BOT_SHORT_DESCRIPTION),
      ...inLanguage(language),
    };
  });
}

function botCommand({ name, summary }: Command, words: Wording): BotCommand {
  if (!limits.COMMAND_NAME.test(name)) throw new RangeError(`Telegram takes no command called ${name}`);
  return { command: name, description: limits.fitText(words.text(say(summary)), limits.COMMAND_DESCRIPTION) };
}

function inLanguage(language: (typeof LANGUAGES)[number]): InLanguage {
  return language === 'en' ? {} : { language_code: language };
}
