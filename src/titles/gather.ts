import { titlesWithin } from './context.ts';
import { TALKED_ABOUT } from './fame.ts';
import type { Accept } from './finder.ts';
import { Judge, SAME_BARE, SPACES } from './judge.ts';
import { foldNumbers, isNumber } from './numbers.ts';
import { LATER_PART, ONE_PART } from './omissions.ts';
import type { Fit, Pool } from './pool.ts';
import { type Query, queryOfWords } from './query.ts';
import { findSequels, placeIn, type Sequel } from './series.ts';
import { stemLike } from './stems.ts';
import { accepting, type Stock } from './stock.ts';
import type { ResolveOptions } from './titles.ts';
import { PART } from './words.ts';

/** Other titles are typed less than the main one. */
const RANK_COST = [0, 0.2, 0.7];
/** Nobody meant what is less likely than this. */
const HOPELESS = 18;
/** A missing trigram costs at least this; what it leaves too far behind the best need not be judged. */
const COST_PER_MISSING_GRAM = 0.7;
const WORTH_JUDGING = 5;
/** All before the last mark was left out, and an article or the like. */
const SUBTITLE = LATER_PART + 2 * SAME_BARE;
/** A name without a typed number costs at least this. */
const NUMBER_MISSING = 5;

const YEAR_OFF_BY_ONE = 2;
const YEAR_UNKNOWN = 3;
const YEAR_WRONG = 7;

/**
 * Offers the pool every movie of a stock that the query may mean: by its names, by initials ("lotr"), by place in a
 * series ("harry potter 3"), and by a title amid other words ("bond skyfall"). `cost` is added to every cost.
 */
export function gather(stock: Stock, query: Query, cost: number, options: ResolveOptions, pool: Pool): void {
  const from = { stock, accept: accepting(stock, options), pool };
  gatherWords(from, query, cost);
  gatherSequels(from, query, cost);
  gatherWithin(from, query, cost);
  // "mi 3" has nothing but its initials to say what it is; "mi vecino totoro" has.
  const alone = query.words.filter((word) => !isNumber(word)).length === 1;
  for (const [index, word] of query.words.entries())
    for (const expansion of stock.acronyms.of(word, alone)) {
      const words = query.words.toSpliced(index, 1, ...expansion.words);
      const expanded = queryOfWords(words, query.year);
      gatherWords(from, expanded, cost + expansion.cost);
      gatherSequels(from, expanded, cost + expansion.cost);
    }
}

interface From {
  readonly stock: Stock;
  readonly accept: Accept;
  readonly pool: Pool;
}

function gatherWords({ stock: { shelf, finder }, accept, pool }: From, query: Query, cost: number): void {
  const judge = new Judge(query);
  const consider = (name: number) => {
    const marked = shelf.words(name).split(' ');
    const words = judge.cost(marked);
    if (words > HOPELESS) return;
    const year = yearCost(query.year, shelf.year(shelf.movieOf(name)));
    let fit = cost > 0 || year > 0 ? 'loose' : fitOf(words);
    if (fit === 'exact' && shelf.title(name).toLowerCase() === query.typed) fit = 'verbatim';
    if (fit === 'loose' && words >= LATER_PART && words <= SUBTITLE && isSubtitle(judge, marked))
      fit = 'subtitle';
    if (words > NUMBER_MISSING && lacksNumber(query, marked)) fit = 'guess';
    pool.offer(shelf, name, cost + words + RANK_COST[shelf.rank(name)]! + year, fit);
  };
  const named = new Set(finder.namedLike(query.bare, accept));
  for (const name of named) consider(name);
  for (const { name, missing } of finder.similar(query, accept)) {
    const hoped = shelf.fame(shelf.movieOf(name)) - cost - COST_PER_MISSING_GRAM * missing;
    if (hoped > pool.bestWorth - WORTH_JUDGING && !named.has(name)) consider(name);
  }
}

function fitOf(cost: number): Fit {
  if (cost <= SPACES) return 'exact';
  if (cost <= SAME_BARE) return 'bare';
  return cost <= ONE_PART ? 'part' : 'loose';
}

/** What stands after the last mark of a name is what was typed. */
function isSubtitle(judge: Judge, marked: readonly string[]): boolean {
  const mark = marked.lastIndexOf(PART);
  return mark >= 0 && judge.cost(marked.slice(mark + 1)) <= SAME_BARE;
}

/** Whoever types a number means it. */
function lacksNumber(query: Query, marked: readonly string[]): boolean {
  const words = new Set(foldNumbers(marked));
  return query.words.some((word) => isNumber(word) && !words.has(word));
}

/** Where no title begins like the series that was typed, the one whose titles nearly do. */
function gatherSequels({ stock, accept, pool }: From, query: Query, cost: number): void {
  const place = placeIn(query.words);
  if (!place) return;
  const { shelf } = stock;
  const offer = (sequels: readonly Sequel[], more: number) => {
    for (const { name, cost: own, unsure } of sequels) {
      const year = yearCost(query.year, shelf.year(shelf.movieOf(name)));
      pool.offer(shelf, name, cost + more + own + year, unsure ? 'guess' : 'loose');
    }
  };
  const sequels = findSequels(shelf, place, accept);
  offer(sequels, 0);
  const stem = sequels.length === 0 && stemLike(stock, place.stem, accept);
  if (stem) offer(findSequels(shelf, { ...place, stem: stem.words }, accept), stem.cost);
}

/** Only what is well known is mentioned with words about it. */
function gatherWithin({ stock: { shelf, finder }, accept, pool }: From, query: Query, cost: number): void {
  for (const within of titlesWithin(query))
    for (const name of finder.named(within.query.bare, accept)) {
      const movie = shelf.movieOf(name);
      if (shelf.fame(movie) < TALKED_ABOUT) continue;
      const year = yearCost(query.year, shelf.year(movie));
      pool.offer(shelf, name, cost + within.cost + RANK_COST[shelf.rank(name)]! + year, 'guess');
    }
}

/** `year` is 0 where it is not known. */
function yearCost(typed: number | undefined, year: number): number {
  if (typed === undefined || typed === year) return 0;
  if (year === 0) return YEAR_UNKNOWN;
  return Math.abs(typed - year) === 1 ? YEAR_OFF_BY_ONE : YEAR_WRONG;
}
