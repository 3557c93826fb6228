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

/** Evidence from which on two movies belong together. All of it is set by hand; `npm run bench -- series` measures it. */
const ENOUGH = 2;

/**
 * What people tell. Two series by one title rarely share any, so three are nearly enough; casts that are both known and
 * share nobody speak for a remake or a namesake.
 */
const PEOPLE = { each: 0.8, most: 3, director: 0.8, strangers: -0.4, castKnown: 3 } as const;

/** Nobody can tell more: where this would not be enough, people are not compared. */
const MOST_FOR_PEOPLE = PEOPLE.each * PEOPLE.most + PEOPLE.director;

/** What the way in which two titles meet tells. A stem of one word is a common word more often than a name. */
const TITLE = {
  /** Both only begin alike. */
  beginning: -0.8,
  /** One begins or ends with the whole stem of the other. */
  fragment: { oneWord: 0, words: 0.3 },
  /** One has a number: hardly anything but a series has; a second number says it again. */
  numbered: { oneWord: 1.1, words: 1.4, second: 0.3 },
  /** Both are numbered, as the first. */
  bothFirst: 1.4,
  /** "Indiana Jones and the": many duos are called so. */
  andThe: { oneWord: 0.2, words: 0.6 },
  /** The same title: a remake as soon as a series. */
  whole: 0,
  /** Before a colon, or whole and before a colon. */
  subtitle: { oneWord: 0.5, words: 1 },
  /** "District 9" and "District 13" count nothing. */
  leap: -0.6,
  /** Written otherwise, as plural and singular are. */
  otherwise: -0.3,
} as const;

/** Parts of one series rarely leave out more numbers than this. */
const LONGEST_LEAP = 3;

/** What years between two movies tell, up to so many: parts follow each other, remakes come a generation later. */
const YEARS = [
  { upTo: 6, tells: 0.6 },
  { upTo: 15, tells: 0.2 },
  { upTo: 30, tells: -0.3 },
  { upTo: Number.POSITIVE_INFINITY, tells: -1 },
] as const;

/** The higher number came first. */
const BACKWARDS = -1;

/** A theme calls one of them a sequel: it does not say of what. */
const CALLED_SEQUEL = 0.7;

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
  const castsKnown = Math.min(one.cast.length, other.cast.length) >= PEOPLE.castKnown;
  if (cast === 0 && !directed) return castsKnown ? PEOPLE.strangers : 0;
  return Math.min(PEOPLE.most, cast) * PEOPLE.each + (directed ? PEOPLE.director : 0);
}

function byTitle({ a, b, key }: Meeting): number {
  const length = key.includes(' ') ? 'words' : 'oneWord';
  if (!a && !b) return TITLE.beginning;
  if (!a || !b) return TITLE.fragment[length];
  const numbers = [a, b].filter((stem) => (stem.number ?? 1) > 1).length;
  if (numbers > 0) return byNumbers(a, b, TITLE.numbered[length] + (numbers - 1) * TITLE.numbered.second);
  if (a.form === 'numbered' && b.form === 'numbered') return TITLE.bothFirst;
  if (a.form === 'before and the' || b.form === 'before and the') return TITLE.andThe[length];
  if (a.form === 'whole' && b.form === 'whole') return TITLE.whole;
  return TITLE.subtitle[length];
}

function byNumbers(a: Stem, b: Stem, numbered: number): number {
  const leap = Math.abs((a.number ?? 1) - (b.number ?? 1)) > LONGEST_LEAP ? TITLE.leap : 0;
  const otherwise = a.name.toLowerCase() === b.name.toLowerCase() ? 0 : TITLE.otherwise;
  return numbered + otherwise + leap;
}

function byYear(one: SeriesMember, other: SeriesMember, { a, b }: Meeting): number {
  if (one.year === undefined || other.year === undefined) return 0;
  const apart = Math.abs(one.year - other.year);
  const backwards = (one.year - other.year) * ((a?.number ?? 1) - (b?.number ?? 1)) < 0;
  const disorder = a && b && backwards ? BACKWARDS : 0;
  return disorder + YEARS.find(({ upTo }) => apart <= upTo)!.tells;
}

function bySequel(one: SeriesMember, other: SeriesMember): number {
  return one.sequel || other.sequel ? CALLED_SEQUEL : 0;
}
