import { tokenise } from './tokens.ts';

/** A tokenised corpus with its vocabulary: word ids are positions in `words`, most frequent first. */
export interface Corpus {
  readonly words: readonly string[];
  /** Word ids of all documents, one after another; what is not in the vocabulary is left out. */
  readonly tokens: Int32Array;
  /** Document d holds `tokens` from `starts[d]` to `starts[d + 1]`. */
  readonly starts: Int32Array;
  /** Per word: in how many documents it occurs. */
  readonly documentCounts: Int32Array;
}

/** Collects documents one by one and then fixes the vocabulary. */
export class CorpusBuilder {
  readonly #ids = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #tokens: number[] = [];
  readonly #starts: number[] = [0];

  add(text: string): void {
    for (const word of tokenise(text)) {
      let id = this.#ids.get(word);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(word, id);
        this.#counts.push(0);
      }
      this.#counts[id]! += 1;
      this.#tokens.push(id);
    }
    this.#starts.push(this.#tokens.length);
  }

  /** How many documents were added. */
  get size(): number {
    return this.#starts.length - 1;
  }

  /** @param minCount A word seen less often has too little company to be learned from. */
  build(minCount: number, isUnwanted: (word: string, count: number) => boolean = () => false): Corpus {
    const kept = [...this.#ids].filter(([word, id]) => {
      const count = this.#counts[id]!;
      return count >= minCount && !isUnwanted(word, count);
    });
    kept.sort(([a, i], [b, j]) => this.#counts[j]! - this.#counts[i]! || (a < b ? -1 : 1));
    const newIds = new Int32Array(this.#ids.size).fill(-1);
    for (const [rank, [, id]] of kept.entries()) newIds[id] = rank;
    return { words: kept.map(([word]) => word), ...this.#renumber(newIds, kept.length) };
  }

  #renumber(newIds: Int32Array, size: number): Omit<Corpus, 'words'> {
    const tokens: number[] = [];
    const starts = new Int32Array(this.size + 1);
    const documentCounts = new Int32Array(size);
    const lastSeenIn = new Int32Array(size).fill(-1);
    for (let document = 0; document < this.size; document++) {
      for (let at = this.#starts[document]!; at < this.#starts[document + 1]!; at++) {
        const id = newIds[this.#tokens[at]!]!;
        if (id < 0) continue;
        tokens.push(id);
        if (lastSeenIn[id] !== document) documentCounts[id]! += 1;
        lastSeenIn[id] = document;
      }
      starts[document + 1] = tokens.length;
    }
    return { tokens: Int32Array.from(tokens), starts, documentCounts };
  }
}
