/** What is the same in every language: the languages' own names. */
export const common = {
  'language.en': 'English',
  'language.es': 'Español',
} as const;
