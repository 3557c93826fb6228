import type { Locale, LocalizationMap } from 'discord-api-types/v10';
import { LANGUAGES, type Language } from '../../src/messages/languages.ts';
import { type MessageKey, type Named, say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';

/** Discord's names for our languages. English is what everybody sees who has none of these. */
const LOCALES: Readonly<Record<Exclude<Language, 'en'>, readonly `${Locale}`[]>> = {
  es: ['es-ES', 'es-419'],
  de: ['de'],
  fr: ['fr'],
  pt: ['pt-BR'],
  ru: ['ru'],
  ja: ['ja'],
  hi: ['hi'],
};

/** What a command or an option is called in each language. Throws RangeError where Discord takes no such name. */
export function localNames(kind: Named, name: string): LocalizationMap {
  return localized((words) => {
    const local = words.name(kind, name);
    if (!limits.isCommandName(local))
      throw new RangeError(`Discord takes no ${kind} called ${local} (${words.language})`);
    return local;
  });
}

/** A text in each language. Throws RangeError where it is longer than `max`. */
export function localTexts(key: MessageKey, max: number): LocalizationMap {
  return localized((words) => {
    const text = words.text(say(key));
    limits.assertAtMost(`${key} (${words.language})`, text.length, max);
    return text;
  });
}

function localized(textIn: (words: Wording) => string): LocalizationMap {
  const others = LANGUAGES.filter((language) => language !== 'en');
  return Object.fromEntries(
    others.flatMap((language) => {
      const text = textIn(new Wording(language));
      return LOCALES[language].map((locale) => [locale, text]);
    }),
  );
}
