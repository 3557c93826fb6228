import { hash } from 'node:crypto';
import type { Movie } from '../catalogue/movie.ts';

/**
 * The fields that a query can filter by, and their types. Every vector store keeps exactly these beside the
 * vector; a change here is a new {@link METADATA_VERSION}, upon which stores write metadata again without
 * embedding anything.
 */
export const FILTERABLE = {
  kind: 'string',
  year: 'number',
  runtime: 'number',
  genres: 'list',
  language: 'string',
  countries: 'list',
  popularity: 'number',
  votes: 'number',
  adult: 'boolean',
  franchise: 'string',
} as const;

export const METADATA_VERSION = 1;

export type Field = keyof typeof FILTERABLE;

type TypeNamed = { string: string; number: number; boolean: boolean; list: readonly string[] };

/** What is stored beside a vector. An absent field is unknown, and no condition on it holds. */
export type Metadata = { readonly [F in Field]?: TypeNamed[(typeof FILTERABLE)[F]] };

/** One condition on one field. `is` and `not` compare with a value, or with any member of a list field. */
export type Condition =
  | { readonly field: Field; readonly is: string | boolean }
  | { readonly field: Field; readonly not: string | boolean }
  | { readonly field: Field; readonly atLeast: number }
  | { readonly field: Field; readonly atMost: number };

/** All conditions hold. The empty filter lets everything pass. */
export type Filter = readonly Condition[];

/** The facts that metadata is made of. */
export type FilterableFacts = Pick<Movie, Field>;

export function metadataOf(movie: FilterableFacts): Metadata {
  return {
    kind: movie.kind,
    ...(movie.year !== undefined && { year: movie.year }),
    ...(movie.runtime !== undefined && { runtime: movie.runtime }),
    ...(movie.genres.length > 0 && { genres: movie.genres }),
    ...(movie.language !== undefined && { language: movie.language }),
    ...(movie.countries.length > 0 && { countries: movie.countries }),
    ...(movie.popularity !== undefined && { popularity: movie.popularity }),
    ...(movie.votes !== undefined && { votes: movie.votes }),
    adult: movie.adult,
    ...(movie.franchise !== undefined && { franchise: movie.franchise }),
  };
}

/** Tells whether stored metadata is still what it would be today. */
export function metadataHash(metadata: Metadata): string {
  const fields = Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([METADATA_VERSION, fields]), 'base64url').slice(0, 16);
}

/** The meaning of a filter, in its plainest form: stores may be faster but never different. */
export function passes(metadata: Metadata, filter: Filter): boolean {
  return filter.every((condition) => holds(metadata[condition.field], condition));
}

/** Whether one condition holds on the value of its field; never on an unknown one. */
export function holds(value: Metadata[Field], condition: Condition): boolean {
  if (value === undefined) return false;
  if ('is' in condition)
    return Array.isArray(value) ? value.includes(condition.is as string) : value === condition.is;
  if ('not' in condition)
    return Array.isArray(value) ? !value.includes(condition.not as string) : value !== condition.not;
  if (typeof value !== 'number') return false;
  return 'atLeast' in condition ? value >= condition.atLeast : value <= condition.atMost;
}
