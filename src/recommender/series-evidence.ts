import type { Kind, MovieId } from '../catalogue/movie.ts';
import { plainTitle, type Stem, stemKey } from './series-title.ts';

/** What tells of a movie that it belongs to a series. */
export interface SeriesMember {
  readonly id: MovieId;
  readonly kind: Kind;
  readonly title: string;
  readonly year: number | undefined;
  /** Numbers of people, of whom nothing else is asked than whether they are the same, and seldom a name. */
  readonly directors: readonly number[];
  /** The most important first; six are enough. */
  readonly cast: readonly number[];
  /** A theme calls it a sequel, a prequel or the like. */
  readonly sequel: boolean;
  /** 0 to 1. */
  readonly popularity: number;
  /** The series it belongs to, where the catalogue knows. */
  readonly franchise: string | undefined;
}

/** How two titles meet. Neither stem: both only begin with the same words, as "The Bourne Identity" does. */
export interface Meeting {
  /** The stem of the first title in which they meet; absent where that only begins or ends with it. */
  readonly a?: Stem;
  /** The same of the second. */
  readonly b?: Stem;
  /** The words in which they meet. */
  readonly key: string;
}

/** Evidence from which on two movies belong together. */
const ENOUGH = 2;

/** Three of the cast and a director. */
const MOST_FOR_PEOPLE = 3.2;

const SEQUEL_WORDS = ['sequel', 'prequel', 'spin off', 'trilogy', 'franchise'];

/** True for a theme that says that there are other parts. */
export function saysSequel(keyword: string): boolean {
  return SEQUEL_WORDS.includes(keyword);
}

/** The name of a person. */
export type NameOf = (person: number) => string;

/** Whether two movies of one stem are parts of one series. Symmetric. */
export function belongTogether(
  one: SeriesMember,
  other: SeriesMember,
  meeting: Meeting,
  nameOf: NameOf,
): boolean {
  if (one.kind !== other.kind) return false;
  if (one.franchise && other.franchise && one.franchise !== other.franchise) return false;
  const title = byTitle(meeting) + byYear(one, other, meeting) + bySequel(one, other);
  if (title + MOST_FOR_PEOPLE < ENOUGH || title + byPeople(one, other) < ENOUGH) return false;
  return !sameWork(one, other, meeting) && !namedAfterPerformer(one, meeting, nameOf);
}

/** The same title again is a remake or another cut; at the same time it is another name of the same film. */
function sameWork(one: SeriesMember, other: SeriesMember, { a, b }: Meeting): boolean {
  if (plainTitle(one.title) === plainTitle(other.title)) return true;
  const samePlace = a?.number === b?.number;
  if (a?.form === 'whole' && b?.form === 'whole' && a.exact === b.exact) return true;
  const subtitled = a?.form.startsWith('before') && b?.form.startsWith('before');
  const sameTime = one.year === other.year || Math.abs((one.year ?? 0) - (other.year ?? 0)) <= 1;
  return sameTime && samePlace && !subtitled;
}

/** "Bill Burr: Paper Tiger": the stem is who performs, and what they perform is no series. */
function namedAfterPerformer({ directors, cast }: SeriesMember, { key }: Meeting, nameOf: NameOf): boolean {
  return [...directors, ...cast].some((person) => stemKey(nameOf(person)) === key);
}

function byPeople(one: SeriesMember, other: SeriesMember): number {
  const cast = one.cast.filter((person) => other.cast.includes(person)).length;
  const directed = one.directors.some((person) => other.directors.includes(person));
  const strangers = cast + Number(directed) === 0 && one.cast.length >= 3 && other.cast.length >= 3;
  return Math.min(3, cast) * 0.8 + (directed ? 0.8 : 0) - (strangers ? 0.4 : 0);
}

function byTitle({ a, b, key }: Meeting): number {
  const short = !key.includes(' ');
  if (!a && !b) return -0.8;
  if (!a || !b) return short ? 0 : 0.3;
  const numbers = [a, b].filter((stem) => (stem.number ?? 1) > 1).length;
  // "District 9" and "District 13" count nothing.
  const leap = Math.abs((a.number ?? 1) - (b.number ?? 1)) > 3 ? 0.6 : 0;
  const asWritten = a.name.toLowerCase() === b.name.toLowerCase() ? 0 : -0.3;
  if (numbers > 0) return (short ? 1.1 : 1.4) + (numbers - 1) * 0.3 + asWritten - leap;
  if (a.form === 'numbered' && b.form === 'numbered') return 1.4;
  if (a.form === 'before and the' || b.form === 'before and the') return short ? 0.2 : 0.6;
  if (a.form === 'whole' && b.form === 'whole') return 0;
  return short ? 0.5 : 1;
}

function byYear(one: SeriesMember, other: SeriesMember, { a, b }: Meeting): number {
  if (one.year === undefined || other.year === undefined) return 0;
  const apart = Math.abs(one.year - other.year);
  const backwards = (one.year - other.year) * ((a?.number ?? 1) - (b?.number ?? 1)) < 0;
  const disorder = a && b && backwards ? -1 : 0;
  if (apart > 30) return disorder - 1;
  if (apart > 15) return disorder - 0.3;
  return disorder + (apart <= 6 ? 0.6 : 0.2);
}

function bySequel(one: SeriesMember, other: SeriesMember): number {
  return one.sequel || other.sequel ? 0.7 : 0;
}
