import { gramAt } from './grams.ts';
import { type NameWords, nameWords } from './name-words.ts';
import { foldNumbers, isNumber } from './numbers.ts';
import { ADULT, SHOW, type Shelf } from './shelf.ts';
import { isArticle, isFiller } from './words.ts';

/** No series is longer: higher numbers are years and the like. */
export const LONGEST_SERIES = 30;
const MAX_SCANNED = 1500;
const MAX_MEMBERS = 40;

/** A movie whose title says that it is of a series. */
export interface Member {
  readonly movie: number;
  readonly name: number;
  readonly year: number;
  readonly fame: number;
  /** The number that its title gives it. */
  readonly number?: number;
  /** All numbers after the name of the series, but for those of "part 2". */
  readonly numbers: readonly number[];
  /** The title goes on after the name of the series, in the same part, or ends with it. */
  readonly runsOn: boolean;
  /** The title is the name of the series and nothing else. */
  readonly whole: boolean;
}

/** The movies that have a title which begins with the words of a series, has a part that does, or ends with them. */
export function membersOf(
  shelf: Shelf,
  stem: readonly string[],
  accept: (movie: number) => boolean,
): Member[] {
  const found = new Map<number, Member>();
  /** Those of a franchise whose own titles have not been seen to say so; they may yet be. */
  const unnamed = new Set<number>();
  for (const [name, rest] of namesWith(shelf, stem)) {
    const movie = shelf.movieOf(name);
    const inFranchise = unnamed.delete(movie);
    const known = inFranchise ? undefined : found.get(movie);
    if (found.size >= MAX_MEMBERS && !known && !inFranchise) break;
    if (shelf.flags(movie) & (SHOW | ADULT) || shelf.year(movie) === 0 || !accept(movie)) continue;
    const named = memberOf(shelf, movie, name, rest);
    // Its franchise says that it is of the series, however its title goes on.
    const member = inFranchise ? { ...named, runsOn: false } : named;
    if (!known || (known.number === undefined && member.number !== undefined)) found.set(movie, member);
    else if (known.runsOn && !member.runsOn) found.set(movie, { ...known, runsOn: false });
    if (known || inFranchise) continue;
    for (const other of shelf.franchiseOf(movie))
      if (!found.has(other) && shelf.year(other) > 0 && accept(other)) {
        found.set(other, unnamedMember(shelf, other));
        unnamed.add(other);
      }
  }
  return [...found.values()];
}

/** A movie of the franchise whose title is another one. */
function unnamedMember(shelf: Shelf, movie: number): Member {
  return { ...memberOf(shelf, movie, shelf.namesOf(movie)[0], NOTHING), whole: false };
}

const NOTHING: NameWords = { words: [], startsPart: [true] };

/** What stands for the rest of a title that the stem ends: "Live Free or Die Hard". */
const RUNNING_ON: NameWords = { words: [''], startsPart: [false, true] };

/**
 * A title of its own: the stem is a later part of it ("The Lost World: Jurassic Park"), or it is the plural ("Aliens",
 * which is no other film of the bare name).
 */
const OF_ITS_OWN: NameWords = { words: [''], startsPart: [true, true] };

/** `rest`: the words of the name after the stem. */
function memberOf(shelf: Shelf, movie: number, name: number, { words, startsPart }: NameWords): Member {
  const at = words.findIndex((word) => !isFiller(word));
  // "First Class" is no first part: a number of a series ends its part of the title.
  const numbers = words.map((word, index) =>
    isNumber(word) && startsPart[index + 1] && Number(word) <= LONGEST_SERIES ? Number(word) : undefined,
  );
  const number = numbers[at];
  const member = {
    movie,
    name,
    year: shelf.year(movie),
    fame: shelf.fame(movie),
    numbers: numbers.filter(
      (each, index) => each !== undefined && (index === at || !isFiller(words[index - 1] ?? '')),
    ) as number[],
    runsOn: !startsPart[0] && number === undefined,
    whole: words.length === 0,
  };
  return number === undefined ? member : { ...member, number };
}

/** The names of them, and what follows the stem. */
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
    if (!begins || (at > 1 && end === words.length)) yield [name, begins ? OF_ITS_OWN : RUNNING_ON];
    else if (end === words.length && words[end - 1] !== stem.at(-1)) yield [name, OF_ITS_OWN];
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
