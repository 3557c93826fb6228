import { fitsAtAll } from './decide.ts';
import type { Accept } from './finder.ts';
import { gather } from './gather.ts';
import { gramAt } from './grams.ts';
import { foldWords } from './normalise.ts';
import { foldNumbers } from './numbers.ts';
import { candidateOf, Pool } from './pool.ts';
import { MAX_QUERY_LENGTH, readingsOf } from './query.ts';
import { accepting, type Stock } from './stock.ts';
import type { Candidate, ResolveOptions } from './titles.ts';
import { bare, PART } from './words.ts';

/** Names looked at for one completion: the most famous that hold the rarest trigram typed. */
const MAX_SCANNED = 1500;
/** So few completions that the words may have been meant otherwise. */
const FEW = 5;
/** Found completions beyond which less famous ones cannot be among the best. */
const ENOUGH_PER_ANSWER = 3;

const AFTER_ARTICLE = 0.2;
const STARTS_PART = 0.8;
const STARTS_WORD = 1.8;
const IS_TITLE = -2.5;
const OTHER_TITLE = 0.5;
/** A movie whose titles have no word that begins like this: a slip, a number, initials. */
const TYPED_OTHERWISE = 1;

/** Best candidates for a title that is still being typed: beginnings of titles and of their words, famous first. */
export function completeTitle(
  stocks: readonly Stock[],
  text: string,
  limit: number,
  options: ResolveOptions,
): Candidate[] {
  const typed = text.slice(0, MAX_QUERY_LENGTH);
  const words = foldWords(typed).filter((word) => word !== PART);
  const pool = new Pool();
  if (words.length === 0 || limit <= 0) return [];
  for (const stock of stocks) offerCompletions(stock, words, limit, options, pool);
  if (pool.size < Math.min(limit, FEW) && typed.trim().length > 2)
    for (const stock of stocks)
      for (const { query, cost } of readingsOf(typed))
        gather(stock, query, cost + TYPED_OTHERWISE, options, pool);
  return pool
    .ranked(limit)
    .filter((each) => fitsAtAll(each, typed))
    .slice(0, limit)
    .map(candidateOf);
}

function offerCompletions(
  stock: Stock,
  words: readonly string[],
  limit: number,
  options: ResolveOptions,
  pool: Pool,
): void {
  const { shelf } = stock;
  const accept = accepting(stock, options);
  const offer = (name: number, place: number) =>
    pool.offer(shelf, name, place + (shelf.rank(name) === 2 ? OTHER_TITLE : 0));
  for (const name of namedBy(stock, words, accept).slice(0, limit)) offer(name, IS_TITLE);
  for (const wanted of spellingsOf(words)) {
    const placeOf = placer(wanted);
    let found = 0;
    for (const name of rarest(stock, wanted).subarray(0, MAX_SCANNED)) {
      if (found >= limit * ENOUGH_PER_ANSWER) break;
      const place = placeOf(shelf.words(name));
      if (place === undefined || !accept(shelf.movieOf(name))) continue;
      offer(name, place);
      found++;
    }
  }
}

/** Names that are typed in full. Without slips: "star w" is no "Star"; and "12 an" goes on, it is no "12". */
function namedBy({ finder }: Stock, words: readonly string[], accept: Accept): number[] {
  const numbered = foldNumbers(words);
  const goesOn = numbered.length > 1 && bare(numbered) === bare(numbered.slice(0, -1));
  return goesOn ? [] : finder.named(bare(numbered), accept);
}

/** As typed, and with digits for number words ("twelve an"), unless the last is one: "one" is no "10 Things". */
function spellingsOf(words: readonly string[]): Iterable<string> {
  const numbered = foldNumbers(words);
  const spellings = new Set([words.join(' ')]);
  if (numbered.at(-1) === words.at(-1)) spellings.add(numbered.join(' '));
  return spellings;
}

/** Scripts without spaces: a word may begin anywhere. */
function isUnspaced(text: string): boolean {
  return /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(text);
}

/** The shortest of the lists of names that hold a trigram of the text. */
function rarest({ shelf }: Stock, wanted: string): Uint32Array {
  const text = isUnspaced(wanted) && wanted.length > 2 ? wanted : ` ${wanted}`;
  let best: Uint32Array | undefined;
  for (let at = 0; at + 2 < text.length; at++) {
    const list = shelf.withGram(gramAt(text, at));
    if (!best || list.length < best.length) best = list;
  }
  return best ?? new Uint32Array(0);
}

/** Says what it costs that the typed words begin where they do in a name; undefined where they do not occur. */
function placer(wanted: string): (marked: string) => number | undefined {
  const [word, anywhere] = [` ${wanted}`, isUnspaced(wanted)];
  const afterArticle = [` the ${wanted}`, ` a ${wanted}`];
  const startsPart = [`${PART} ${wanted}`, `${PART} the ${wanted}`];
  return (marked) => {
    const flat = ` ${marked.includes(PART) ? marked.replaceAll(` ${PART}`, '') : marked}`;
    // Most names that hold the rarest trigram do not hold the words: they are told first.
    if (!flat.includes(word)) return anywhere && flat.includes(wanted) ? STARTS_WORD : undefined;
    if (flat.startsWith(word)) return 0;
    if (afterArticle.some((start) => flat.startsWith(start))) return AFTER_ARTICLE;
    return startsPart.some((start) => marked.includes(start)) ? STARTS_PART : STARTS_WORD;
  };
}
