import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRefinement } from '../../src/chat/refine.ts';
import { LANGUAGES } from '../../src/messages/languages.ts';

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

  it.each([
    ['es', 'pero de los 80, sin terror', { decade: '80s', genre: '-horror' }],
    ['es', 'entre 1980 y 1990 y menos de 100 minutos', { from: '1980', to: '1990', runtime: '100' }],
    ['de', 'aber aus den 80ern', { decade: '80s' }],
    ['de', 'nur Horrorfilme, auf Japanisch', { genre: 'horror', language: 'japanisch' }],
    ['de', 'ohne Komödien und ab 1990', { genre: '-comedy', from: '1990' }],
    ['fr', 'mais des années 90, pas de comédie', { decade: '90s', genre: '-comedy' }],
    ['fr', 'genre:horreur', { genre: 'horreur' }],
    ['pt', 'mas dos anos 70 e sem terror', { decade: '70s', genre: '-horror' }],
    ['ru', 'но из 80-х, без ужасов', { decade: '80s', genre: '-horror' }],
    ['ru', 'только комедии и на французском', { genre: 'comedy', language: 'французский' }],
    ['ja', '80年代の', { decade: '80s' }],
    ['ja', 'ホラー以外、１２０分以内', { genre: '-horror', runtime: '120' }],
    ['hi', 'लेकिन 80 के दशक की और हॉरर नहीं', { decade: '80s', genre: '-horror' }],
    ['ru', 'but from the 80s, no horror', { decade: '80s', genre: '-horror' }],
  ] as const)('is understood in %s too: %s', (language, text, args) => {
    expect(readRefinement(text, language)).toEqual(args);
  });

  it.each([
    ['es', 'El Padrino'],
    ['de', 'Das Leben der Anderen'],
    ['fr', 'Entre les murs'],
    ['ru', 'Ирония судьбы'],
    ['ja', '千と千尋の神隠し'],
    ['hi', 'मुग़ल-ए-आज़म'],
  ] as const)('is no filter where it is a title, in %s: %s', (language, text) => {
    expect(readRefinement(text, language)).toBeUndefined();
  });

  it.each(['Heat', 'The Quiet American', 'from dusk till dawn', 'but I liked the other one', ''])(
    'is words of its own otherwise: %s',
    (text) => {
      expect(readRefinement(text)).toBeUndefined();
    },
  );

  it('of any kind is read without an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(...LANGUAGES),
        (text, language) => void readRefinement(text, language),
      ),
    );
  });
});
