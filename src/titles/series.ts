import { LONGEST_SERIES, type Member, membersOf } from './series-members.ts';
import type { Shelf } from './shelf.ts';
import { isArticle, isFiller } from './words.ts';

/** A movie that is asked for by its place in a series. */
export interface Sequel {
  readonly name: number;
  /** How unlikely it is that this one is meant, in nats. */
  readonly cost: number;
  /** Nothing says that it is this one, or a sequel at all: it is asked about. */
  readonly unsure: boolean;
}

/** A film this much less famous than the best of its series, in nats, is not counted as a part of it. */
const MUCH_LESS_FAMOUS = 2;
/** The first film of a series is about as well known as the best. */
const LESS_FAMOUS = 1.5;
const IN_PLACE = 1.2;
const BESIDE = 3;
/** Counted without the titles that go on right after the name of the series: "Batman Returns" may be none of it. */
const WITHOUT_RUN_ON = 1.2;

/**
 * "harry potter 3" → the third of the movies whose title begins with "harry potter", by year. Nothing where a known
 * title of the series says which one has the number.
 */
export function findSequels(
  shelf: Shelf,
  { stem, number }: Place,
  accept: (movie: number) => boolean,
): Sequel[] {
  const found = membersOf(shelf, stem, accept);
  const all = inOrder(found);
  if (all.some((member) => member.numbers.includes(number))) return [];
  const close = all.filter((member) => !member.runsOn);
  const oneWord = stem.length < 2;
  return [
    ...around(all, number, 0, oneWord),
    ...(close.length < all.length ? around(close, number, WITHOUT_RUN_ON, oneWord) : []),
  ];
}

/** A place in a series, as it was typed. */
export interface Place {
  readonly stem: readonly string[];
  readonly number: number;
}

/** "the harry potter part 3" → "harry potter", 3; undefined where there is no such number at the end. */
export function placeIn(words: readonly string[]): Place | undefined {
  const number = Number(words.at(-1));
  if (!(number >= 1 && number <= LONGEST_SERIES) || words.length < 2) return undefined;
  const end = isFiller(words.at(-2)!) ? -2 : -1;
  const stem = words.slice(isArticle(words[0]!) ? 1 : 0, end);
  return stem.length > 0 ? { stem, number } : undefined;
}

/**
 * The member in the wanted place, and its neighbours: people miscount. A title that runs on may be none of the series
 * where that is called by one word ("Drive Angry"), or has a number in titles before.
 */
function around(members: readonly Member[], number: number, cost: number, oneWord: boolean): Sequel[] {
  if (members.length < 2) return [];
  const before = lastNumbered(members, number);
  // Counted from the last title before it that has a number of its own; the first of all has place 0.
  const place = before ? members.indexOf(before) + number - before.number! : number - 1;
  return members.flatMap((member, index) => {
    const distance = Math.abs(index - place);
    if (distance > 1 || (member.number !== undefined && member.number !== number)) return [];
    const unsure = distance > 0 || (member.runsOn && (oneWord || before !== undefined));
    return [{ name: member.name, cost: cost + (distance > 0 ? BESIDE : IN_PLACE), unsure }];
  });
}

function lastNumbered(members: readonly Member[], below: number): Member | undefined {
  return members
    .filter(({ number = 0 }) => number > 0 && number < below)
    .sort((a, b) => b.number! - a.number!)[0];
}

/**
 * By year, without what is hardly known beside the others. Where a well-known movie has the bare name of the series
 * and no numbers before it, it is the first, and later ones of that name begin anew.
 */
function inOrder(members: readonly Member[]): Member[] {
  const peak = Math.max(...members.map((member) => member.fame));
  const known = members
    .filter((member) => member.fame > peak - MUCH_LESS_FAMOUS)
    .sort((a, b) => a.year - b.year || (a.number ?? 0) - (b.number ?? 0) || a.movie - b.movie);
  const first = known.findIndex((member) => member.whole && member.fame > peak - LESS_FAMOUS);
  if (first < 0 || known.slice(0, first).some((member) => member.numbers.length > 0)) return known;
  return known.slice(first).filter((member, index) => !member.whole || index === 0);
}
