import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeTable, encodeTable } from '../../src/embedding/words/file.ts';
import { loadWordModel, WordModel } from '../../src/embedding/words/model.ts';
import { type TrainingDocument, train } from '../../src/embedding/words/train.ts';
import { trainWords } from '../../src/embedding/words/train-cli.ts';
import { dot } from '../../src/embedding/words/vector.ts';
import type { WordTable } from '../../src/embedding/words/word-table.ts';

/** Two kinds of story that share no word. */
const DOCUMENTS: readonly TrainingDocument[] = [
  { text: 'A wizard and a dragon guard the castle. The wizard fights the dragon.', genres: ['Fantasy'] },
  { text: 'The dragon burns the castle of the wizard.', genres: ['Fantasy'] },
  {
    text: 'A robot pilots the spaceship to a planet. The robot leaves the planet.',
    genres: ['Science Fiction'],
  },
  { text: 'The spaceship of the robot reaches a planet.', genres: ['Science Fiction'] },
];
const SMALL = { dimensions: 4, minCount: 2, window: 5 };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kindred-words-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Three words at right angles, so that every expected value can be worked out by eye. */
const AXES: WordTable = {
  dimensions: 3,
  words: ['dragon', 'robot', 'ghost'],
  idf: Float32Array.of(1, 1, 2),
  scales: Float32Array.of(1, 1, 1),
  rows: Int8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  mean: new Float32Array(3),
  component: new Float32Array(3),
};

describe('training', () => {
  it('gives the same bytes for the same documents', async () => {
    const [first, second] = [await train(DOCUMENTS, SMALL), await train(DOCUMENTS, SMALL)];
    expect(encodeTable(second)).toEqual(encodeTable(first));
  });

  it('puts words of one kind of story nearer than words of two', async () => {
    const { words, rows, dimensions } = await train(DOCUMENTS, SMALL);
    const vector = (word: string) => {
      const start = words.indexOf(word) * dimensions;
      return Float32Array.from(rows.subarray(start, start + dimensions));
    };
    expect(dot(vector('dragon'), vector('castle'))).toBeGreaterThan(dot(vector('dragon'), vector('planet')));
    expect(dot(vector('robot'), vector('planet'))).toBeGreaterThan(dot(vector('robot'), vector('castle')));
  });

  it('learns from documents that arrive one by one', async () => {
    async function* arriving() {
      yield* DOCUMENTS;
    }
    expect(encodeTable(await train(arriving(), SMALL))).toEqual(encodeTable(await train(DOCUMENTS, SMALL)));
  });

  it('reports its stages in order', async () => {
    const stages: string[] = [];
    await train(DOCUMENTS, SMALL, ({ stage }) => stages.push(stage));
    expect([...new Set(stages)]).toEqual(['counting', 'factorising', 'centring']);
  });

  it('refuses texts too few to learn from', async () => {
    await expect(train([{ text: 'A dragon.' }], SMALL)).rejects.toThrow('no word occurs 2 times');
  });

  it('reads the Wikipedia format and writes one file', async () => {
    const from = join(directory, 'movies.json');
    const to = join(directory, 'words.bin');
    const movies = DOCUMENTS.map(({ text, genres }) => ({ title: 'A', extract: text, genres, cast: [] }));
    await writeFile(from, JSON.stringify([{ title: 'No summary' }, ...movies]));
    const result = await trainWords({ from, to, options: SMALL });
    expect(result).toMatchObject({ documents: 4, dimensions: 4 });
    expect((await loadWordModel(to)).embedText('a dragon')).toHaveLength(4);
  });
});

describe('the file of word vectors', () => {
  it('gives back what was written', () => {
    expect(decodeTable(encodeTable(AXES), 'words.bin').table).toEqual(AXES);
  });

  it('has another hash where a weight differs', () => {
    const other = { ...AXES, idf: Float32Array.of(1, 1, 3) };
    expect(decodeTable(encodeTable(other), 'b').hash).not.toBe(decodeTable(encodeTable(AXES), 'a').hash);
    expect(decodeTable(encodeTable(AXES), 'a').hash).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is refused by name when it is not one', () => {
    expect(() => decodeTable(Buffer.from('PK'), 'data/x.zip')).toThrow(
      'data/x.zip is not a file of word vectors',
    );
  });

  it.each([
    ['cut short', (bytes: Uint8Array) => bytes.slice(0, -1)],
    ['changed in one byte', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte))],
    ['cut after its header', (bytes: Uint8Array) => bytes.slice(0, 56)],
  ])('is refused as damaged when it is %s', (_, damage) => {
    expect(() => decodeTable(damage(encodeTable(AXES)), 'words.bin')).toThrow('words.bin is damaged');
  });

  it('is refused with both versions when its format is another', () => {
    const bytes = encodeTable(AXES);
    bytes[8] = 9;
    expect(() => decodeTable(bytes, 'words.bin')).toThrow(
      'words.bin has format version 9; this program reads version 1',
    );
  });

  it('is named when it is missing', async () => {
    const file = join(directory, 'missing.bin');
    await expect(loadWordModel(file)).rejects.toThrow(file);
  });
});

describe('the word model', () => {
  const model = new WordModel(AXES, 'abc');

  it('weighs words by how telling they are', () => {
    // (1, 0, 2) over its length √5
    const [x, y, z] = model.embedText('The ghost and the dragon')!;
    expect(x).toBeCloseTo(1 / Math.sqrt(5), 6);
    expect(y).toBe(0);
    expect(z).toBeCloseTo(2 / Math.sqrt(5), 6);
  });

  it('takes the mean and the first component out', () => {
    // (½, ½, 0) less the mean (0, ½, 0) is along x, plus y as component: nothing but x is left.
    const centred = { ...AXES, mean: Float32Array.of(0, 0.25, 0), component: Float32Array.of(0, 1, 0) };
    expect([...new WordModel(centred, 'abc').embedText('dragon robot')!]).toEqual([1, 0, 0]);
  });

  it('has no vector for texts without a known word', () => {
    expect(model.embedText('The unheard zyzzyva')).toBeUndefined();
    expect(model.embedText('')).toBeUndefined();
  });

  it('tells which share of the telling words it knows', () => {
    expect(model.knownShare('The dragon and the zyzzyva')).toBe(0.5);
    expect(model.knownShare('the and of')).toBe(0);
  });

  it('tells how telling a word is', () => {
    expect(model.idf('ghost')).toBe(2);
    expect(model.idf('zyzzyva')).toBeUndefined();
  });
});
