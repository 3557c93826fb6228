import { Judge, SAME_BARE, SPACES } from './judge.ts';
import { ONE_PART } from './omissions.ts';
import type { Fit, Pool } from './pool.ts';
import { type Query, queryOfWords } from './query.ts';
import { findSequels } from './series.ts';
import { accepting, type Stock } from './stock.ts';
import type { ResolveOptions } from './titles.ts';

/** Other titles are typed less than the main one. */
const RANK_COST = [0, 0.2, 0.7];
/** Nobody meant what is less likely than this. */
const HOPELESS = 18;
/** A missing trigram costs at least this; what it leaves too far behind the best need not be judged. */
const COST_PER_MISSING_GRAM = 0.7;
const WORTH_JUDGING = 5;

const YEAR_OFF_BY_ONE = 2;
const YEAR_UNKNOWN = 3;
const YEAR_WRONG = 7;

/**
 * Offers the pool every movie of a stock that the query may mean, by its names, by initials ("lotr") and by place in
 * a series ("harry potter 3"). `cost` is added to every cost.
 */
export function gather(stock: Stock, query: Query, cost: number, options: ResolveOptions, pool: Pool): void {
  gatherWords(stock, query, cost, options, pool);
  for (const [index, word] of query.words.entries())
    for (const expansion of stock.acronyms.of(word, query.words.length === 1)) {
      const words = query.words.toSpliced(index, 1, ...expansion.words);
      gatherWords(stock, queryOfWords(words, query.year), cost + expansion.cost, options, pool);
    }
}

function gatherWords(stock: Stock, query: Query, cost: number, options: ResolveOptions, pool: Pool): void {
  const { shelf, finder } = stock;
  const accept = accepting(stock, options);
  const judge = new Judge(query);
  const consider = (name: number) => {
    const words = judge.cost(shelf.words(name).split(' '));
    if (words > HOPELESS) return;
    const year = yearCost(query.year, shelf.year(shelf.movieOf(name)));
    const fit = cost > 0 || year > 0 ? 'loose' : fitOf(words);
    pool.offer(shelf, name, cost + words + RANK_COST[shelf.rank(name)]! + year, fit);
  };
  const exact = new Set(finder.exact(query.bare, accept));
  for (const name of exact) consider(name);
  for (const { name, missing } of finder.similar(query, accept)) {
    const hoped = shelf.fame(shelf.movieOf(name)) - cost - COST_PER_MISSING_GRAM * missing;
    if (hoped > pool.bestWorth - WORTH_JUDGING && !exact.has(name)) consider(name);
  }
  for (const sequel of findSequels(shelf, query, accept))
    pool.offer(
      shelf,
      sequel.name,
      cost + sequel.cost + yearCost(query.year, shelf.year(shelf.movieOf(sequel.name))),
    );
}

function fitOf(cost: number): Fit {
  if (cost <= SPACES) return 'exact';
  if (cost <= SAME_BARE) return 'bare';
  return cost <= ONE_PART ? 'part' : 'loose';
}

/** `year` is 0 where it is not known. */
function yearCost(typed: number | undefined, year: number): number {
  if (typed === undefined || typed === year) return 0;
  if (year === 0) return YEAR_UNKNOWN;
  return Math.abs(typed - year) === 1 ? YEAR_OFF_BY_ONE : YEAR_WRONG;
}
