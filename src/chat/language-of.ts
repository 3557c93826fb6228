import { type Language, languageFor } from '../messages/languages.ts';
import type { BotParts } from './bot.ts';
import type { Invocation } from './invocation.ts';

/**
 * The language to answer in: what the person asked for, else their own app's, else what was asked for in the chat,
 * else English.
 */
export async function languageOf(
  { preferences }: Pick<BotParts, 'preferences'>,
  { asker, chat, locale }: Pick<Invocation, 'asker' | 'chat' | 'locale'>,
): Promise<Language> {
  const own = asker && (await preferences.language(asker));
  const chats = chat?.key && (await preferences.language(chat.key));
  return languageFor(own) ?? languageFor(locale) ?? languageFor(chats) ?? 'en';
}
