import { en } from './en.ts';
import { es } from './es.ts';

/** The languages Kindred answers in. The order is for good (buttons): a new one goes to the end. */
export const LANGUAGES = ['en', 'es'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The messages by language. A key that a language does not have yet is shown in English. */
export const resources: Record<Language, { translation: Readonly<Record<string, string>> }> = {
  en: { translation: en },
  es: { translation: es },
};

/** The language to answer in for a locale such as `pt-BR`, or undefined where we have none. */
export function languageFor(locale: string | undefined): Language | undefined {
  const language = locale?.toLowerCase().split(/[-_.@]/u)[0];
  return LANGUAGES.find((ours) => ours === language);
}
