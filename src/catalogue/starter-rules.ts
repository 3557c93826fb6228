import type { z } from 'zod';
import { titleKey } from './identity.ts';
import type { StarterFile } from './starter.ts';
import { type StarterFilm, type StarterVocabulary, starterFilm } from './starter-schema.ts';

export interface StarterReport {
  /** What must be mended, each with its file and film. */
  readonly problems: readonly string[];
  /** What a person should look at. */
  readonly warnings: readonly string[];
}

const OVERVIEW_WORDS = { min: 50, max: 90 } as const;
const KEYWORDS = { min: 8, max: 15 } as const;

/** Openings that every overview would have if nobody minded, and how often each is fine. */
const STOCK_OPENINGS = ['after', 'when', 'based on', 'follows', 'in a world', 'set in', 'this is', 'a young'];
const STOCK_OPENING_USES = 5;
/** The first three words of an overview, whatever they are. */
const SAME_OPENING_USES = 4;

/** A verdict is for the viewer. */
const VERDICTS =
  /\b(?:masterpiece|acclaimed|award-winning|critically|must-see|cult classic|unforgettable)\b/iu;

/** Smallest numbers that the catalogue keeps. Decades run from the 1920s to the 2020s. */
export const STARTER_MINIMUMS = {
  films: 1200,
  series: 60,
  countries: 30,
  'films not in English': 300,
  'animated, documentary and silent films': 100,
  decades: 11,
} as const;

/** Checks every film by itself and the catalogue as a whole. Pure: what was read goes in, what was found comes out. */
export function checkStarter(
  files: readonly StarterFile[],
  vocabulary: StarterVocabulary,
  minimums: Partial<Record<keyof typeof STARTER_MINIMUMS, number>> = STARTER_MINIMUMS,
): StarterReport {
  const words = new Set(Object.values(vocabulary).flat());
  const problems: string[] = [];
  const films: StarterFilm[] = [];
  for (const file of files) {
    const own = file.films.flatMap((raw, index) => {
      const parsed = starterFilm.safeParse(raw);
      const where = `${file.name}: ${label(raw) ?? `film ${index + 1}`}`;
      const found = parsed.success
        ? filmProblems(parsed.data, file.name, words)
        : schemaProblems(parsed.error);
      problems.push(...found.map((problem) => `${where}: ${problem}`));
      return parsed.success ? [parsed.data] : [];
    });
    problems.push(...orderProblems(own, file.name));
    films.push(...own);
  }
  problems.push(...duplicates(films), ...openings(films), ...shortfalls(films, minimums));
  return { problems, warnings: vocabularyWarnings(films, words) };
}

function label(raw: unknown): string | undefined {
  const film = raw as { title?: unknown; year?: unknown } | null;
  return typeof film?.title === 'string' ? `${film.title} (${film.year})` : undefined;
}

function schemaProblems(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || 'film'}: ${issue.message}`);
}

function filmProblems(film: StarterFilm, file: string, vocabulary: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const length = film.overview.split(/\s+/u).length;
  if (length < OVERVIEW_WORDS.min || length > OVERVIEW_WORDS.max)
    problems.push(`overview has ${length} words; ${OVERVIEW_WORDS.min} to ${OVERVIEW_WORDS.max} are wanted`);
  const verdict = VERDICTS.exec(film.overview);
  if (verdict) problems.push(`overview gives a verdict: "${verdict[0]}"`);
  for (const named of namesIn(film)) problems.push(`overview names "${named}", which has its own field`);
  const { length: count } = film.keywords;
  if (count < KEYWORDS.min || count > KEYWORDS.max)
    problems.push(`has ${count} keywords; ${KEYWORDS.min} to ${KEYWORDS.max} are wanted`);
  if (new Set(film.keywords).size !== count) problems.push('has a keyword twice');
  for (const word of film.keywords)
    if (!vocabulary.has(word)) problems.push(`keyword "${word}" is not in vocabulary.json`);
  for (const title of repeatedTitles(film)) problems.push(`has the title "${title}" twice`);
  if (film.kind === 'movie' && !film.directors) problems.push('has no directors');
  if (file !== `${Math.floor(film.year / 10)}0s.json`) problems.push('stands in the file of another decade');
  return problems;
}

function repeatedTitles(film: StarterFilm): string[] {
  const titles = [
    film.title,
    ...(film.original ? [film.original] : []),
    ...(film.aka ?? []).map((other) => other.title),
  ];
  const keys = titles.map(titleKey);
  return titles.filter((title, index) => keys.indexOf(titleKey(title)) < index);
}

/** Its title and people that an overview names. Single words ("Up", "Sting") may be meant as words. */
function namesIn(film: StarterFilm): string[] {
  const text = ` ${foldedWords(film.overview)} `;
  const names = [film.title, film.original ?? '', ...(film.directors ?? []), ...(film.cast ?? [])];
  return [...new Set(names)].filter((each) => {
    const folded = foldedWords(each);
    return folded.includes(' ') && text.includes(` ${folded} `);
  });
}

/** Letters and digits of a text, without accents, in lower case. */
function foldedWords(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function orderProblems(films: readonly StarterFilm[], file: string): string[] {
  return films.flatMap((film, index) => {
    const before = films[index - 1];
    const inOrder = !before || before.year <= film.year;
    return inOrder ? [] : [`${file}: ${label(film)} stands after ${label(before)}: films stand by year`];
  });
}

/** Films that share an outside id, or a title within a year. */
function duplicates(films: readonly StarterFilm[]): string[] {
  const seen = new Map<string, StarterFilm>();
  return films.flatMap((film) => {
    const titles = [film.title, film.original ?? film.title].map(titleKey);
    const keys = [
      ...new Set(titles.flatMap((title) => [film.year - 1, film.year].map((year) => `${title} ${year}`))),
      ...Object.entries(film.ids ?? {}).map(([source, id]) => `${source} ${id}`),
    ].map((key) => `${film.kind} ${key}`);
    const twin = keys.map((key) => seen.get(key)).find((other) => other !== undefined);
    for (const key of keys) seen.set(key, film);
    return twin ? [`${label(film)} and ${label(twin)} share a title or an id: are they one film?`] : [];
  });
}

function openings(films: readonly StarterFilm[]): string[] {
  const starts = films.map((film) => `${foldedWords(film.overview)} `);
  const stock = STOCK_OPENINGS.flatMap((opening) => {
    const uses = starts.filter((start) => start.startsWith(`${opening} `)).length;
    return uses > STOCK_OPENING_USES ? [`${uses} overviews begin with "${opening}"`] : [];
  });
  const same = [...tally(starts.map((start) => start.split(' ').slice(0, 3).join(' ')))]
    .filter(([, uses]) => uses > SAME_OPENING_USES)
    .map(([opening, uses]) => `${uses} overviews begin with "${opening}"`);
  return [...stock, ...same];
}

function shortfalls(
  films: readonly StarterFilm[],
  minimums: Partial<Record<keyof typeof STARTER_MINIMUMS, number>>,
): string[] {
  const counts = countStarter(films);
  return Object.entries(minimums).flatMap(([what, wanted]) => {
    const has = counts[what as keyof typeof STARTER_MINIMUMS];
    return has < wanted ? [`${what}: ${has}, at least ${wanted} are wanted`] : [];
  });
}

/** What the starter catalogue promises, counted. Films are movies, not series. */
function countStarter(films: readonly StarterFilm[]): Record<keyof typeof STARTER_MINIMUMS, number> {
  const movies = films.filter((film) => film.kind === 'movie');
  const special = movies.filter(
    ({ genres, keywords }) =>
      genres.includes('animation') || genres.includes('documentary') || keywords.includes('silent film'),
  );
  return {
    films: movies.length,
    series: films.length - movies.length,
    countries: new Set(films.flatMap((film) => film.countries)).size,
    'films not in English': movies.filter((film) => film.language && film.language !== 'en').length,
    'animated, documentary and silent films': special.length,
    decades: new Set(films.map((film) => Math.floor(film.year / 10)).filter((decade) => decade >= 192)).size,
  };
}

function vocabularyWarnings(films: readonly StarterFilm[], vocabulary: ReadonlySet<string>): string[] {
  const uses = tally(films.flatMap((film) => film.keywords));
  return [...vocabulary].flatMap((word) => {
    const count = uses.get(word) ?? 0;
    if (count >= 2) return [];
    return [count === 0 ? `keyword "${word}" is never used` : `keyword "${word}" is used only once`];
  });
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
