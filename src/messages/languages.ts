import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';

/** The languages Kindred answers in. The order is for good (buttons): a new one goes to the end. */
export const LANGUAGES = ['en', 'es', 'de', 'fr', 'pt', 'ru', 'ja', 'hi'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The messages by language. A key that a language does not have yet is shown in English. */
export const resources: Record<Language, { translation: Readonly<Record<string, string>> }> = {
  en: { translation: en },
  es: { translation: es },
  de: { translation: de },
  fr: { translation: fr },
  pt: { translation: pt },
  ru: { translation: ru },
  ja: { translation: ja },
  hi: { translation: hi },
};

/** The language to answer in for a locale such as `pt-BR`, or undefined where we have none. */
export function languageFor(locale: string | undefined): Language | undefined {
  const language = locale?.toLowerCase().split(/[-_.@]/u)[0];
  return LANGUAGES.find((ours) => ours === language);
}
