import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Chance } from './random.ts';

/** A way to misspell; undefined where the text offers no place for it. */
export type Slip = (text: string, chance: Chance) => string | undefined;

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const NEIGHBOURS = new Map(
  ROWS.flatMap((row, index) =>
    [...row].map((key, column) => {
      const beside = [row[column - 1], row[column + 1]];
      const above = [ROWS[index - 1]?.[column], ROWS[index - 1]?.[column + 1]];
      const below = [ROWS[index + 1]?.[column], ROWS[index + 1]?.[column - 1]];
      return [key, [...beside, ...above, ...below].filter((near) => near !== undefined)] as const;
    }),
  ),
);

/** How the same sound is also written. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/u, 'f'], [/(?<=[a-z])ie/u, 'ei'], [/ei/u, 'ie'], [/c(?=[aou])/u, 'k'], [/ck/u, 'k'], [/(?<=[a-z])y/u, 'i'],
  [/(?<=[a-z])i(?=[a-z])/u, 'y'], [/s(?=[aeiou])/u, 'c'], [/z/u, 's'], [/x/u, 'ks'], [/qu/u, 'kw'], [/ou/u, 'u'],
  [/gh/u, ''], [/tion/u, 'shun'], [/(?<=[a-z])ea/u, 'ee'], [/ee/u, 'ea'], [/(?<=[a-z])er\b/u, 'or'],
  [/or\b/u, 'er'], [/an/u, 'en'], [/(?<=[a-z])e(?=[a-z])/u, 'a'], [/(?<=[a-z])a(?=[a-z])/u, 'e'], [/wh/u, 'w'],
  [/([a-z])\1/u, '$1'], [/(?<=[a-z]{2})e\b/u, ''], [/kn/u, 'n'], [/able/u, 'ible'], [/ible/u, 'able'],
]; // biome-ignore format: a table

/** Places within words, past their first letter: people seldom get that one wrong. */
function place(text: string, chance: Chance): number | undefined {
  const places = [...text.matchAll(/(?<=[a-z])[a-z]/gu)].map((match) => match.index);
  return places.length < 3 ? undefined : chance.pick(places);
}

function at(change: (text: string, at: number, chance: Chance) => string): Slip {
  return (text, chance) => {
    const where = place(text, chance);
    return where === undefined ? undefined : change(text, where, chance);
  };
}

export const neighbourKey: Slip = at((text, where, chance) => {
  const near = NEIGHBOURS.get(text[where]!) ?? [text[where]!];
  return text.slice(0, where) + chance.pick(near) + text.slice(where + 1);
});
export const swapped: Slip = at((text, where) =>
  /[a-z]/u.test(text[where - 1]!)
    ? text.slice(0, where - 1) + text[where] + text[where - 1] + text.slice(where + 1)
    : text,
);
export const dropped: Slip = at((text, where) => text.slice(0, where) + text.slice(where + 1));
export const doubled: Slip = at((text, where) => text.slice(0, where) + text[where] + text.slice(where));
export const inserted: Slip = at((text, where, chance) => {
  const near = NEIGHBOURS.get(text[where]!) ?? ['e'];
  return text.slice(0, where) + chance.pick(near) + text.slice(where);
});

export const bySound: Slip = (text, chance) => {
  const fitting = SPELLINGS.filter(([sound]) => sound.test(text));
  if (fitting.length === 0) return undefined;
  const [sound, spelling] = chance.pick(fitting);
  return text.replace(sound, spelling);
};

export const twoSlips: Slip = (text, chance) => {
  const slips = [neighbourKey, swapped, dropped, doubled, bySound];
  const once = chance.pick(slips)(text, chance);
  return once === undefined ? undefined : chance.pick(slips)(once, chance);
};

/** Real misspellings of words, from a list with lines "right: wrong, wrong*count". */
export function misspelling(file: string): Slip {
  const list = new Map(
    gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .map((line) => line.split(': '))
      .filter(([right, wrong]) => right && right.length >= 5 && wrong)
      .map(([right, wrong]) => [
        right!.toLowerCase(),
        wrong!.split(', ').map((each) => each.replace(/\*\d+$/u, '')),
      ]),
  );
  return (text, chance) => {
    const words = text.split(' ');
    const known = [...words.keys()].filter((index) => list.has(words[index]!));
    if (known.length === 0) return undefined;
    const index = chance.pick(known);
    const wrong = chance.pick(list.get(words[index]!)!).toLowerCase().replaceAll('_', ' ');
    return near(wrong, words[index]!) ? words.with(index, wrong).join(' ') : undefined;
  };
}

/** The list has guesses of children, too ("mecichly" for machine): what shares too little is left out. */
function near(wrong: string, right: string): boolean {
  const pairs = (word: string) => new Set([...word].map((letter, index) => letter + (word[index + 1] ?? '')));
  const [a, b] = [pairs(wrong), pairs(right)];
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size) >= 0.4;
}
