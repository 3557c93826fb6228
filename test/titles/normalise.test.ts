import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/titles/normalise.ts';

describe('normalising', () => {
  it.each([
    ['Amélie', 'amelie'],
    ['Ёлки', 'елки'],
    ['Æon Flux', 'aeon flux'],
    ['Ocean’s 8', 'oceans 8'],
    ['Ｆｕｌｌ Ｗｉｄｔｈ', 'full width'],
    ['千と千尋の神隠し', '千ト千尋ノ神隠シ'],
    ['기생충', '기생충'],
    ['तारे ज़मीन पर', 'तारे जमीन पर'],
    ['أحمد', 'احمد'],
  ])('keeps scripts and drops what may be left out: %s', (title, folded) => {
    expect(normalise(title)).toBe(folded);
  });

  it.each([
    ['Fast & Furious', 'fast and furious'],
    ['Romeo + Juliet', 'romeo and juliet'],
    ['WALL·E', 'wall e'],
    ['M*A*S*H', 'mash'],
    ['S.W.A.T.', 'swat'],
    ['Mission: Impossible - Fallout', 'mission impossible fallout'],
    ['Matrix, The', 'the matrix'],
    ['$', '$'],
    ['???', '???'],
  ])('makes one of all ways to punctuate: %s', (title, folded) => {
    expect(normalise(title)).toBe(folded);
  });

  it.each([
    ['Seven', '7'],
    ['The Fifth Element', 'the 5 element'],
    ['5th Element', '5 element'],
    ['Alien³', 'alien 3'],
    ['Rocky IV', 'rocky 4'],
    ['Rocky V', 'rocky 5'],
    ['V for Vendetta', 'v for vendetta'],
    ['10 Things I Hate About You', '10 things i hate about you'],
    ['Star Wars: Episode V - The Empire Strikes Back', 'star wars episode 5 the empire strikes back'],
    ['One Hundred and One Dalmatians', '101 dalmatians'],
    ['Twenty Thousand Leagues', '20000 leagues'],
    ['20,000 Leagues', '20000 leagues'],
    ['Nineteen Eighty-Four', '1984'],
    ['The Forty-Year-Old Virgin', 'the 40 year old virgin'],
    ['8½', '8 half'],
    ['2Fast', '2 fast'],
    ['Se7en', 'se7en'],
    ['Step Up 3-D', 'step up 3d'],
  ])('writes numbers as digits: %s', (title, folded) => {
    expect(normalise(title)).toBe(folded);
  });

  it.each(['Vol. ( X-Men:', 'Chapter: I Am', 'Part - (V', 'Malcolm X and (the'])(
    'twice changes nothing, whatever marks stood beside a numeral: %s',
    (title) => {
      expect(normalise(normalise(title))).toBe(normalise(title));
    },
  );
});
