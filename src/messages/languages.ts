import { en } from './en.ts';

/** The languages Kindred answers in. */
export const LANGUAGES = ['en'] as const;

export type Language = (typeof LANGUAGES)[number];

export const resources: Record<Language, { translation: Record<string, string> }> = {
  en: { translation: en },
};

/** The language to answer in for a locale such as `pt-BR`, or undefined where we have none. */
export function languageFor(locale: string | undefined): Language | undefined {
  const language = locale?.toLowerCase().split(/[-_]/u)[0];
  return LANGUAGES.find((ours) => ours === language);
}
