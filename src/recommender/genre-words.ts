import { setImmediate } from 'node:timers/promises';
import { GENRE_SLUGS, GENRES } from '../catalogue/genres.ts';
import { tokenise } from '../embedding/words/tokens.ts';
import type { SparseRow } from './fit/multi-label.ts';
import { genreBits } from './genre-bits.ts';
import type { GenreExample } from './genre-training.ts';

/** Words that name genres ("western"): where they stand there is little to guess. */
const GENRE_WORDS: ReadonlySet<string> = new Set(tokenise(GENRE_SLUGS.map((slug) => GENRES[slug]).join(' ')));

/** A word in fewer movies than this is left out: it may have come with any genre. */
const RARE = 3;

/** Words of a phrase. */
const PHRASE = 9;

/** Texts between two breaths of the event loop: a few milliseconds. */
const BREATH = 100;

/** A text as the columns of its words, repeated as they are, as a row of unit length. */
export function wordRow(columns: readonly number[], idf: ArrayLike<number>): SparseRow {
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  const values = Float32Array.from(counts, ([column, count]) => (1 + Math.log(count)) * idf[column]!);
  let squares = 0;
  for (const value of values) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return { columns: Int32Array.from(counts.keys()), values: values.map((value) => value / length) };
}

/** A movie whose genres are known, in rows. */
export interface GenreRows {
  readonly id: string;
  /** One bit for each of `GENRE_SLUGS`. */
  readonly genres: number;
  readonly text: SparseRow;
  /** Without the words that name genres. */
  readonly story: SparseRow;
  /** A few words from the middle of the story, as many as people ask with. */
  readonly phrase: SparseRow;
}

/** The texts of movies, kept as numbers of their words. */
export class GenreCorpus {
  readonly #numbers = new Map<string, number>();
  /** One to a word: in how many texts it is. */
  readonly #counts: number[] = [];
  readonly #texts: { readonly id: string; readonly genres: number; readonly words: Int32Array }[] = [];

  get size(): number {
    return this.#texts.length;
  }

  add({ id, genres, text }: GenreExample): void {
    const words = Int32Array.from(tokenise(text), (word) => this.#intern(word));
    for (const word of new Set(words)) this.#counts[word]!++;
    this.#texts.push({ id, genres: genreBits(genres), words });
  }

  /** Its words that are not rare, how telling each is, and every text in rows over them. */
  async rows(): Promise<{ words: string[]; idf: Float32Array; rows: GenreRows[] }> {
    const words = [...this.#numbers.keys()].filter((word) => this.#counts[this.#numbers.get(word)!]! >= RARE);
    const columns = new Map(words.map((word, column) => [this.#numbers.get(word)!, column]));
    const idf = Float32Array.from(words, (word) =>
      Math.log(this.size / this.#counts[this.#numbers.get(word)!]!),
    );
    const naming = new Set(words.flatMap((word, column) => (GENRE_WORDS.has(word) ? [column] : [])));
    const rows: GenreRows[] = [];
    for (const { id, genres, words: numbers } of this.#texts) {
      if (rows.length % BREATH === 0) await setImmediate();
      const known = [...numbers].flatMap((number) => columns.get(number) ?? []);
      const story = known.filter((column) => !naming.has(column));
      const phrase = story.slice((story.length - PHRASE) / 2, (story.length + PHRASE) / 2);
      rows.push({
        id,
        genres,
        text: wordRow(known, idf),
        story: wordRow(story, idf),
        phrase: wordRow(story.length > PHRASE ? phrase : story, idf),
      });
    }
    return { words, idf, rows };
  }

  #intern(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#counts.length);
    return this.#counts.push(0) - 1;
  }
}
