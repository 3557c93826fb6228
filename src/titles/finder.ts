import { gramsOf, hashOf } from './grams.ts';
import type { Query } from './query.ts';
import type { Shelf } from './shelf.ts';
import { oneSlipAway } from './slips.ts';
import { isArticle } from './words.ts';

/** A name that the query may mean, and how many of the query's trigrams it lacks. */
export interface Found {
  readonly name: number;
  readonly missing: number;
}

/** May this movie be an answer? */
export type Accept = (movie: number) => boolean;

/** The names of the best known movies are counted apart, and longer: they are what is asked for. */
const FAMOUS_MOVIES = 30_000;
const FAMOUS_BUDGET = 60_000;
const OBSCURE_BUDGET = 20_000;
const MAX_EXACT = 200;
const SHORT_LIST = 80;
/** Share of the trigrams that a name must have: less of few, which one slip may spoil all. */
const leastShared = (grams: number) => Math.max(1, Math.round(grams <= 9 ? grams * 0.25 : grams * 0.4 - 1.3));
/** Trigrams find a longer form with a slip in it anyway. */
const LONGEST_SLIPPED = 10;

/** Preliminary worth of a name, in nats. */
const MISSING_GRAM = 0.9;
const EXTRA_GRAM = 0.1;
const SAME_YEAR = 3;
const BUCKETS = 512;
const BUCKETS_PER_NAT = 8;
const LOWEST_WORTH = -50;

/** Finds the names on a shelf that a query may mean: a short list for the judge. */
export class Finder {
  readonly #shelf: Shelf;
  readonly #famousNames: number;
  #counts: Uint8Array;
  /** Names past the famous ones that were counted. */
  #touched: Uint32Array;
  #touchedCount = 0;
  readonly #histogram = new Uint32Array(BUCKETS);

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    this.#famousNames = shelf.movies <= FAMOUS_MOVIES ? Number.MAX_SAFE_INTEGER : shelf.namesOf(FAMOUS_MOVIES)[0];
    this.#counts = new Uint8Array(shelf.names);
    this.#touched = new Uint32Array(shelf.names);
  }

  /** Names of exactly this bare form, most famous first; where there are none, those one slip away from it. */
  exact(bareForm: string, accept: Accept): number[] {
    const found = this.#withBare(bareForm, accept);
    if (found.length > 0 || bareForm.length < 3 || bareForm.length > LONGEST_SLIPPED) return found;
    for (const other of oneSlipAway(bareForm)) found.push(...this.#withBare(other, accept));
    return found.slice(0, MAX_EXACT);
  }

  #withBare(bareForm: string, accept: Accept): number[] {
    const found: number[] = [];
    for (const name of this.#shelf.withHash(hashOf(bareForm))) {
      if (accept(this.#shelf.movieOf(name))) found.push(name);
      if (found.length >= MAX_EXACT) break;
    }
    return found;
  }

  /** The names that share most trigrams with the query, fame and year considered. */
  similar(query: Query, accept: Accept): Found[] {
    const content = query.words.filter((word) => !isArticle(word));
    const grams = gramsOf((content.length > 0 ? content : query.words).join(' '));
    this.#makeRoom();
    const counted = this.#count(grams);
    const found = this.#best(query.year ?? 0, counted, accept);
    this.#counts.fill(0, 0, Math.min(this.#famousNames, this.#shelf.names));
    for (let at = 0; at < this.#touchedCount; at++) this.#counts[this.#touched[at]!] = 0;
    this.#touchedCount = 0;
    return found;
  }

  #makeRoom(): void {
    if (this.#counts.length >= this.#shelf.names) return;
    this.#counts = new Uint8Array(this.#shelf.names * 2);
    this.#touched = new Uint32Array(this.#shelf.names * 2);
  }

  /**
   * Counts shared trigrams, the rarest first, as far as the budgets go; answers how many were counted. A list stands in
   * the order of fame, so that what a budget cuts off are the least known names.
   */
  #count(grams: readonly number[]): number {
    const lists = grams.map((gram) => this.#shelf.withGram(gram)).sort((a, b) => a.length - b.length);
    let [famous, obscure, counted] = [FAMOUS_BUDGET, OBSCURE_BUDGET, 0];
    for (const list of lists) {
      if (famous <= 0) break;
      const end = this.#countFamous(list);
      famous -= end;
      obscure -= this.#countObscure(list, end, Math.max(0, obscure));
      counted++;
    }
    return counted;
  }

  /** Answers how many names of the list are famous. */
  #countFamous(list: Uint32Array): number {
    const counts = this.#counts;
    const famous = this.#famousNames;
    let at = 0;
    for (; at < list.length; at++) {
      const name = list[at]!;
      if (name >= famous) break;
      counts[name]!++;
    }
    return at;
  }

  #countObscure(list: Uint32Array, start: number, budget: number): number {
    const counts = this.#counts;
    const touched = this.#touched;
    const end = Math.min(list.length, start + budget);
    let count = this.#touchedCount;
    for (let at = start; at < end; at++) {
      const name = list[at]!;
      if (counts[name]!++ === 0) touched[count++] = name;
    }
    this.#touchedCount = count;
    return end - start;
  }

  #best(year: number, counted: number, accept: Accept): Found[] {
    const least = leastShared(counted);
    const names: number[] = [];
    const counts = this.#counts;
    const famous = Math.min(this.#famousNames, this.#shelf.names);
    for (let name = 0; name < famous; name++) if (counts[name]! >= least) names.push(name);
    for (let at = 0; at < this.#touchedCount; at++) if (counts[this.#touched[at]!]! >= least) names.push(this.#touched[at]!);
    this.#histogram.fill(0);
    const buckets = names.map((name) => this.#bucket(name, counted - counts[name]!, year));
    for (const bucket of buckets) this.#histogram[bucket]!++;
    const cut = this.#cutFor(SHORT_LIST);
    const found: Found[] = [];
    for (const [at, name] of names.entries()) {
      if (found.length >= 2 * SHORT_LIST) break;
      if (buckets[at]! >= cut && accept(this.#shelf.movieOf(name))) found.push({ name, missing: counted - counts[name]! });
    }
    return found;
  }

  #bucket(name: number, missing: number, year: number): number {
    const movie = this.#shelf.movieOf(name);
    const extra = Math.min(20, Math.max(0, this.#shelf.gramCount(name) - this.#counts[name]!));
    const sameYear = year > 0 && this.#shelf.year(movie) === year ? SAME_YEAR : 0;
    const worth = this.#shelf.fame(movie) - MISSING_GRAM * missing - EXTRA_GRAM * extra + sameYear;
    return Math.max(0, Math.min(BUCKETS - 1, Math.floor((worth - LOWEST_WORTH) * BUCKETS_PER_NAT)));
  }

  /** The lowest bucket that is still among the best `wanted`. */
  #cutFor(wanted: number): number {
    let bucket = BUCKETS - 1;
    for (let left = wanted; bucket > 0; bucket--) {
      left -= this.#histogram[bucket]!;
      if (left <= 0) break;
    }
    return bucket;
  }
}
