import type { Features, FeatureTable } from './features.ts';
import { genresOfBits } from './genre-bits.ts';

/** Why a movie is on the list, as data; the renderer words it. */
export type ReasonKind =
  | 'theme'
  /** The same, of one of several films: its title, then the themes. */
  | 'themeOf'
  | 'director'
  | 'cast'
  | 'genre'
  /** The same, where the genres of one of the two are not known and were told from its text. */
  | 'genreGuessed'
  | 'franchise'
  | 'plot'
  | 'themeAsked'
  /** Words of its title that were asked for. */
  | 'titleAsked'
  /** The movie stands for its series: the name, and how many of it there are. */
  | 'series'
  /** Both came out within a few years, which few movies of these genres did: the first year and the last. */
  | 'era'
  | 'close'
  /** Titles of films that the person liked. */
  | 'liked'
  /** Titles of films that somebody of the group liked, who lets the others know. */
  | 'likedByOne'
  /** It is what they are in the mood for. */
  | 'mood'
  /** It is well known, and nothing else speaks for it. */
  | 'wellKnown';

export interface Reason {
  readonly kind: ReasonKind;
  /** Names, titles, theme words, genre slugs or one sentence, the most telling first. */
  readonly values: readonly string[];
}

export const MAX_VALUES = 3;
/** A third is not read. */
export const MAX_REASONS = 2;

/** What one movie in so many shares with the seed by chance is worth saying; less is not. */
export const TELLING = Math.log(10);

/** From here on two texts are near enough to say so, in standard deviations: of unrelated movies one in forty is. */
export const NEAR = 2;

/** A reason and how surprising it is: the logarithm of the chance, inverted, that a random movie shares it. */
interface Weighed {
  readonly reason: Reason;
  readonly surprise: number;
}

/** What two movies share and would not share by chance, the rarest first; at least one reason, always true. */
export function reasonsFor(seed: Features, movie: Features, table: FeatureTable): Reason[] {
  const weighed = [
    franchise(seed, movie, table),
    directors(seed, movie, table),
    cast(seed, movie, table),
    themes(seed, movie, table),
  ];
  const telling = weighed
    .filter((each) => each !== undefined)
    .filter(({ surprise }) => surprise >= TELLING)
    .sort((a, b) => b.surprise - a.surprise)
    .map(({ reason }) => reason);
  if (telling.length > 0) return telling.slice(0, MAX_REASONS);
  const genres = sharedGenres(seed, movie, table);
  const kind = seed.genresGuessed || movie.genresGuessed ? 'genreGuessed' : 'genre';
  return [genres.length > 0 ? { kind, values: genres } : { kind: 'close', values: [] }];
}

/** Why a movie is like several: what tells most of each, then what tells less. Says whose themes it has. */
export function reasonsForEach(seeds: readonly Features[], movie: Features, table: FeatureTable): Reason[] {
  if (seeds.length === 1) return reasonsFor(seeds[0]!, movie, table);
  const ofEach = seeds.map((seed) => reasonsFor(seed, movie, table).map((reason) => named(reason, seed)));
  const all = Array.from({ length: MAX_REASONS }, (_, place) => ofEach.flatMap((own) => own[place] ?? []));
  return [...new Map(all.flat().map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** A reason that holds for one of several seeds says for which, where that is not plain. */
export function named(reason: Reason, { title }: Pick<Features, 'title'>): Reason {
  return reason.kind === 'theme' ? { kind: 'themeOf', values: [title, ...reason.values] } : reason;
}

function franchise(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const series = table.seriesOf(seed);
  if (!series?.members.has(movie.id)) return undefined;
  // Before all else, whatever else they share.
  const first = surprise(series.members.size, table) + 10;
  return { reason: { kind: 'franchise', values: [series.name] }, surprise: first };
}

function directors(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.directors.filter((person) => movie.directors.includes(person));
  return weighed('director', shared, table.people, table);
}

function cast(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.cast.filter((person) => movie.cast.includes(person));
  return weighed('cast', shared, table.people, table);
}

function themes(seed: Features, movie: Features, table: FeatureTable): Weighed | undefined {
  const shared = seed.keywords.filter((word) => movie.keywords.includes(word));
  return weighed('theme', shared, table.words, table);
}

/** The rarest of what is shared; rare things together are as surprising as their chances multiplied. */
function weighed(
  kind: ReasonKind,
  shared: readonly number[],
  vocabulary: FeatureTable['words'],
  table: FeatureTable,
): Weighed | undefined {
  const rarest = shared
    .map((number) => ({ number, surprise: surprise(vocabulary.count(number), table) }))
    .sort((a, b) => b.surprise - a.surprise)
    .slice(0, MAX_VALUES);
  if (rarest.length === 0) return undefined;
  return {
    reason: { kind, values: rarest.map(({ number }) => vocabulary.name(number)) },
    surprise: rarest.reduce((sum, each) => sum + each.surprise, 0),
  };
}

/** The logarithm of how many movies there are to one of so many. */
export function surprise(count: number, table: FeatureTable): number {
  return Math.log((table.size + 1) / Math.max(1, count));
}

function sharedGenres(seed: Features, movie: Features, table: FeatureTable): string[] {
  return genresOfBits(seed.genres & movie.genres)
    .sort((a, b) => table.genreCount(a) - table.genreCount(b))
    .slice(0, MAX_VALUES);
}
