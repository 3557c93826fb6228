import { describe, expect, test } from 'vitest';
import { assertAtMost, cut, fairShare } from '../../../adapters/discord/limits.ts';

describe('cut', () => {
  test('leaves alone what fits, and takes the … out of the same room', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('ab cd', 4)).toBe('ab…');
    expect(cut('abc', 0)).toBe('');
  });
});

describe('fairShare', () => {
  test('cuts nothing while all fit', () => {
    expect(fairShare([10, 20, 30], 60)).toBe(Number.POSITIVE_INFINITY);
  });

  test('cuts the longest to one length', () => {
    expect(fairShare([10, 100, 100], 110)).toBe(50);
    expect(fairShare([40, 40], 60)).toBe(30);
  });
});

describe('assertAtMost', () => {
  test('throws where we went too far', () => {
    expect(() => assertAtMost('options', 25, 25)).not.toThrow();
    expect(() => assertAtMost('options', 26, 25)).toThrow('Discord takes options up to 25, not 26');
  });
});
