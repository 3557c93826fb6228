import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/messages/languages.ts';
import { titleWithYear } from '../../src/messages/movie-words.ts';
import { Wording } from '../../src/messages/wording.ts';
import { aMovie } from '../fixtures/movies.ts';

const shown = (language: Language, movie: Parameters<typeof titleWithYear>[0]) =>
  new Wording(language).text(titleWithYear(movie));

const inception = aMovie({
  title: 'Inception',
  year: 2010,
  aka: [
    { title: 'Origen', language: 'es' },
    { title: 'Начало', language: 'ru' },
  ],
});
const spirited = aMovie({
  title: 'Spirited Away',
  original: '千と千尋の神隠し',
  language: 'ja',
  year: 2001,
  aka: [{ title: 'El viaje de Chihiro', language: 'es' }],
});

describe('a title', () => {
  it('is in the reader’s language where there is one, with the original beside', () => {
    expect(shown('es', inception)).toBe('Origen (Inception, 2010)');
    expect(shown('ru', inception)).toBe('Начало (Inception, 2010)');
    expect(shown('de', inception)).toBe('Inception (2010)');
    expect(shown('en', inception)).toBe('Inception (2010)');
  });

  it('has the main title beside it where the original is in letters that the reader may not read', () => {
    expect(shown('es', spirited)).toBe('El viaje de Chihiro (Spirited Away, 2001)');
  });

  it('is the original one for who speaks the language of the film', () => {
    expect(shown('ja', spirited)).toBe('千と千尋の神隠し（2001）');
  });

  it('is well formed without a year', () => {
    const { year: _, ...undated } = inception;
    expect(shown('es', undated)).toBe('Origen (Inception)');
  });
});
