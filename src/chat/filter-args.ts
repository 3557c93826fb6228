import { GENRE_SLUGS, type Genre, genresOf } from '../catalogue/genres.ts';
import { say } from '../messages/message.ts';
import type { MovieFilters, NumberRange } from '../recommender/filters.ts';
import { type Arg, choiceArg, flagArg, integerArg, quote } from './args.ts';
import type { Values } from './command.ts';
import { UserError } from './errors.ts';
import { genreSets, numberRange, oneOf, twoLetters } from './packing.ts';

export interface GenreChoice {
  readonly wanted: readonly Genre[];
  readonly unwanted: readonly Genre[];
}

const FIRST_YEAR = 1870;
const LAST_YEAR = 2100;
const DECADES = Array.from({ length: 16 }, (_, index) => `${1880 + 10 * index}s`);

const genre: Arg<GenreChoice> = {
  code: 3,
  summary: 'arg.genre',
  shape: { kind: 'text', maxLength: 200, complete: 'genre' },
  packing: genreSets,
  parse(text) {
    const wanted = new Set<Genre>();
    const unwanted = new Set<Genre>();
    for (const word of text.split(',').map((each) => each.trim())) {
      if (!word) continue;
      const minus = word.startsWith('-');
      const genres = genresOf(minus ? word.slice(1) : word);
      if (!genres?.length)
        throw new UserError(
          say('error.genre', { text: quote(word), genres: GENRE_SLUGS.map((slug) => say(`genre.${slug}`)) }),
        );
      for (const each of genres) (minus ? unwanted : wanted).add(each);
    }
    return { wanted: [...wanted], unwanted: [...unwanted] };
  },
};

const decade: Arg<number> = {
  code: 6,
  summary: 'arg.decade',
  shape: { kind: 'text', maxLength: 20 },
  packing: oneOf(DECADES),
  parse(text) {
    // "80s", "80er", "80-х", "1980年代", "años 80": words around it say nothing that the number does not.
    const match = /^\P{N}{0,12}?(\d{2}|\d{4})\P{N}{0,12}$/u.exec(text);
    if (!match) throw new UserError(say('error.decade', { text: quote(text) }));
    const typed = Number(match[1]);
    // "20s" alone is this century's, "30s" the last one's: nobody has seen the films of the 2030s.
    const year = typed >= 100 ? typed : typed <= 20 ? 2000 + typed : 1900 + typed;
    return year - (year % 10);
  },
};

const runtime: Arg<NumberRange> = {
  code: 7,
  summary: 'arg.runtime',
  shape: { kind: 'text', maxLength: 12 },
  packing: numberRange,
  parse(text) {
    const match = /^(?:(\d{1,4})\s*[-–]\s*)?(\d{1,4})?$/u.exec(text);
    if (!match || !(match[1] || match[2])) throw new UserError(say('error.runtime', { text: quote(text) }));
    const range = {
      ...(match[1] && { min: Number(match[1]) }),
      ...(match[2] && { max: Number(match[2]) }),
    };
    if (range.min !== undefined && range.max !== undefined && range.min > range.max)
      throw new UserError(say('error.fromAfterTo', { from: String(range.min), to: String(range.max) }));
    return range;
  },
};

function codeArg(code: number, name: 'language' | 'country', type: 'language' | 'region'): Arg<string> {
  const names = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
  return {
    code,
    summary: `arg.${name}`,
    shape: { kind: 'text', maxLength: 40, complete: name },
    packing: twoLetters,
    parse(text) {
      const found = /^[a-z]{2}$/iu.test(text)
        ? safeName(names, text)
          ? text
          : undefined
        : codeNamed(text, names, type);
      if (!found) throw new UserError(say(`error.${name}`, { text: quote(text) }));
      return type === 'region' ? found.toUpperCase() : found.toLowerCase();
    },
  };
}

function safeName(names: Intl.DisplayNames, code: string): string | undefined {
  return names.of(
    code.toUpperCase() === code || names.resolvedOptions().type === 'language' ? code : code.toUpperCase(),
  );
}

/** "Japanese" → ja, "France" → FR: the code whose English name it is. */
function codeNamed(text: string, names: Intl.DisplayNames, type: 'language' | 'region'): string | undefined {
  const wanted = text.toLowerCase();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  for (const first of letters)
    for (const second of letters) {
      const code = type === 'region' ? (first + second).toUpperCase() : first + second;
      if (names.of(code)?.toLowerCase() === wanted) return code;
    }
  return undefined;
}

/** The filters of the contract, the same for every command that lists movies. */
export const filterArgs = {
  genre,
  from: integerArg({ code: 4, name: 'from', summary: 'arg.from', min: FIRST_YEAR, max: LAST_YEAR }),
  to: integerArg({ code: 5, name: 'to', summary: 'arg.to', min: FIRST_YEAR, max: LAST_YEAR }),
  decade,
  runtime,
  language: codeArg(8, 'language', 'language'),
  country: codeArg(9, 'country', 'region'),
  kind: choiceArg({
    code: 10,
    name: 'kind',
    summary: 'arg.kind',
    choices: [
      { value: 'movie', label: 'kind.movie' },
      { value: 'show', label: 'kind.show' },
      { value: 'any', label: 'kind.any' },
    ],
  }),
  votes: integerArg({ code: 11, name: 'votes', summary: 'arg.votes', min: 0, max: 100_000_000 }),
  popularity: choiceArg({
    code: 12,
    name: 'popularity',
    summary: 'arg.popularity',
    choices: [{ value: 'low', label: 'popularity.low' }],
  }),
  franchise: choiceArg({
    code: 13,
    name: 'franchise',
    summary: 'arg.franchise',
    choices: [{ value: 'include', label: 'franchise.include' }],
  }),
} as const;

export const pageArg = integerArg({ code: 2, name: 'page', summary: 'arg.page', min: 1, max: 50 });
export const privateArg = flagArg({ code: 14, name: 'private', summary: 'arg.private' });

/** The filters as the recommender takes them. Throws {@link UserError} where they contradict each other. */
export function filtersFrom(values: Values<typeof filterArgs>): MovieFilters {
  const from = Math.max(values.from ?? 0, values.decade ?? 0);
  const to = Math.min(
    values.to ?? Number.POSITIVE_INFINITY,
    values.decade === undefined ? Number.POSITIVE_INFINITY : values.decade + 9,
  );
  if (from > to) throw new UserError(say('error.fromAfterTo', { from: String(from), to: String(to) }));
  return {
    ...(values.genre?.wanted.length && { genres: values.genre.wanted }),
    ...(values.genre?.unwanted.length && { withoutGenres: values.genre.unwanted }),
    ...(from > 0 && { from }),
    ...(Number.isFinite(to) && { to }),
    ...(values.runtime && { runtime: values.runtime }),
    ...(values.language && { language: values.language }),
    ...(values.country && { country: values.country }),
    ...(values.kind && { kind: values.kind }),
    ...(values.votes !== undefined && { votes: values.votes }),
    ...(values.popularity && { hiddenGems: true }),
    ...(values.franchise && { withFranchise: true }),
  };
}
