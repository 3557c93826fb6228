import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRefinement } from '../../src/chat/refine.ts';

describe('a reply to a list', () => {
  it.each([
    ['but from the 80s', { decade: '80s' }],
    ['1990s please', { decade: '1990s' }],
    ['no horror, shorter than 100 minutes', { genre: '-horror', runtime: '100' }],
    ['only comedies and in french', { genre: 'comedy', language: 'french' }],
    ['without science fiction', { genre: '-science-fiction' }],
    ['after 2005', { from: '2005' }],
    ['1980-1995', { from: '1980', to: '1995' }],
    ['genre:western', { genre: 'western' }],
    ['hidden gems', { popularity: 'low' }],
    ['series', { kind: 'show' }],
  ])('narrows it where it is nothing but filters: %s', (text, args) => {
    expect(readRefinement(text)).toEqual(args);
  });

  it.each(['Heat', 'The Quiet American', 'from dusk till dawn', 'but I liked the other one', ''])(
    'is words of its own otherwise: %s',
    (text) => {
      expect(readRefinement(text)).toBeUndefined();
    },
  );

  it('of any kind is read without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => void readRefinement(text)));
  });
});
