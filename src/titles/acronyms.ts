import { setImmediate } from 'node:timers/promises';
import { isNumber } from './numbers.ts';
import type { Shelf } from './shelf.ts';
import { isArticle, PART } from './words.ts';

/** Movies whose initials people use: the most famous ones. */
const KNOWN_MOVIES = 5000;
const NAMES_AT_ONCE = 300;
const MAX_EXPANSIONS = 3;
const LONGEST = 9;
const SMALL = new Set(['the', 'a', 'an', 'of', 'and', 'in', 'on', 'to', 'for', 'at', 'from', 'with', 'or']);

/** What initials may stand for. */
export interface Expansion {
  readonly words: readonly string[];
  /** How unlikely it is that these initials were used for it, in nats. */
  readonly cost: number;
}

/** Initials → words, for the best known titles of a shelf: "lotr", "tdk", "hp", "t2", by rule and not by a list. */
export class Acronyms {
  readonly #expansions = new Map<string, Map<string, number>>();
  readonly #words = new Set<string>();

  /** Learns the initials of a shelf's best known titles, a few milliseconds at a time. */
  static async of(shelf: Shelf): Promise<Acronyms> {
    const acronyms = new Acronyms();
    const last = shelf.movies <= KNOWN_MOVIES ? shelf.names : shelf.namesOf(KNOWN_MOVIES)[0];
    for (let name = 0; name < last; name++) {
      if (shelf.rank(name) < 2) acronyms.#add(shelf.words(name).split(' '));
      if (name % NAMES_AT_ONCE === NAMES_AT_ONCE - 1) await setImmediate();
    }
    return acronyms;
  }

  /** What the typed word may stand for, likeliest first. A word of a known title does so only where it stands alone. */
  of(word: string, alone: boolean): Expansion[] {
    const found = alone || !this.#words.has(word) ? this.#expansions.get(word) : undefined;
    if (!found) return [];
    return [...found]
      .map(([text, cost]) => ({ words: text.split(' '), cost: cost + lengthCost(word) }))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, MAX_EXPANSIONS);
  }

  /** The whole title, what stands before its first colon, and what stands after it. */
  #add(marked: readonly string[]): void {
    const words = marked.filter((word) => word !== PART);
    for (const word of words) this.#words.add(word);
    const cut = marked.indexOf(PART);
    this.#addPhrase(words);
    if (cut < 0) return;
    this.#addPhrase(marked.slice(0, cut));
    this.#addPhrase(marked.slice(cut + 1).filter((word) => word !== PART));
  }

  #addPhrase(phrase: readonly string[]): void {
    const words = isArticle(phrase[0] ?? '') ? phrase.slice(1) : phrase;
    const content = words.filter((word) => !SMALL.has(word));
    this.#put(words, words, 0);
    this.#put(phrase, phrase, 0);
    this.#put(content, words, 0.7);
  }

  #put(initialsOf: readonly string[], words: readonly string[], cost: number): void {
    if (initialsOf.length < 2 || initialsOf.length > LONGEST) return;
    const initials = initialsOf.map((word) => (isNumber(word) ? word : word[0])).join('');
    const text = words.join(' ');
    const known = this.#expansions.get(initials) ?? new Map<string, number>();
    known.set(text, Math.min(cost, known.get(text) ?? cost));
    this.#expansions.set(initials, known);
  }
}

/** Two letters stand for many things. */
function lengthCost(word: string): number {
  return word.length <= 2 ? 3 : word.length === 3 ? 2 : 1.2;
}
