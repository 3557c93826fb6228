import { Acronyms } from './acronyms.ts';
import { MAX_FAME } from './fame.ts';
import { Finder } from './finder.ts';
import { Judge, ONE_PART, SAME_BARE, SPACES } from './judge.ts';
import { type Query, queryOfWords } from './query.ts';
import { findSequels } from './series.ts';
import { ADULT, SHOW, type Shelf, type ShelfMovie } from './shelf.ts';
import type { Candidate, ResolveOptions } from './titles.ts';

/** A shelf with what is needed to search it, and which of its movies are no longer shown. */
export interface Stock {
  readonly shelf: Shelf;
  readonly finder: Finder;
  readonly acronyms: Acronyms;
  readonly hidden: (number: number, movie: number) => boolean;
}

export function stockOf(shelf: Shelf, hidden: Stock['hidden'] = () => false): Stock {
  return { shelf, finder: new Finder(shelf), acronyms: new Acronyms(shelf), hidden };
}

/**
 * How a query came to a name: it is the name; all but articles and the like of it; what stands before its colon or
 * after; or something else.
 */
export type Fit = 'exact' | 'bare' | 'part' | 'loose';

/** A movie that a query may mean. */
export interface Scored {
  readonly movie: ShelfMovie;
  /** Its name that fits best, as stored. */
  readonly title: string;
  /** How unlikely the query is for this movie, in nats; see `Judge`. */
  readonly cost: number;
  /** The fame against the cost: higher is likelier, by as many nats. */
  readonly worth: number;
  /** How the words fit, whatever it cost. */
  readonly fit: Fit;
}

/** What fame weighs against slips and omissions. */
const FAME_WEIGHT = 1;
/** Other titles are typed less than the main one. */
const RANK_COST = [0, 0.2, 0.7];
/** Nobody meant what is less likely than this. */
const HOPELESS = 18;

/** A missing trigram costs at least this; what it leaves too far behind the best need not be judged. */
const COST_PER_MISSING_GRAM = 0.3;
const WORTH_JUDGING = 7;

const YEAR_OFF_BY_ONE = 2;
const YEAR_UNKNOWN = 3;
const YEAR_WRONG = 7;

export function worthOf(cost: number, fame: number): number {
  return FAME_WEIGHT * fame - cost;
}

interface Offer {
  readonly shelf: Shelf;
  readonly name: number;
  readonly cost: number;
  readonly worth: number;
  readonly fit: Fit;
}


/** Where somebody typed the very name of a movie, it is that much less likely that they meant another one. */
const RIVAL_COST: Readonly<Record<Fit, number>> = { exact: 0, bare: 0.4, part: 1.2, loose: 2.5 };

/** Keeps the best reading of each movie. */
export class Pool {
  readonly #best = new Map<number, Offer>();
  #bestWorth = Number.NEGATIVE_INFINITY;
  #hasExact = false;

  get bestWorth(): number {
    return this.#bestWorth;
  }

  offer(shelf: Shelf, name: number, cost: number, fit: Fit = 'loose'): void {
    const movie = shelf.movieOf(name);
    const number = shelf.number(movie);
    const worth = worthOf(cost, shelf.fame(movie));
    const known = this.#best.get(number);
    this.#bestWorth = Math.max(this.#bestWorth, worth);
    if (fit === 'exact') this.#hasExact = true;
    if (!known || known.worth < worth) this.#best.set(number, { shelf, name, cost, worth, fit });
  }

  get size(): number {
    return this.#best.size;
  }

  /**
   * Best first; the smaller number first among equals, so that the order is always the same. Those of exactly this
   * name are among them, however little known.
   */
  ranked(limit: number): Scored[] {
    const offers = [...this.#best].map(([number, offer]) => {
      const rival = this.#hasExact ? RIVAL_COST[offer.fit] : 0;
      return { ...offer, number, worth: offer.worth - rival };
    });
    offers.sort((a, b) => b.worth - a.worth || a.number - b.number);
    return offers
      .filter((offer, place) => place < limit || offer.fit === 'exact')
      .slice(0, 2 * limit)
      .map(({ shelf, name, cost, worth, fit }) => ({
        movie: shelf.movie(shelf.movieOf(name)),
        title: shelf.title(name),
        cost,
        worth,
        fit,
      }));
  }
}

/** Offers the pool every movie of a stock that the query may mean, initials and places in a series included. */
export function gather(stock: Stock, query: Query, cost: number, options: ResolveOptions, pool: Pool): void {
  gatherWords(stock, query, cost, options, pool);
  for (const [index, word] of query.words.entries()) {
    if (word.length < 2 || word.length > 9) continue;
    for (const expansion of stock.acronyms.of(word, query.words.length === 1)) {
      const words = [...query.words.slice(0, index), ...expansion.words, ...query.words.slice(index + 1)];
      gatherWords(stock, queryOfWords(words, query.year), cost + expansion.cost, options, pool);
    }
  }
}

/** Judges what the finder finds for a query. `cost` is added to every cost. */
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
    const hopeful = worthOf(cost + COST_PER_MISSING_GRAM * missing, shelf.fame(shelf.movieOf(name)));
    if (hopeful > pool.bestWorth - WORTH_JUDGING && !exact.has(name)) consider(name);
  }
  for (const sequel of findSequels(shelf, query, accept))
    pool.offer(shelf, sequel.name, cost + sequel.cost + yearCost(query.year, shelf.year(shelf.movieOf(sequel.name))));
}

export function accepting({ shelf, hidden }: Stock, options: ResolveOptions): (movie: number) => boolean {
  const unwanted = (options.adult ? 0 : ADULT) | (options.kind === 'movie' ? SHOW : 0);
  const wanted = options.kind === 'show' ? SHOW : 0;
  return (movie) => {
    const flags = shelf.flags(movie);
    return (flags & unwanted) === 0 && (flags & wanted) === wanted && !hidden(shelf.number(movie), movie);
  };
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

export function candidateOf({ movie, title, worth }: Scored): Candidate {
  return {
    id: movie.id,
    number: movie.number,
    score: Math.min(1, Math.exp((worth - FAME_WEIGHT * MAX_FAME) / 8)),
    title,
    kind: movie.kind,
    ...(movie.year !== undefined && { year: movie.year }),
  };
}
