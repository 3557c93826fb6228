import type { Kind } from '../catalogue/movie.ts';
import { completeTitle } from './complete.ts';
import { decide, THRESHOLDS, type Thresholds } from './decide.ts';
import { gather } from './gather.ts';
import { Pool, type Scored } from './pool.ts';
import { MAX_QUERY_LENGTH, readingsOf } from './query.ts';
import { parseReference } from './references.ts';
import type { Stock } from './stock.ts';
import type { Candidate, Resolution, ResolveOptions, Titles } from './titles.ts';

/** Finds a movie by an id of another service; undefined where there is none. */
export type OutsideLookup = (
  source: string,
  value: string,
  kind: Kind | undefined,
  signal: AbortSignal | undefined,
) => Promise<Candidate | undefined>;

/** Movies that are looked at when it is decided whether one stands out. */
const MAX_RANKED = 40;

/** Resolves titles on the shelves it is given. Each call looks at them anew: they may change between calls. */
export class Resolver implements Titles {
  readonly #stocks: () => readonly Stock[];
  readonly #byNumber: (number: number, signal: AbortSignal | undefined) => Promise<Candidate | undefined>;
  readonly #byOutsideId: OutsideLookup;

  constructor(parts: {
    stocks: () => readonly Stock[];
    byNumber: (number: number, signal: AbortSignal | undefined) => Promise<Candidate | undefined>;
    byOutsideId: OutsideLookup;
  }) {
    this.#stocks = parts.stocks;
    this.#byNumber = parts.byNumber;
    this.#byOutsideId = parts.byOutsideId;
  }

  async resolve(text: string, options: ResolveOptions = {}): Promise<Resolution> {
    options.signal?.throwIfAborted();
    const references = parseReference(text);
    if (!references) return resolveWords(this.#stocks(), text, options);
    for (const reference of references) {
      if (reference.by === 'words')
        return resolveWords(this.#stocks(), reference.title, { ...options, ...kindOf(reference) });
      const found =
        reference.by === 'number'
          ? await this.#byNumber(reference.number, options.signal)
          : await this.#byOutsideId(reference.source, reference.value, reference.kind, options.signal);
      if (found) return { outcome: 'match', best: found, exact: true, others: [] };
    }
    return { outcome: 'none', nearest: [] };
  }

  async complete(text: string, limit: number, options: ResolveOptions = {}): Promise<Candidate[]> {
    options.signal?.throwIfAborted();
    if (parseReference(text)) {
      const found = await this.resolve(text, options);
      return found.outcome === 'match' ? [found.best].slice(0, limit) : [];
    }
    return completeTitle(this.#stocks(), text, limit, options);
  }
}

function kindOf(reference: { readonly kind?: Kind }): { kind?: Kind } {
  return reference.kind ? { kind: reference.kind } : {};
}

/** What typed words mean, whole or as title and year. */
export function resolveWords(
  stocks: readonly Stock[],
  text: string,
  options: ResolveOptions,
  thresholds: Thresholds = THRESHOLDS,
): Resolution {
  const ranked = rankWords(stocks, text, options);
  const readings = readingsOf(text);
  const best = ranked[0];
  const withYear = readings.find(({ query }) => query.year !== undefined);
  const byYear =
    withYear !== undefined && best !== undefined && fitsYear(best, withYear.query.year!, text)
      ? withYear
      : undefined;
  return decide(
    ranked,
    byYear ? byYear.query.text : text.slice(0, MAX_QUERY_LENGTH),
    byYear?.query.year,
    thresholds,
  );
}

/** Every movie that the words may mean, best first. */
export function rankWords(stocks: readonly Stock[], text: string, options: ResolveOptions): Scored[] {
  const pool = new Pool();
  for (const { query, cost } of readingsOf(text))
    for (const stock of stocks) gather(stock, query, cost, options, pool);
  return pool.ranked(MAX_RANKED);
}

/** The year at the end was meant as one, and not as part of the title. */
function fitsYear({ title, movie }: Scored, year: number, text: string): boolean {
  return (
    movie.year !== undefined &&
    Math.abs(movie.year - year) <= 1 &&
    !title.includes(String(year)) &&
    text.length > 4
  );
}
