import { gramAt } from './grams.ts';
import { type NameWords, nameWords } from './name-words.ts';
import { foldNumbers, isNumber } from './numbers.ts';
import type { Query } from './query.ts';
import { ADULT, SHOW, type Shelf } from './shelf.ts';
import { isArticle, isFiller } from './words.ts';

/** A movie that is asked for by its place in a series. */
export interface Sequel {
  readonly name: number;
  /** How unlikely it is that this one is meant, in nats. */
  readonly cost: number;
}

const LONGEST_SERIES = 30;
const MAX_SCANNED = 1500;
const MAX_MEMBERS = 40;
/** A film this much less famous than the best of its series, in nats, is not counted as a part of it. */
const MUCH_LESS_FAMOUS = 2;
/** The first film of a series is about as well known as the best. */
const LESS_FAMOUS = 1.5;
const IN_PLACE = 1.2;
const BESIDE = 2.6;
/** The titles go on right after the name of the series, as "Batman Returns" does: it may be none. */
const RUNS_ON = 1.2;

interface Member {
  readonly movie: number;
  readonly name: number;
  readonly year: number;
  readonly fame: number;
  /** The number that its title gives it. */
  readonly number?: number;
  /** All numbers after the name of the series, but for those of "part 2". */
  readonly numbers: readonly number[];
  /** The title goes on after the name of the series, in the same part. */
  readonly runsOn: boolean;
  /** The title is the name of the series and nothing else. */
  readonly whole: boolean;
}

/**
 * "harry potter 3" → the third of the movies whose title begins with "harry potter", by year. Nothing where the query
 * has no number at its end, or a title of the series says which one has it.
 */
export function findSequels(shelf: Shelf, query: Query, accept: (movie: number) => boolean): Sequel[] {
  const wanted = splitNumber(query.words);
  if (!wanted) return [];
  const found = membersOf(shelf, wanted.stem, accept);
  if (found.some((member) => member.numbers.includes(wanted.number))) return [];
  const all = inOrder(found);
  const close = all.filter((member) => !member.runsOn);
  return [
    ...around(close, wanted.number, 0),
    ...(close.length < all.length ? around(all, wanted.number, RUNS_ON) : []),
  ];
}

function splitNumber(words: readonly string[]): { stem: readonly string[]; number: number } | undefined {
  const number = Number(words.at(-1));
  if (!(number >= 1 && number <= LONGEST_SERIES) || words.length < 2) return undefined;
  const end = isFiller(words.at(-2)!) ? -2 : -1;
  const stem = words.slice(isArticle(words[0]!) ? 1 : 0, end);
  return stem.length > 0 ? { stem, number } : undefined;
}

/** The member in the wanted place, and its neighbours: people miscount. */
function around(members: readonly Member[], number: number, cost: number): Sequel[] {
  if (members.length < 2) return [];
  const place = placeOf(members, number);
  return members.flatMap((member, index) => {
    const distance = Math.abs(index - place);
    if (distance > 1 || (member.number !== undefined && member.number !== number)) return [];
    return [{ name: member.name, cost: cost + (distance === 0 ? IN_PLACE : BESIDE) }];
  });
}

/** Counted from the last title before it that has a number of its own; the first has place 0. */
function placeOf(members: readonly Member[], wanted: number): number {
  const numbered = members.map((member, index) => ({ number: member.number ?? 0, index }));
  const before = numbered
    .filter(({ number }) => number > 0 && number < wanted)
    .sort((a, b) => b.number - a.number)[0];
  return before ? before.index + wanted - before.number : wanted - 1;
}

/**
 * By year, from the first well-known movie on that has the bare name of the series; without what is hardly known
 * beside the others, and without later movies of that bare name, which begin anew.
 */
function inOrder(members: readonly Member[]): Member[] {
  const peak = Math.max(...members.map((member) => member.fame));
  const known = members
    .filter((member) => member.fame > peak - MUCH_LESS_FAMOUS)
    .sort((a, b) => a.year - b.year || (a.number ?? 0) - (b.number ?? 0) || a.movie - b.movie);
  const first = known.findIndex((member) => member.whole && member.fame > peak - LESS_FAMOUS);
  return known.slice(Math.max(0, first)).filter((member, index) => !member.whole || index === 0);
}

function membersOf(shelf: Shelf, stem: readonly string[], accept: (movie: number) => boolean): Member[] {
  const found = new Map<number, Member>();
  for (const [name, rest] of namesWith(shelf, stem)) {
    const movie = shelf.movieOf(name);
    const known = found.get(movie);
    if (found.size >= MAX_MEMBERS && !known) break;
    if (shelf.flags(movie) & (SHOW | ADULT) || shelf.year(movie) === 0 || !accept(movie)) continue;
    const member = memberOf(shelf, movie, name, rest);
    if (!known || (known.number === undefined && member.number !== undefined)) found.set(movie, member);
    else if (known.runsOn && !member.runsOn) found.set(movie, { ...known, runsOn: false });
    if (!known) for (const other of shelf.franchiseOf(movie)) addMember(shelf, other, found, accept);
  }
  return [...found.values()];
}

function addMember(
  shelf: Shelf,
  movie: number,
  found: Map<number, Member>,
  accept: (movie: number) => boolean,
): void {
  if (!found.has(movie) && shelf.year(movie) > 0 && accept(movie))
    found.set(movie, { ...memberOf(shelf, movie, shelf.namesOf(movie)[0], NOTHING), whole: false });
}

const NOTHING: NameWords = { words: [], startsPart: [true] };

/** What stands for the rest of a title that the stem ends: "Live Free or Die Hard". */
const RUNNING_ON: NameWords = { words: [''], startsPart: [false, true] };

/** `rest`: the words of the name after the stem. */
function memberOf(shelf: Shelf, movie: number, name: number, { words, startsPart }: NameWords): Member {
  const at = words.findIndex((word) => !isFiller(word));
  const number =
    at >= 0 && isNumber(words[at]!) && Number(words[at]) <= LONGEST_SERIES ? Number(words[at]) : undefined;
  const member = {
    movie,
    name,
    year: shelf.year(movie),
    fame: shelf.fame(movie),
    numbers: words.flatMap((word, index) =>
      isNumber(word) && (index === at || !isFiller(words[index - 1] ?? '')) ? Number(word) : [],
    ),
    runsOn: !startsPart[0] && number === undefined,
    whole: words.length === 0,
  };
  return number === undefined ? member : { ...member, number };
}

/** Names that begin with the stem, have a part that does, or end with it; and what follows it. */
function* namesWith(shelf: Shelf, stem: readonly string[]): Iterable<[name: number, rest: NameWords]> {
  for (const name of rarestList(shelf, stem).subarray(0, MAX_SCANNED)) {
    const marked = shelf.words(name);
    if (!marked.includes(stem[0]!)) continue;
    const { words, startsPart } = nameWords(foldNumbers(marked.split(' ')));
    const at = words.findIndex((_, index) =>
      stem.every((word, offset) => sameWord(word, words[index + offset])),
    );
    const end = at + stem.length;
    const begins = startsPart[at] || (at > 0 && isArticle(words[at - 1]!) && startsPart[at - 1]);
    if (at < 0 || !(begins || (end === words.length && stem.length > 1))) continue;
    if (!begins) yield [name, RUNNING_ON];
    else yield [name, { words: words.slice(end), startsPart: startsPart.slice(end) }];
  }
}

/** The second "Alien" is called "Aliens". */
function sameWord(typed: string, meant: string | undefined): boolean {
  return meant !== undefined && (typed === meant || `${typed}s` === meant);
}

function rarestList(shelf: Shelf, stem: readonly string[]): Uint32Array {
  const wanted = ` ${stem.join(' ')}`;
  let list = shelf.withGram(gramAt(wanted, 0));
  for (let at = 1; at + 2 < wanted.length; at++) {
    const other = shelf.withGram(gramAt(wanted, at));
    if (other.length < list.length) list = other;
  }
  return list;
}
