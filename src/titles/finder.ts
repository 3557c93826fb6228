import { gramsOf, hashOf } from './grams.ts';
import { firstAtLeast, withinBudget } from './lists.ts';
import { NumberList } from './number-list.ts';
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
const FAMOUS_BUDGET = 12_000;
const FEWEST_LISTS = 4;
const OBSCURE_BUDGET = 20_000;
const MAX_EXACT = 200;
const SHORT_LIST = 80;
/** Share of the trigrams that a name must have: less of few, which one slip may spoil all. */
const leastShared = (grams: number) => Math.max(1, Math.round(grams <= 9 ? grams * 0.25 : grams * 0.4 - 1.3));
/** Trigrams find a longer form with a slip in it anyway. */
const LONGEST_SLIPPED = 10;

/** Preliminary worth of a name, in buckets of an eighth of a nat. */
const PER_NAT = 8;
const BUCKETS = 64 * PER_NAT;
const ZERO_WORTH = 50 * PER_NAT;
const MISSING_GRAM = 7;
const EXTRA_GRAM = 1;
const MOST_EXTRA = 30;
const HAS_ALL = 3 * PER_NAT;
const SAME_YEAR = 3 * PER_NAT;

/** Finds the names on a shelf that a query may mean: a short list for the judge. */
export class Finder {
  readonly #shelf: Shelf;
  readonly #famousNames: number;
  /** Shared trigrams of each name; zero between calls. */
  #counts: Uint8Array;
  /** Of each name, what does not hang on the query: fame less the cost of its trigrams, in buckets. One look-up each. */
  #merits: Int16Array;
  /** Names with enough trigrams, how many each lacks, and its bucket: side by side, since they are thousands. */
  readonly #names = new NumberList();
  readonly #missing = new NumberList();
  readonly #buckets = new NumberList();
  /** Names that were just found to have enough, to be rated. */
  readonly #enough = new NumberList();
  readonly #histogram = new Uint32Array(BUCKETS);

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    this.#famousNames =
      shelf.movies <= FAMOUS_MOVIES ? Number.MAX_SAFE_INTEGER : shelf.namesOf(FAMOUS_MOVIES)[0];
    this.#counts = new Uint8Array(shelf.names);
    this.#merits = meritsOf(shelf, shelf.names);
  }

  /** Names of exactly this bare form, most famous first; where there are none, those one slip away from it. */
  namedLike(bareForm: string, accept: Accept): number[] {
    const found = this.named(bareForm, accept);
    if (found.length > 0 || bareForm.length < 3 || bareForm.length > LONGEST_SLIPPED) return found;
    for (const other of oneSlipAway(bareForm)) found.push(...this.named(other, accept));
    return found.slice(0, MAX_EXACT);
  }

  /** Names of exactly this bare form, most famous first. */
  named(bareForm: string, accept: Accept): number[] {
    const found: number[] = [];
    for (const name of this.#shelf.withHash(hashOf(bareForm))) {
      if (accept(this.#shelf.movieOf(name))) found.push(name);
      if (found.length >= MAX_EXACT) break;
    }
    return found;
  }

  /** The names that share most trigrams with the query, fame and year considered, the most promising first. */
  similar(query: Query, accept: Accept): Found[] {
    const content = query.words.filter((word) => !isArticle(word));
    const grams = gramsOf((content.length > 0 ? content : query.words).join(' '));
    const lists = grams.map((gram) => this.#shelf.withGram(gram)).sort((a, b) => a.length - b.length);
    this.#makeRoom();
    const year = query.year ?? 0;
    this.#histogram.fill(0);
    for (const list of [this.#names, this.#missing, this.#buckets]) list.clear();
    this.#countFamous(lists, year);
    this.#countObscure(lists, year);
    const found = this.#best(accept);
    this.#counts.fill(0);
    return found;
  }

  /** To be called when a movie's fame has changed. */
  fameChanged(movie: number): void {
    const [from, to] = this.#shelf.namesOf(movie);
    for (let name = from; name < to; name++) this.#merits[name] = meritOf(this.#shelf, name);
  }

  /** A loose shelf grows. */
  #makeRoom(): void {
    if (this.#merits.length >= this.#shelf.names) return;
    this.#counts = new Uint8Array(this.#shelf.names * 2);
    this.#merits = meritsOf(this.#shelf, this.#shelf.names);
  }

  /** The rarest trigrams, as far as the budget goes. A list stands in the order of fame: the famous come first. */
  #countFamous(lists: readonly Uint32Array[], year: number): void {
    const ends = lists.map((list) => firstAtLeast(list, this.#famousNames));
    const counted = Math.max(FEWEST_LISTS, withinBudget(ends, FAMOUS_BUDGET));
    this.#enough.clear();
    const least = leastShared(Math.min(counted, lists.length));
    for (const [index, list] of lists.slice(0, counted).entries()) this.#count(list, 0, ends[index]!, least);
    this.#rate(Math.min(counted, lists.length), year);
  }

  /** Fewer of the trigrams, and of the last of them only the better known names. */
  #countObscure(lists: readonly Uint32Array[], year: number): void {
    const starts = lists.map((list) => firstAtLeast(list, this.#famousNames));
    const sizes = lists.map((list, index) => list.length - starts[index]!);
    const counted = withinBudget(sizes, OBSCURE_BUDGET);
    this.#enough.clear();
    const least = leastShared(Math.max(1, counted));
    let budget = OBSCURE_BUDGET;
    for (const [index, list] of lists.slice(0, counted + 1).entries()) {
      const end = Math.min(list.length, starts[index]! + budget);
      this.#count(list, starts[index]!, end, least);
      budget -= end - starts[index]!;
    }
    this.#rate(counted, year);
  }

  /** Counts a trigram for the names of a stretch of its list; those that thereby have enough are noted. */
  #count(list: Uint32Array, start: number, end: number, least: number): void {
    const counts = this.#counts;
    const enough = this.#enough;
    for (let at = start; at < end; at++) {
      const name = list[at]!;
      const count = counts[name]! + 1;
      counts[name] = count;
      if (count === least) enough.push(name);
    }
  }

  #rate(counted: number, year: number): void {
    for (let at = 0; at < this.#enough.length; at++) {
      const name = this.#enough.at(at);
      const missing = Math.max(0, counted - this.#counts[name]!);
      const bucket = this.#bucket(name, missing, year);
      this.#histogram[bucket]!++;
      this.#names.push(name);
      this.#missing.push(missing);
      this.#buckets.push(bucket);
    }
  }

  #bucket(name: number, missing: number, year: number): number {
    let bucket = ZERO_WORTH + this.#merits[name]! - MISSING_GRAM * missing + EXTRA_GRAM * this.#counts[name]!;
    if (missing === 0) bucket += HAS_ALL;
    if (year > 0 && this.#shelf.year(this.#shelf.movieOf(name)) === year) bucket += SAME_YEAR;
    return Math.max(0, Math.min(BUCKETS - 1, bucket));
  }

  #best(accept: Accept): Found[] {
    const cut = this.#cutFor(SHORT_LIST);
    const found: (Found & { readonly bucket: number })[] = [];
    for (let at = 0; at < this.#names.length; at++) {
      const name = this.#names.at(at);
      const bucket = this.#buckets.at(at);
      if (bucket >= cut && accept(this.#shelf.movieOf(name)))
        found.push({ name, missing: this.#missing.at(at), bucket });
    }
    return found.sort((a, b) => b.bucket - a.bucket || a.name - b.name).slice(0, 2 * SHORT_LIST);
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

function meritsOf(shelf: Shelf, names: number): Int16Array {
  const merits = new Int16Array(names);
  for (let name = 0; name < names; name++) merits[name] = meritOf(shelf, name);
  return merits;
}

function meritOf(shelf: Shelf, name: number): number {
  return PER_NAT * shelf.fame(shelf.movieOf(name)) - EXTRA_GRAM * Math.min(MOST_EXTRA, shelf.gramCount(name));
}
