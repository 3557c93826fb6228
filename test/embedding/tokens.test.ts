import { describe, expect, it } from 'vitest';
import { fold, singular, tokenise } from '../../src/embedding/words/tokens.ts';

describe('the tokeniser', () => {
  it('folds case and diacritics', () => {
    expect(fold('AMÉLIE Señor')).toBe('amelie senor');
  });

  it('leaves out words of grammar and of film production', () => {
    expect(tokenise('It is a film directed by the wizard and starring a dragon')).toEqual([
      'wizard',
      'dragon',
    ]);
  });

  it('leaves out bare numbers and single characters, but keeps words with digits', () => {
    expect(tokenise('1994 x 1940s 3d')).toEqual(['1940', '3d']);
  });

  it('drops what an apostrophe leaves', () => {
    expect(tokenise("A father’s dragon doesn't burn; the dragon's cave")).toEqual([
      'father',
      'dragon',
      'burn',
      'dragon',
      'cave',
    ]);
  });

  it('parts words at hyphens', () => {
    expect(tokenise('post-apocalyptic')).toEqual(['post', 'apocalyptic']);
  });

  it('reads words in other scripts', () => {
    expect(tokenise('дракон 東京')).toEqual(['дракон', '東京']);
  });

  it.each([
    ['dreams', 'dream'],
    ['cities', 'city'],
    ['witches', 'witch'],
    ['boss', 'boss'],
    ['virus', 'virus'],
    ['gas', 'gas'],
  ])('writes %s as %s', (word, expected) => {
    expect(singular(word)).toBe(expected);
  });

  it('finds nothing in an empty text', () => {
    expect(tokenise('')).toEqual([]);
  });
});
