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
    kind: kind as Kind,
    title,
    genres: listOf<Genre>(genres),
    directors: listOf<string>(directors),
    cast: listOf<string>(cast),
    keywords: listOf<string>(keywords),
    countries: listOf<string>(countries),
    adult: adult === 1,
    ...(year !== null && { year }),
    ...(popularity !== null && { popularity }),
    ...(franchise !== null && { franchise }),
    ...(runtime !== null && { runtime }),
    ...(language !== null && { language }),
    ...(votes !== null && { votes }),
  };
}
