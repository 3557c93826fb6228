import { fold, tokenise } from './tokens.ts';

/** A capital in mid-sentence, so not there because a sentence begins. */
const MID_SENTENCE_CAPITAL = /(?<=[\p{Ll}\d,;:] )\p{Lu}\p{L}*/gu;
const LOWER_CASE = /(?<![\p{L}'’])\p{Ll}+/gu;

/** A word in lower case more often than this is an ordinary word that is also a name ("grace", "stone"). */
const LOWER_CASE_SHARE = 0.05;
/** "Paris" and "Christmas" are names too, but say much; people's names fill the cast lists. */
const CAST_SHARE = 0.12;

/**
 * Learns which words are people's names. A text about "Jack" is no more like another "Jack" for it, and half of
 * the words of encyclopedia texts on films are names: left in, they drown the story.
 */
export class NameFinder {
  readonly #lower = new Map<string, number>();
  readonly #capital = new Map<string, number>();
  readonly #people = new Map<string, number>();

  /** @param people Names that go with the text, such as the cast. */
  add(text: string, people: readonly string[]): void {
    for (const [word] of text.matchAll(MID_SENTENCE_CAPITAL)) count(this.#capital, fold(word));
    for (const [word] of text.matchAll(LOWER_CASE)) count(this.#lower, fold(word));
    for (const person of people) for (const word of tokenise(person)) count(this.#people, word);
  }

  /** @param occurrences How often the word occurs in all texts. */
  isName(word: string, occurrences: number): boolean {
    const lower = this.#lower.get(word) ?? 0;
    const capital = this.#capital.get(word) ?? 0;
    if (lower >= LOWER_CASE_SHARE * (lower + capital)) return false;
    return (this.#people.get(word) ?? 0) >= CAST_SHARE * occurrences;
  }
}

function count(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
