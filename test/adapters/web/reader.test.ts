import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../../adapters/web/reader.ts';

describe('the language of the page', () => {
  it.each([
    ['de', 'de'],
    ['de-CH, en;q=0.8', 'de'],
    ['pl, fr-CA;q=0.7, en;q=0.9', 'en'],
    ['pl, fr-CA;q=0.9, en;q=0.7', 'fr'],
    ['en;q=0, ja', 'ja'],
    ['en;q=0.1,hi;q=0.2', 'hi'],
    ['pt-BR,pt;q=0.9,en-US;q=0.8', 'pt'],
    ['zh-CN, *;q=0.5', 'en'],
    ['ES-mx', 'es'],
    [';;;q=,,=', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ] as const)('is the one wanted most of those there are: %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
