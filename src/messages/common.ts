/** What is the same in every language: the languages' own names, and stars. */
export const common = {
  'stars.0.5': '½ ★',
  'stars.1': '1 ★',
  'stars.1.5': '1½ ★',
  'stars.2': '2 ★',
  'stars.2.5': '2½ ★',
  'stars.3': '3 ★',
  'stars.3.5': '3½ ★',
  'stars.4': '4 ★',
  'stars.4.5': '4½ ★',
  'stars.5': '5 ★',
  'language.en': 'English',
  'language.es': 'Español',
} as const;
