import { foldWords, normalise } from '../../src/titles/normalise.ts';
import { foldNumbers } from '../../src/titles/numbers.ts';
import type { Film, Namesakes } from './corpus.ts';
import { Chance, Weighted } from './random.ts';
import * as slips from './slips.ts';

/** One thing somebody might type, and the movie they mean; without `film`, nothing in the catalogue. */
export interface TypedQuery {
  readonly kind: string;
  readonly text: string;
  readonly film?: Film;
  /** Asking is right: another movie of this very name is nearly as well known. */
  readonly ambiguous: boolean;
}

/** How a title becomes a query; undefined where the title does not lend itself to it. */
type Dress = (film: Film, chance: Chance) => string | undefined;

const NUMERALS = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];
const NAMES = [
  '',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const SMALL = /^(?:the|a|an|of|and|in|on|to|for|at|from|with|or|is)$/u;

const FILLER = /^(?:part|chapter|episode|volume)$/u;

const typed = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}' ]+/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();
const main = (film: Film) => film.titles[0]!;
const latin = (title: string) => /^[\p{Script=Latin}\p{N}\p{P}\p{S} ]+$/u.test(title);
const contentWords = (title: string) =>
  typed(title)
    .split(' ')
    .filter((word) => !SMALL.test(word));

function slipped(slip: slips.Slip): Dress {
  return (film, chance) => {
    const text = typed(main(film)).replaceAll("'", '');
    const wrong = text.replaceAll(' ', '').length >= 5 && latin(text) ? slip(text, chance) : undefined;
    return wrong === text ? undefined : wrong;
  };
}

function partsOf(title: string): string[] {
  return title.split(/: | - | – /u).map((part) => part.trim());
}

/** The name of the series in a title "Series: Subtitle" or "Series and the Something". */
function stemOf(title: string): string | undefined {
  const [stem, rest] = partsOf(title);
  const cut = rest === undefined ? / and the /iu.exec(title) : undefined;
  const found = rest === undefined ? cut && title.slice(0, cut.index) : stem;
  return found && normalise(found).length >= 3 ? found : undefined;
}

const dresses: Readonly<Record<string, Dress>> = {
  'exact title': main,
  'lower case, no punctuation': (film) => typed(main(film)).replaceAll("'", ''),
  'neighbouring key': slipped(slips.neighbourKey),
  'letters swapped': slipped(slips.swapped),
  'letter dropped': slipped(slips.dropped),
  'letter doubled': slipped(slips.doubled),
  'letter inserted': slipped(slips.inserted),
  'two slips': slipped(slips.twoSlips),
  'by sound': slipped(slips.bySound),
  'words joined': (film, chance) => {
    const words = typed(main(film)).split(' ');
    if (words.length < 2) return undefined;
    const at = chance.below(words.length - 1);
    return words.toSpliced(at, 2, `${words[at]}${words[at + 1]}`).join(' ');
  },
  'word split': (film, chance) => {
    const words = typed(main(film)).split(' ');
    const long = [...words.keys()].filter((index) => words[index]!.length >= 7 && latin(words[index]!));
    if (long.length === 0) return undefined;
    const index = chance.pick(long);
    const cut = 3 + chance.below(words[index]!.length - 5);
    return words.with(index, `${words[index]!.slice(0, cut)} ${words[index]!.slice(cut)}`).join(' ');
  },
  'article missing or added': (film) => {
    const text = typed(main(film));
    if (text.split(' ').length > 5) return undefined;
    return /^(?:the|an?) ./u.test(text) ? text.replace(/^(?:the|an?) /u, '') : `the ${text}`;
  },
  'small words left out': (film) => {
    const content = contentWords(main(film));
    const words = typed(main(film)).split(' ');
    return content.length >= 2 && content.length < words.length ? content.join(' ') : undefined;
  },
  'and for &, & for and': (film) => {
    const title = main(film);
    if (/&|\+/u.test(title)) return typed(title.replace(/[&+]/gu, 'and'));
    return / and /iu.test(title) ? title.toLowerCase().replace(/ and /u, ' & ') : undefined;
  },
  'number in another dress': (film, chance) => {
    const words = foldWords(main(film)).filter((word) => word !== '|');
    const numbers = foldNumbers(words);
    const at = numbers.findIndex((word) => /^\d+$/u.test(word) && Number(word) >= 1 && Number(word) <= 12);
    if (at < 0 || numbers.length !== words.length) return undefined;
    const value = Number(numbers[at]);
    const forms = [String(value), NAMES[value]!, ...(at > 0 && value <= 10 ? [NUMERALS[value]!] : [])];
    const other = forms.filter((form) => form.toLowerCase() !== words[at]);
    return other.length > 0 ? words.with(at, chance.pick(other)).join(' ') : undefined;
  },
  'sequel without its subtitle': (film) => {
    const [first, second] = partsOf(main(film));
    const rest = second && /^(?:part|chapter|vol\.?|episode) (\S+)$/iu.exec(second);
    if (rest) return `${typed(first!)} ${rest[1]!.toLowerCase()}`;
    return second && /\d$|\b[IVX]+$/u.test(first!) ? typed(first!) : undefined;
  },
  'subtitle alone': (film) => {
    const rest = partsOf(main(film)).slice(1).join(' ');
    return contentWords(rest).length >= 2 && !/\d|part|chapter|vol/iu.test(rest) ? typed(rest) : undefined;
  },
  'series and a word of the subtitle': (film, chance) => {
    const stem = stemOf(main(film));
    if (!stem) return undefined;
    const rest = contentWords(main(film).slice(stem.length)).filter(
      (word) => word.length >= 4 && !FILLER.test(word),
    );
    return rest.length > 0 ? `${typed(stem)} ${chance.pick(rest)}` : undefined;
  },
  'cut off': (film, chance) => {
    const text = typed(main(film));
    if (text.length < 9) return undefined;
    return text.slice(0, Math.max(6, Math.ceil(text.length * (0.5 + 0.4 * chance.next())))).trim();
  },
  'year in brackets': (film) => (film.year ? `${main(film)} (${film.year})` : undefined),
  'year after the title': (film) => (film.year ? `${typed(main(film))} ${film.year}` : undefined),
  'year off by one': (film, chance) =>
    film.year ? `${typed(main(film))} ${film.year + (chance.next() < 0.5 ? 1 : -1)}` : undefined,
  'slip and year': (film, chance) => {
    const wrong = film.year && slipped(slips.neighbourKey)(film, chance);
    return wrong ? `${wrong} ${film.year}` : undefined;
  },
  initials: (film) => {
    const words = typed(partsOf(main(film))[0]!)
      .replaceAll("'", '')
      .split(' ');
    const kept = words[0] === 'the' ? words.slice(1) : words;
    return kept.length >= 3 && kept.length <= 6 && !/\d/u.test(main(film)) && film.votes > 100_000
      ? kept.map((word) => word[0]).join('')
      : undefined;
  },
  'other title': (film, chance) => {
    const own = normalise(main(film));
    const others = film.titles.slice(1).filter((title) => latin(title) && normalise(title) !== own);
    return others.length > 0 ? typed(chance.pick(others)) : undefined;
  },
  'other script': (film, chance) => {
    const others = film.titles.filter((title) => !latin(title));
    return others.length > 0 ? chance.pick(others) : undefined;
  },
  'accents left out': (film, chance) => {
    const accented = film.titles.filter((title) => latin(title) && /[À-ſ]/u.test(title));
    if (accented.length === 0) return undefined;
    return typed(
      chance
        .pick(accented)
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/gu, ''),
    );
  },
  'very short': (film) => (normalise(main(film)).length <= 4 ? typed(main(film)) || main(film) : undefined),
  'slip, no article, "movie"': (film, chance) => {
    const wrong = slipped(slips.neighbourKey)(film, chance)?.replace(/^(?:the|an?) /u, '');
    return wrong && chance.next() < 0.5 ? `${wrong} movie` : wrong;
  },
};

const OFTEN_ASKED = 0.7;
const FEWEST_VOTES = 50;
/** A namesake with this share of the votes may be meant as well. */
const NAMESAKE_SHARE = 0.05;
const SEED = 20_250_101;

/** Queries of every kind, each for movies drawn by votes. Even ones are for tuning, odd ones are held back. */
export function makeQueries(
  films: readonly Film[],
  namesakes: Namesakes,
  perKind: number,
  misspellings: string | undefined,
): { tuning: TypedQuery[]; heldBack: TypedQuery[] } {
  const chance = new Chance(SEED);
  const known = films.filter((film) => film.votes >= FEWEST_VOTES);
  const drawn = new Weighted(known, (film) => film.votes ** OFTEN_ASKED);
  const all = {
    ...dresses,
    ...(misspellings && { 'word misspelt': slipped(slips.misspelling(misspellings)) }),
  };
  const tuning: TypedQuery[] = [];
  const heldBack: TypedQuery[] = [];
  const add = (queries: readonly TypedQuery[]) => {
    for (const [index, query] of queries.entries()) (index % 2 === 0 ? tuning : heldBack).push(query);
  };
  for (const [kind, dress] of Object.entries(all)) {
    const fitsBetter = PARTIAL.has(kind) ? betterFitting(known) : () => false;
    add(ofKind(kind, dress, drawn, namesakes, fitsBetter, perKind, chance));
  }
  add(sequelsByNumber(known, perKind, chance));
  add(namesakeQueries(known, namesakes, perKind, chance));
  add(anywhere(films, namesakes, perKind, chance));
  add(absent(films, perKind, chance));
  return { tuning, heldBack };
}

function ofKind(
  kind: string,
  dress: Dress,
  drawn: Weighted<Film>,
  namesakes: Namesakes,
  fitsBetter: (film: Film, text: string) => boolean,
  count: number,
  chance: Chance,
): TypedQuery[] {
  const queries = new Map<string, TypedQuery>();
  for (let tries = 0; queries.size < count && tries < count * 400; tries++) {
    const film = drawn.draw(chance);
    const text = dress(film, chance);
    if (!text || queries.has(text) || !isTheOne(film, text, namesakes) || fitsBetter(film, text)) continue;
    queries.set(text, { kind, text, film, ambiguous: isAmbiguous(film, text, namesakes) });
  }
  return [...queries.values()];
}

/** Kinds whose words are a part of the title: another, better known title may have them all as well. */
const PARTIAL = new Set([
  'cut off',
  'subtitle alone',
  'series and a word of the subtitle',
  'small words left out',
]);

/** Whether a better known title begins like this, or has all these words. */
function betterFitting(known: readonly Film[]): (film: Film, text: string) => boolean {
  const titles = known
    .filter((film) => film.votes >= 1000)
    .map((film) => ({
      film,
      title: normalise(main(film)),
      words: new Set(normalise(main(film)).split(' ')),
    }));
  return (film, text) => {
    const wanted = normalise(text);
    const words = wanted.split(' ');
    return titles.some(
      (other) =>
        other.film !== film &&
        other.film.votes >= film.votes &&
        (other.title.startsWith(wanted) || words.every((word) => other.words.has(word))),
    );
  };
}

/** Whoever types a name that another movie has, and is better known by, would get that one, and rightly. */
function isTheOne(film: Film, text: string, namesakes: Namesakes): boolean {
  const year = /(?:18|19|20)\d\d\)?$/u.test(text);
  if (year)
    return (
      namesakes.of(main(film)).filter((each) => Math.abs((each.year ?? 0) - film.year!) <= 1).length === 1
    );
  const better = (name: string) =>
    namesakes.of(name).some((each) => each !== film && each.votes >= film.votes);
  // Words that are another movie's very name mean that one, unless they are this one's as well.
  const named = namesakes.of(text);
  return !better(text) && !better(main(film)) && (named.length === 0 || named.includes(film));
}

/** Whether asking is right: another movie of the words, or of the movie's own title, is nearly as well known. */
export function isAmbiguous(film: Film, text: string, namesakes: Namesakes): boolean {
  if (/\d{4}\)?$/u.test(text)) return false;
  const plausible = (each: Film) => each !== film && each.votes >= film.votes * NAMESAKE_SHARE;
  return namesakes.of(text).some(plausible) || namesakes.of(main(film)).some(plausible);
}

/** "harry potter 3": the third of a series by year, none of whose titles says so. */
function sequelsByNumber(known: readonly Film[], count: number, chance: Chance): TypedQuery[] {
  const series = Map.groupBy(
    known.filter((film) => film.kind === 'movie' && film.votes >= 3000 && film.year !== undefined),
    (film) => normalise(stemOf(main(film)) ?? main(film)).replace(/^the /u, ''),
  );
  const names = new Set(
    known.flatMap((film) => film.titles.map((title) => normalise(title).replace(/^the /u, ''))),
  );
  const isNamed = (text: string) => [...names].some((name) => name === text || name.startsWith(`${text} `));
  const queries: TypedQuery[] = [];
  for (const [stem, films] of series) {
    const [most] = films.toSorted((a, b) => b.votes - a.votes);
    const ordered = films.filter((film) => film.votes >= most!.votes / 20).sort((a, b) => a.year! - b.year!);
    const years = new Set(ordered.map((film) => film.year));
    if (ordered.length < 2 || years.size < ordered.length || isRemade(ordered)) continue;
    if (ordered.some((film) => /\d/u.test(normalise(main(film))))) continue;
    for (const [index, film] of ordered.entries())
      if (index > 0 && !isNamed(`${stem} ${index + 1}`))
        queries.push({ kind: 'sequel by number', text: `${stem} ${index + 1}`, film, ambiguous: false });
  }
  return shuffled(queries, chance).slice(0, count);
}

/** Two movies of the same whole title are remakes, no series. */
function isRemade(films: readonly Film[]): boolean {
  return new Set(films.map((film) => normalise(main(film)).replace(/^the /u, ''))).size < films.length;
}

/** Titles that several well-known movies share: it must ask. */
function namesakeQueries(
  known: readonly Film[],
  namesakes: Namesakes,
  count: number,
  chance: Chance,
): TypedQuery[] {
  const shared = known.filter((film) => {
    const [first, second] = namesakes.of(main(film));
    return film.votes >= 1000 && first === film && second !== undefined && second.votes >= film.votes / 5;
  });
  return shuffled(shared, chance)
    .slice(0, count)
    .map((film) => ({ kind: 'shared title', text: main(film), film, ambiguous: true }));
}

/** Exact titles of movies however little known. */
function anywhere(films: readonly Film[], namesakes: Namesakes, count: number, chance: Chance): TypedQuery[] {
  const queries: TypedQuery[] = [];
  while (queries.length < count) {
    const drawn = chance.pick(films);
    const [film] = namesakes.of(main(drawn));
    if (film)
      queries.push({
        kind: 'exact title, any movie',
        text: main(drawn),
        film,
        ambiguous: namesakes.of(main(drawn)).length > 1,
      });
  }
  return queries;
}

/** Words that are no title: two or three words of different titles, and keys hit at random. */
function absent(films: readonly Film[], count: number, chance: Chance): TypedQuery[] {
  const word = () => chance.pick(typed(main(chance.pick(films))).split(' '));
  const letters = () =>
    Array.from({ length: 5 + chance.below(8) }, () => chance.pick([...'qwertyuiopasdfghjklzxcvbnm']));
  const names = new Set(films.flatMap((film) => film.titles.map(normalise)));
  const queries: TypedQuery[] = [];
  while (queries.length < count) {
    const text = queries.length % 4 < 2 ? letters().join('') : [word(), word(), word()].join(' ');
    if (text.length >= 8 && !names.has(normalise(text)))
      queries.push({ kind: 'nothing of the kind', text, ambiguous: false });
  }
  return queries;
}

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, key: chance.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
