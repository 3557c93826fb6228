import type { Movie } from '../catalogue/movie.ts';
import type { Language } from './languages.ts';

/** The movie's title in a language where the catalogue has one, else its main title. */
export function localTitle(movie: Movie, language: Language): string {
  if (language === 'en') return movie.title;
  if (movie.language === language) return movie.original ?? movie.title;
  return movie.aka.find((other) => other.language === language)?.title ?? movie.title;
}

/** Letters that a reader of the language can read beside Latin ones, which everybody meets. */
const OWN_SCRIPT: Readonly<Record<string, RegExp>> = {
  ru: /\p{Script=Cyrillic}/gu,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu,
  hi: /\p{Script=Devanagari}/gu,
};

function canRead(language: Language, text: string): boolean {
  const own = OWN_SCRIPT[language];
  return /^(?:\p{Script=Latin}|\P{L})*$/u.test(own ? text.replaceAll(own, '') : text);
}

/**
 * The title to show beside the one in the reader's language: the original one, or the main one where the original is
 * in a script that they may not read. Undefined where the reader's language has no title of its own for the movie.
 */
export function originalBeside(movie: Movie, language: Language): string | undefined {
  const shown = localTitle(movie, language);
  if (shown === movie.title) return undefined;
  const { original = movie.title } = movie;
  const beside = canRead(language, original) ? original : movie.title;
  return beside.toLowerCase() === shown.toLowerCase() ? undefined : beside;
}
