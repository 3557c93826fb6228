import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/messages/languages.ts';
import { englishWord } from '../../src/messages/names.ts';
import { reasonMessage } from '../../src/messages/reason-words.ts';
import { Wording } from '../../src/messages/wording.ts';
import { SHIPPED } from '../../src/paths.ts';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const vocabulary = Object.values(
  read(join(SHIPPED.starter, 'vocabulary.json')) as Record<string, string[]>,
).flat();

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the themes in %s', (language) => {
  const themes: Record<string, string> = read(join(SHIPPED.themes, `${language}.json`));

  it('are those of the starter catalogue, every one', () => {
    expect({
      missing: vocabulary.filter((word) => !themes[word]),
      extra: Object.keys(themes).filter((word) => !vocabulary.includes(word)),
    }).toEqual({ missing: [], extra: [] });
  });

  it('are understood as they are shown', () => {
    for (const word of vocabulary) expect(englishWord(language, themes[word]!), word).toBe(word);
  });
});

describe('a reason', () => {
  const both = reasonMessage({ kind: 'theme', values: ['heist', 'made of tin'] });

  it('capitalise names in English and leave every other word as it is', () => {
    const themes: Record<string, string> = read(join(SHIPPED.themes, 'en.json'));
    for (const [word, shown] of Object.entries(themes)) {
      expect(vocabulary).toContain(word);
      expect(shown.toLowerCase().replace(/^the /u, '')).toBe(word.replace(/^the /u, ''));
      expect(shown).not.toBe(word);
    }
  });

  it('names themes in the reader’s language, and as they are where nobody has translated them', () => {
    expect(new Wording('es').text(both)).toBe('En común: atraco y made of tin');
    expect(new Wording('ja').text(both)).toBe('共通点：強奪計画、made of tin');
    expect(new Wording('en').text(both)).toBe('Both: heist and made of tin');
  });

  it('names the film whose themes they are where a list is like several', () => {
    const ofOne = reasonMessage({ kind: 'themeOf', values: ['Alien', 'heist', 'made of tin'] });
    expect(new Wording('es').text(ofOne)).toBe('Como en Alien: atraco y made of tin');
    expect(new Wording('en').text(ofOne)).toBe('Like Alien: heist and made of tin');
  });
});
