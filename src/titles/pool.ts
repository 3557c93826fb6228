import { MAX_FAME } from './fame.ts';
import type { Shelf, ShelfMovie } from './shelf.ts';
import type { Candidate } from './titles.ts';

/**
 * How a query came to a name: it is the name, letter for letter or but for its dress; all but articles and the like of
 * it; what stands before its colon; what stands after it; something else; or it says something that the name does not,
 * and is a guess.
 */
export type Fit = 'verbatim' | 'exact' | 'bare' | 'part' | 'subtitle' | 'loose' | 'guess';

/** The query is the name. */
export function isWhole(fit: Fit): boolean {
  return fit === 'verbatim' || fit === 'exact';
}

/** A movie that a query may mean. */
export interface Scored {
  readonly movie: ShelfMovie;
  /** Its name that fits best, as stored. */
  readonly title: string;
  /** How unlikely the query is for this movie, in nats; see `Judge`. */
  readonly cost: number;
  /** The fame against the cost: higher is likelier, by as many nats. */
  readonly worth: number;
  readonly fit: Fit;
}

interface Offer {
  readonly shelf: Shelf;
  readonly name: number;
  readonly cost: number;
  readonly worth: number;
  readonly fit: Fit;
}

/**
 * Where somebody typed the very name of a movie, it is that much less likely that they meant another one; but a
 * subtitle is a name of its own ("judgment day", "ragnarok"), which people use as they use a whole one.
 */
const RIVAL_COST: Readonly<Record<Fit, number>> = {
  verbatim: 0,
  exact: 0,
  bare: 0.3,
  part: 1,
  subtitle: 0.5,
  loose: 2,
  guess: 2,
};
/** More for a name in another dress, or with another article, where one was typed letter for letter. */
const OTHER_DRESS = 1;
/** A worth this many nats below the best there can be has a score of 1/e. */
const SCORE_SCALE = 8;

/** Gathers offers and keeps the best reading of each movie. */
export class Pool {
  readonly #best = new Map<number, Offer>();
  #bestWorth = Number.NEGATIVE_INFINITY;
  #hasWhole = false;
  #hasVerbatim = false;

  offer(shelf: Shelf, name: number, cost: number, fit: Fit = 'loose'): void {
    const movie = shelf.movieOf(name);
    const number = shelf.number(movie);
    const worth = shelf.fame(movie) - cost;
    const known = this.#best.get(number);
    this.#bestWorth = Math.max(this.#bestWorth, worth);
    if (isWhole(fit)) this.#hasWhole = true;
    if (fit === 'verbatim') this.#hasVerbatim = true;
    if (!known || known.worth < worth) this.#best.set(number, { shelf, name, cost, worth, fit });
  }

  /** The highest worth so far. */
  get bestWorth(): number {
    return this.#bestWorth;
  }

  get size(): number {
    return this.#best.size;
  }

  /**
   * Best first; the smaller number first among equals, so that the order is always the same. Those of exactly this
   * name are among them, however little known.
   */
  ranked(limit: number): Scored[] {
    const offers = [...this.#best].map(([number, offer]) => ({
      ...offer,
      number,
      worth: offer.worth - this.#rivalCost(offer.fit),
    }));
    offers.sort((a, b) => b.worth - a.worth || a.number - b.number);
    return offers
      .filter((offer, place) => place < limit || isWhole(offer.fit))
      .slice(0, 2 * limit)
      .map(({ shelf, name, cost, worth, fit }) => ({
        movie: shelf.movie(shelf.movieOf(name)),
        title: shelf.title(name),
        cost,
        worth,
        fit,
      }));
  }

  #rivalCost(fit: Fit): number {
    if (!this.#hasWhole) return 0;
    const dressed = this.#hasVerbatim && (fit === 'exact' || fit === 'bare');
    return RIVAL_COST[fit] + (dressed ? OTHER_DRESS : 0);
  }
}

export function candidateOf({ movie, title, worth }: Scored): Candidate {
  return {
    id: movie.id,
    number: movie.number,
    score: Math.min(1, Math.exp((worth - MAX_FAME) / SCORE_SCALE)),
    title,
    kind: movie.kind,
    ...(movie.year !== undefined && { year: movie.year }),
  };
}
