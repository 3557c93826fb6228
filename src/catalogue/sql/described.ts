import type { DescribedMovie } from '../catalogue.ts';
import type { Genre } from '../genres.ts';
import type { Kind } from '../movie.ts';
import { listOf } from './rows.ts';

export const DESCRIBED_COLUMNS = [
  'number',
  'id',
  'kind',
  'title',
  'year',
  'popularity',
  'franchise',
  'adult',
  'genres',
  'directors',
  'cast_names',
  'keywords',
  'runtime',
  'language',
  'countries',
  'votes',
] as const;

/** The values of {@link DESCRIBED_COLUMNS}, in their order. */
export type DescribedValues = readonly [
  number: number,
  id: string,
  kind: string,
  title: string,
  year: number | null,
  popularity: number | null,
  franchise: string | null,
  adult: number,
  genres: string | null,
  directors: string | null,
  cast: string | null,
  keywords: string | null,
  runtime: number | null,
  language: string | null,
  countries: string | null,
  votes: number | null,
];

export function describedMovie(values: DescribedValues): DescribedMovie {
  const [
    number,
    id,
    kind,
    title,
    year,
    popularity,
    franchise,
    adult,
    genres,
    directors,
    cast,
    keywords,
    ...more
  ] = values;
  const [runtime, language, countries, votes] = more;
  return {
    number,
    id,
    kind: one(kind as Kind),
    title,
    genres: oneList<Genre>(genres),
    directors: listOf<string>(directors),
    cast: listOf<string>(cast),
    keywords: listOf<string>(keywords),
    countries: oneList<string>(countries),
    adult: adult === 1,
    ...(year !== null && { year }),
    ...(popularity !== null && { popularity }),
    ...(franchise !== null && { franchise }),
    ...(runtime !== null && { runtime }),
    ...(language !== null && { language: one(language) }),
    ...(votes !== null && { votes }),
  };
}

/**
 * What thousands of movies have in common, such as a language or a set of genres, is one value in memory: described
 * movies are kept by the ten thousand, and SQLite answers each with strings of its own.
 */
const strings = new Map<string, string>();
const lists = new Map<string, readonly unknown[]>();

function one<T extends string>(text: T): T {
  const known = strings.get(text);
  if (known === undefined) strings.set(text, text);
  return (known as T) ?? text;
}

function oneList<T>(text: string | null): readonly T[] {
  if (text === null) return NONE;
  const known = lists.get(text) ?? listOf<T>(text);
  lists.set(text, known);
  return known as readonly T[];
}

const NONE: readonly never[] = [];
