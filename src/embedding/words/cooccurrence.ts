import type { Corpus } from './corpus.ts';
import type { SparseMatrix } from './sparse.ts';

/**
 * How often words stand near each other: entry (w, c) sums 1/√distance over all places where c is at most
 * `window` words from w in the same document. Symmetric. Built row by row from the places of each word, with
 * one dense row as scratch, so that no hash table of pairs is needed.
 */
export function countCooccurrences(corpus: Corpus, window: number): SparseMatrix {
  const size = corpus.words.length;
  const places = placesByWord(corpus);
  const weights = Float64Array.from({ length: window + 1 }, (_, distance) => 1 / Math.sqrt(distance));
  const starts = new Int32Array(size + 1);
  const columns: Int32Array[] = [];
  const values: Float32Array[] = [];
  const row = new Float64Array(size);
  for (let word = 0; word < size; word++) {
    const touched: number[] = [];
    for (let at = places.starts[word]!; at < places.starts[word + 1]!; at++) {
      addNeighbours(corpus, places.tokenAt[at]!, places.documentAt[at]!, weights, row, touched);
    }
    columns.push(Int32Array.from(touched).sort());
    values.push(Float32Array.from(columns[word]!, (column) => row[column]!));
    for (const column of touched) row[column] = 0;
    starts[word + 1] = starts[word]! + touched.length;
  }
  return {
    size,
    starts,
    columns: concatenate(Int32Array, columns),
    values: concatenate(Float32Array, values),
  };
}

function addNeighbours(
  corpus: Corpus,
  place: number,
  document: number,
  weights: Float64Array,
  row: Float64Array,
  touched: number[],
): void {
  const window = weights.length - 1;
  const first = Math.max(corpus.starts[document]!, place - window);
  const last = Math.min(corpus.starts[document + 1]! - 1, place + window);
  for (let other = first; other <= last; other++) {
    if (other === place) continue;
    const column = corpus.tokens[other]!;
    if (row[column] === 0) touched.push(column);
    row[column]! += weights[Math.abs(other - place)]!;
  }
}

/** Where each word stands: a counting sort of all tokens by word. */
function placesByWord(corpus: Corpus) {
  const { tokens } = corpus;
  const starts = new Int32Array(corpus.words.length + 1);
  for (const word of tokens) starts[word + 1]! += 1;
  for (let word = 0; word < corpus.words.length; word++) starts[word + 1]! += starts[word]!;
  const next = starts.slice();
  const tokenAt = new Int32Array(tokens.length);
  const documentAt = new Int32Array(tokens.length);
  for (let document = 0; document + 1 < corpus.starts.length; document++) {
    for (let place = corpus.starts[document]!; place < corpus.starts[document + 1]!; place++) {
      const slot = next[tokens[place]!]!++;
      tokenAt[slot] = place;
      documentAt[slot] = document;
    }
  }
  return { starts, tokenAt, documentAt };
}

function concatenate<T extends Int32Array | Float32Array>(make: new (length: number) => T, parts: T[]): T {
  const whole = new make(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
