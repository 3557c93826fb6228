import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import { type Features, type FeatureTable, genresOfBits } from './features.ts';

/** Why a movie is on the list, as data; the renderer words it. */
export type ReasonKind =
  | 'theme'
  | 'director'
  | 'cast'
  | 'genre'
  | 'franchise'
  | 'plot'
  | 'themeAsked'
  | 'close';

export interface Reason {
  readonly kind: ReasonKind;
  /** Names, theme words, genre slugs or one sentence, the most telling first. */
  readonly values: readonly string[];
}

const MAX_VALUES = 3;
const MAX_REASONS = 2;

/** A theme that more than this share of the movies have is no reason. */
const COMMON = 0.1;

/** How surprising it would be to share something by chance: what orders the reasons. */
interface Weighed {
  readonly reason: Reason;
  readonly surprise: number;
}

/** What two movies share and would not share by chance, the rarest first; at least one reason, always true. */
export function reasonsFor(seed: Features, movie: Features, table: FeatureTable): Reason[] {
  const weighed = [
    franchise(seed, movie),
    people(seed, movie, table),
    cast(seed, movie, table),
    themes(seed, movie, table),
  ]
    .filter((each) => each !== undefined)
    .sort((a, b) => b.surprise - a.surprise);
  const reasons = weighed.slice(0, MAX_REASONS).map((each) => each.reason);
  if (reasons.length > 0) return reasons;
  const genres = sharedGenres(seed, movie, table);
  return [genres.length > 0 ? { kind: 'genre', values: genres } : { kind: 'close', values: [] }];
}

function franchise(seed: Features, movie: Features): Weighed | undefined {
  if (!seed.franchise || seed.franchise !== movie.franchise) return undefined;
  return { reason: { kind: 'franchise', values: [seed.franchise] }, surprise: 10 };
}

function people(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.directors.filter((person) => movie.directors.includes(person));
  if (shared.length === 0) return undefined;
  return {
    reason: { kind: 'director', values: shared.map((person) => table.people.name(person)) },
    surprise: 2,
  };
}

function cast(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.cast.filter((person) => movie.cast.includes(person));
  if (shared.length === 0) return undefined;
  const values = shared.slice(0, MAX_VALUES).map((person) => table.people.name(person));
  return { reason: { kind: 'cast', values }, surprise: 0.8 * shared.length };
}

function themes(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.keywords
    .filter(
      (word) => movie.keywords.includes(word) && table.words.count(word) <= Math.max(3, COMMON * table.size),
    )
    .sort((a, b) => table.words.count(a) - table.words.count(b));
  if (shared.length === 0) return undefined;
  const values = shared.slice(0, MAX_VALUES).map((word) => table.words.name(word));
  return {
    reason: { kind: 'theme', values },
    surprise: shared.reduce((sum, word) => sum + table.wordWeight(word), 0),
  };
}

function sharedGenres(seed: Features, movie: Features, table: FeatureTable): string[] {
  const weight = (slug: Genre) => table.genreWeight(GENRE_SLUGS.indexOf(slug));
  return genresOfBits(seed.genres & movie.genres)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MAX_VALUES);
}
