import { MAX_FAME } from './fame.ts';
import type { Shelf, ShelfMovie } from './shelf.ts';
import type { Candidate } from './titles.ts';

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
  readonly fit: Fit;
}

interface Offer {
  readonly shelf: Shelf;
  readonly name: number;
  readonly cost: number;
  readonly worth: number;
  readonly fit: Fit;
}

/** Where somebody typed the very name of a movie, it is that much less likely that they meant another one. */
const RIVAL_COST: Readonly<Record<Fit, number>> = { exact: 0, bare: 0.3, part: 1, loose: 2.5 };
/** A worth this many nats below the best there can be has a score of 1/e. */
const SCORE_SCALE = 8;

/** Gathers offers and keeps the best reading of each movie. */
export class Pool {
  readonly #best = new Map<number, Offer>();
  #bestWorth = Number.NEGATIVE_INFINITY;
  #hasExact = false;

  offer(shelf: Shelf, name: number, cost: number, fit: Fit = 'loose'): void {
    const movie = shelf.movieOf(name);
    const number = shelf.number(movie);
    const worth = shelf.fame(movie) - cost;
    const known = this.#best.get(number);
    this.#bestWorth = Math.max(this.#bestWorth, worth);
    if (fit === 'exact') this.#hasExact = true;
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
      worth: offer.worth - (this.#hasExact ? RIVAL_COST[offer.fit] : 0),
    }));
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
