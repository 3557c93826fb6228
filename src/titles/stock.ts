import { setImmediate } from 'node:timers/promises';
import { Acronyms } from './acronyms.ts';
import { type Accept, Finder } from './finder.ts';
import { ADULT, SHOW, type Shelf } from './shelf.ts';
import type { ResolveOptions } from './titles.ts';

/** A shelf with what is needed to search it, and which of its movies are no longer shown. */
export interface Stock {
  readonly shelf: Shelf;
  readonly finder: Finder;
  readonly acronyms: Acronyms;
  readonly hidden: (number: number, movie: number) => boolean;
}

/** Prepares a shelf for searching, without holding the event loop for long. */
export async function stockOf(shelf: Shelf, hidden: Stock['hidden'] = () => false): Promise<Stock> {
  const finder = new Finder(shelf);
  await setImmediate();
  return { shelf, finder, acronyms: await Acronyms.of(shelf), hidden };
}

/** Which movies of a stock the options allow. */
export function accepting({ shelf, hidden }: Stock, options: ResolveOptions): Accept {
  const unwanted = (options.adult ? 0 : ADULT) | (options.kind === 'movie' ? SHOW : 0);
  const wanted = options.kind === 'show' ? SHOW : 0;
  return (movie) => {
    const flags = shelf.flags(movie);
    return (flags & unwanted) === 0 && (flags & wanted) === wanted && !hidden(shelf.number(movie), movie);
  };
}
