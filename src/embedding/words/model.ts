import { readFile } from 'node:fs/promises';
import { decodeTable } from './file.ts';
import { tokenise } from './tokens.ts';
import { averageRows, centre, type WordTable } from './word-table.ts';

/** Trained word vectors, ready to embed texts. */
export class WordModel {
  readonly dimensions: number;
  /** First 12 hexadecimal digits of the SHA-256 of the weights. */
  readonly hash: string;
  readonly #table: WordTable;
  readonly #rows: ReadonlyMap<string, number>;

  constructor(table: WordTable, hash: string) {
    this.dimensions = table.dimensions;
    this.hash = hash;
    this.#table = table;
    this.#rows = new Map(table.words.map((word, row) => [word, row]));
  }

  /** @returns A unit-length vector, or `undefined` where no word of the text is known. */
  embedText(text: string): Float32Array | undefined {
    const known: number[] = [];
    for (const word of tokenise(text)) {
      const row = this.#rows.get(word);
      if (row !== undefined) known.push(row);
    }
    const average = averageRows(this.#table, known);
    return average && centre(average, this.#table) ? Float32Array.from(average) : undefined;
  }

  /** The share of the text's telling words (all but stop words and numbers) that are known; 0 where it has none. */
  knownShare(text: string): number {
    const words = tokenise(text);
    if (words.length === 0) return 0;
    return words.filter((word) => this.#rows.has(word)).length / words.length;
  }

  /** How telling a word is, as the tokeniser leaves it ("dream", not "Dreams"): about 1 to 9; undefined if unknown. */
  idf(word: string): number | undefined {
    const row = this.#rows.get(word);
    return row === undefined ? undefined : this.#table.idf[row];
  }
}

/** @throws Error that names the file where it is missing, foreign or damaged. */
export async function loadWordModel(file: string): Promise<WordModel> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Error(`cannot read the word vectors in ${file}`, { cause });
  });
  const { table, hash } = decodeTable(bytes, file);
  return new WordModel(table, hash);
}
