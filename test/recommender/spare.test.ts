import { describe, expect, it } from 'vitest';
import type { RecommenderParts, Serving } from '../../src/recommender/parts.ts';
import { markedSpare, orSpare } from '../../src/recommender/spare.ts';
import { IndexUnavailable } from '../../src/vectors/vector-index.ts';

const serving = (index: string) => async () => ({ index }) as unknown as Serving;
const down = async () => {
  throw new IndexUnavailable('down');
};
const parts = (changes: object) => ({ serving: serving('usual'), ...changes }) as unknown as RecommenderParts;
const indexOf = async (from: RecommenderParts) => String((await from.serving()).index);

describe('the spare index', () => {
  it('is not asked while the usual one answers', async () => {
    expect(await orSpare(parts({ spare: down }), indexOf)).toBe('usual');
  });

  it('answers while the usual one cannot be reached, and the answer says so', async () => {
    const both = parts({ serving: down, spare: serving('spare') });
    expect(await orSpare(both, indexOf, (answer) => `${answer}, marked`)).toBe('spare, marked');
    expect(markedSpare({ items: [], page: 1, pages: 1, remarks: [{ kind: 'weak' }] }).remarks).toEqual([
      { kind: 'spareIndex' },
      { kind: 'weak' },
    ]);
  });

  it('answers from the beginning where the usual one goes away in the middle of an answer', async () => {
    const asked: string[] = [];
    const answer = async (from: RecommenderParts) => {
      asked.push(await indexOf(from));
      if (asked.length === 1) throw new IndexUnavailable('gone in the middle');
      return 'answered';
    };
    expect(await orSpare(parts({ spare: serving('spare') }), answer)).toBe('answered');
    expect(asked).toEqual(['usual', 'spare']);
  });

  it('hides no other fault, and where both are down the usual one is what is told', async () => {
    const broken = async () => {
      throw new TypeError('ours');
    };
    await expect(orSpare(parts({ serving: broken, spare: serving('spare') }), indexOf)).rejects.toThrow(
      'ours',
    );
    const gone = async () => {
      throw new IndexUnavailable('the spare is gone');
    };
    await expect(orSpare(parts({ serving: down, spare: gone }), indexOf)).rejects.toThrow('down');
    await expect(orSpare(parts({ serving: down }), indexOf)).rejects.toThrow('down');
  });
});
