import { describe, expect, it } from 'vitest';
import { movieText } from '../../src/embedding/movie-text.ts';

describe('the text of a movie', () => {
  it('is its overview, its keywords and, four times, its genres', () => {
    const text = movieText({
      title: 'Alien',
      overview: ' A crew meets a creature. ',
      tagline: 'In space no one can hear you scream.',
      keywords: ['space', 'android'],
      genres: ['horror', 'science-fiction'],
    });
    const genres = 'horror, science fiction';
    expect(text).toBe(
      ['A crew meets a creature.', 'space, android', genres, genres, genres, genres].join('\n'),
    );
  });

  it('does without what is missing', () => {
    expect(movieText({ title: 'A', keywords: ['heist'], genres: [] })).toBe('heist');
    expect(movieText({ title: 'A', overview: 'A heist.', keywords: [], genres: [] })).toBe('A heist.');
  });

  it('does not exist for a thin movie', () => {
    expect(
      movieText({ title: 'A', overview: ' ', tagline: 'Boo', keywords: [], genres: ['horror'] }),
    ).toBeUndefined();
  });
});
