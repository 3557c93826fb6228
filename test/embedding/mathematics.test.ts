import { describe, expect, it } from 'vitest';
import { countCooccurrences } from '../../src/embedding/words/cooccurrence.ts';
import { CorpusBuilder } from '../../src/embedding/words/corpus.ts';
import { symmetricEigen } from '../../src/embedding/words/dense.ts';
import { NameFinder } from '../../src/embedding/words/names.ts';
import { positiveInformation } from '../../src/embedding/words/ppmi.ts';
import { seededRandom } from '../../src/embedding/words/random.ts';
import type { SparseMatrix } from '../../src/embedding/words/sparse.ts';
import { truncatedSvd } from '../../src/embedding/words/svd.ts';

/** Rows of numbers as a sparse matrix. */
function sparse(rows: number[][]): SparseMatrix {
  const entries = rows.map((row) => [...row.entries()].filter(([, value]) => value !== 0));
  const starts = [0];
  for (const row of entries) starts.push(starts.at(-1)! + row.length);
  return {
    size: rows.length,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(entries.flat(), ([column]) => column),
    values: Float32Array.from(entries.flat(), ([, value]) => value),
  };
}

/** A sparse matrix as rows of numbers. */
function dense({ size, starts, columns, values }: SparseMatrix): number[][] {
  return Array.from({ length: size }, (_, row) => {
    const line = Array<number>(size).fill(0);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) line[columns[at]!] = values[at]!;
    return line;
  });
}

describe('the corpus', () => {
  it('numbers words by frequency and leaves out rare ones', () => {
    const builder = new CorpusBuilder();
    builder.add('dragon wizard dragon');
    builder.add('wizard dragon cave');
    const corpus = builder.build(2);
    expect(corpus.words).toEqual(['dragon', 'wizard']);
    expect([...corpus.tokens]).toEqual([0, 1, 0, 1, 0]);
    expect([...corpus.starts]).toEqual([0, 3, 5]);
    expect([...corpus.documentCounts]).toEqual([2, 2]);
  });
});

describe('co-occurrence', () => {
  it('weighs company by one over the root of the distance, within a document', () => {
    const builder = new CorpusBuilder();
    builder.add('ape bat cat cave');
    builder.add('ape');
    const counts = dense(countCooccurrences(builder.build(1), 2));
    const far = Math.fround(1 / Math.sqrt(2));
    expect(counts).toEqual([
      [0, 1, far, 0],
      [1, 0, 1, far],
      [far, 1, 0, 1],
      [0, far, 1, 0],
    ]);
  });
});

describe('positive information', () => {
  it('is the logarithm of how far company exceeds chance, and nothing below chance', () => {
    // Row sums 4 and 4 of 8: chance is 2, so 3 is worth log 1.5, and 1 is worth nothing.
    const [first, second] = dense(
      positiveInformation(
        sparse([
          [3, 1],
          [1, 3],
        ]),
        1,
      ),
    );
    expect(first![0]).toBeCloseTo(Math.log(1.5), 6);
    expect(first![1]).toBe(0);
    expect(second![1]).toBeCloseTo(Math.log(1.5), 6);
  });
});

describe('the truncated SVD', () => {
  it('finds the singular values of a diagonal matrix, largest first', () => {
    const { singular } = truncatedSvd(
      sparse([
        [2, 0, 0],
        [0, 5, 0],
        [0, 0, 3],
      ]),
      2,
      1,
    );
    expect(singular[0]).toBeCloseTo(5, 6);
    expect(singular[1]).toBeCloseTo(3, 6);
  });

  it('finds the directions: the first of [[0, 2], [1, 0]] is the first axis', () => {
    const { left, rank } = truncatedSvd(
      sparse([
        [0, 2],
        [1, 0],
      ]),
      1,
      1,
    );
    expect(rank).toBe(1);
    expect(Math.abs(left[0]!)).toBeCloseTo(1, 6);
    expect(left[1]).toBeCloseTo(0, 6);
  });

  it('stands on eigenvalues: those of [[2, 1], [1, 2]] are 3 and 1', () => {
    const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 10);
    expect(values[1]).toBeCloseTo(1, 10);
  });
});

describe('the name finder', () => {
  it('takes a word for a name when it is always capitalised and stands in cast lists', () => {
    const names = new NameFinder();
    names.add('The thief Jack hides in Paris with Grace, who by her grace escapes.', ['Jack Grace']);
    expect(names.isName('jack', 1)).toBe(true);
    expect(names.isName('paris', 1)).toBe(false);
    expect(names.isName('grace', 2)).toBe(false);
    expect(names.isName('thief', 1)).toBe(false);
  });
});

describe('the seeded random numbers', () => {
  it('repeat for the same seed and lie in [0, 1)', () => {
    const [first, second] = [seededRandom(5), seededRandom(5)];
    const numbers = Array.from({ length: 100 }, first);
    expect(Array.from({ length: 100 }, second)).toEqual(numbers);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
