import { foldAccents } from '../messages/fold.ts';
import type { Language } from '../messages/languages.ts';
import { genresIn, namedIn } from '../messages/names.ts';
import { remembered } from '../messages/remembered.ts';
import { filterArgs } from './filter-args.ts';
import type { Call } from './invocation.ts';
import { PHRASES, type Phrases } from './refine-phrases.ts';

type Args = Record<string, string>;

/**
 * What a reply such as "but from the 80s, no horror" adds to the list it answers: filters as arguments. It is
 * understood in the person's language and in English. Undefined where anything in it is not understood as a filter:
 * then it is words of its own, a film's name perhaps.
 */
export function readRefinement(text: string, language: Language = 'en'): Call['args'] | undefined {
  const folded = foldAccents(text)
    .replaceAll(/[.!?。！？।]+$/gu, '')
    .trim();
  return readIn(language, folded) ?? (language === 'en' ? undefined : readIn('en', folded));
}

function readIn(language: Language, text: string): Args | undefined {
  const { phrases, separator, pair, around } = grammarOf(language);
  const args: Args = {};
  const genres: string[] = [];
  for (const wish of text.replaceAll(pair, '$1-$2').split(separator).filter(Boolean)) {
    const found = readWish(wish.replaceAll(around, ''), phrases, language);
    if (!found) return undefined;
    const { genre, ...rest } = found;
    if (genre !== undefined) genres.push(genre);
    Object.assign(args, rest);
  }
  if (genres.length > 0) args.genre = genres.join(',');
  return Object.keys(args).length > 0 ? args : undefined;
}

type Reading = readonly [RegExp, (...found: string[]) => Args];

function readWish(wish: string, phrases: Grammar['phrases'], language: Language): Args | undefined {
  for (const [pattern, argsOf] of phrases.said) {
    const match = pattern.exec(wish);
    if (match) return argsOf(...match.slice(1));
  }
  const [, key, value] = /^([\p{L}\p{M}]+):["“「]?([^"”」]+)["”」]?$/u.exec(wish) ?? [];
  const name = key && namedIn(language, 'option', key, Object.keys(filterArgs));
  if (name) return { [name]: value! };
  const { genre = '', without, leftOut } = phrases.genre.exec(wish)?.groups ?? {};
  const known = genresIn(language, genre) ?? [];
  const sign = (without ?? leftOut) ? '-' : '';
  return known.length > 0 ? { genre: known.map((slug) => sign + slug).join(',') } : undefined;
}

interface Grammar {
  readonly separator: RegExp;
  /** Two years with a word between them that else stands between two wishes: "1980 and 1990". */
  readonly pair: RegExp;
  readonly around: RegExp;
  readonly phrases: { readonly said: readonly Reading[]; readonly genre: RegExp };
}

const grammars = new Map<Language, Grammar>();

function grammarOf(language: Language): Grammar {
  return remembered(grammars, language, () => compiled(PHRASES[language]));
}

const DIGITS: Readonly<Record<string, string>> = {
  '#d': '((?:19|20)?\\d0)',
  '#y': '(\\d{4})',
  '#m': '(\\d{2,3})',
};

function compiled(phrases: Phrases): Grammar {
  const { between, lead, trail } = phrases;
  const whole = (source: string) =>
    expression(`^(?:${source.replaceAll(/#[dym]/gu, (sign) => DIGITS[sign]!)})$`);
  return {
    separator: expression(`\\s*[,;、]\\s*|(?:^|\\s+)(?:${between})(?:\\s+|$)`),
    pair: expression(`(\\d{4}) (?:${between}) (\\d{4})(?=$|[ ,;])`, 'gu'),
    around: expression(`^(?:${lead})\\s+|\\s+(?:${trail})$`, 'gu'),
    phrases: {
      genre: whole(phrases.genre),
      said: [
        [whole(phrases.from), (from) => ({ from: from! })],
        [whole(phrases.to), (to) => ({ to: to! })],
        [whole(phrases.years), (from, to) => ({ from: from!, to: to! })],
        // A year before a decade: "de 1980" is the year, "de los 80" the decade.
        [whole(phrases.year), (year) => ({ from: year!, to: year! })],
        [whole(phrases.decade), (decade) => ({ decade: `${decade}s` })],
        [whole(phrases.atMost), (runtime) => ({ runtime: runtime! })],
        [whole(phrases.atLeast), (runtime) => ({ runtime: `${runtime}-` })],
        [whole(phrases.shows), () => ({ kind: 'show' })],
        [whole(phrases.movies), () => ({ kind: 'movie' })],
        [whole(phrases.gems), () => ({ popularity: 'low' })],
        [whole(phrases.language), (stem) => ({ language: `${stem}${phrases.languageEnd ?? ''}` })],
      ],
    },
  };
}

/** In the normal form of the folded text it is matched with. */
function expression(source: string, flags = 'u'): RegExp {
  return new RegExp(source.normalize('NFKC'), flags);
}
