import { COUNTRIES, LANGUAGE_CODES } from '../catalogue/codes.ts';
import { GENRE_SLUGS, GENRES, type Genre, genresOf } from '../catalogue/genres.ts';
import { foldWord } from './fold.ts';
import { GENRE_SPELLINGS } from './genre-spellings.ts';
import type { Language } from './languages.ts';
import { type Named, say } from './message.ts';
import { remembered } from './remembered.ts';
import { themeCalled } from './themes.ts';
import { Wording } from './wording.ts';

/** Which of `names` somebody means who writes in a language: its own name, or what it is called there. */
export function namedIn(
  language: Language,
  kind: Named,
  typed: string,
  names: readonly string[],
): string | undefined {
  const wanted = foldWord(typed);
  const words = new Wording(language);
  return (
    names.find((name) => name.toLowerCase() === wanted) ??
    names.find((name) => foldWord(words.name(kind, name)) === wanted)
  );
}

const genreWords = new Map<Language, ReadonlyMap<string, readonly Genre[]>>();

/** The genres that a word means in English or in a language; undefined where it is none. */
export function genresIn(language: Language, typed: string): readonly Genre[] | undefined {
  const known = remembered(genreWords, language, () => wordsFor(language));
  return genresOf(typed) ?? known.get(foldWord(typed));
}

function wordsFor(language: Language): ReadonlyMap<string, readonly Genre[]> {
  const words = new Wording(language);
  const own = GENRE_SLUGS.map((slug) => [foldWord(words.text(say(`genre.${slug}`))), [slug]] as const);
  const spelt = Object.entries(GENRE_SPELLINGS[language] ?? {}).flatMap(([slug, spellings]) =>
    spellings.split(', ').map((spelling) => [foldWord(spelling), [slug as Genre]] as const),
  );
  return new Map([...spelt, ...own]);
}

/** The English word for a theme or genre that is written in a language; what was written where it is neither. */
export function englishWord(language: Language, typed: string): string {
  if (language === 'en') return typed;
  const [genre] = genresIn(language, typed) ?? [];
  return themeCalled(language, typed) ?? (genre ? GENRES[genre].toLowerCase() : typed);
}

const codes = new Map<string, ReadonlyMap<string, string>>();

/** "Japonés" → ja, "Francia" → FR: the code of what is called so in a language; undefined where nothing is. */
export function codeIn(language: Language, type: 'language' | 'region', typed: string): string | undefined {
  const known = remembered(codes, `${language} ${type}`, () => codesFor(language, type));
  return known.get(foldWord(typed));
}

function codesFor(language: Language, type: 'language' | 'region'): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames([language], { type, fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((first) => letters.map((second) => first + second));
  // Several codes may have one name ("iw" and "he"): of those the one that films are filed under, which comes last.
  const filed = type === 'region' ? COUNTRIES : LANGUAGE_CODES;
  return new Map(
    [...all, ...filed].flatMap((code) => {
      const name = names.of(type === 'region' ? code.toUpperCase() : code);
      return name === undefined ? [] : [[foldWord(name), type === 'region' ? code.toUpperCase() : code]];
    }),
  );
}
