import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/ingest/record.ts';
import { toldDirectors } from '../../src/ingest/told-directors.ts';

describe('directors told by a text', () => {
  it.each([
    ['Rain is a 1932 film directed by Ann Ray and starring Bo Lee.', ['Ann Ray']],
    ['It was written and directed by J. B. Ray, about a thief.', ['J. B. Ray']],
    ['Directed, the film ran. It is directed and produced by Ann de la Ray with Bo Lee.', ['Ann de la Ray']],
    [
      'A film directed by Ann Ray, Bo Lee, and Cy Ngô-Day, starring Dee Fox.',
      ['Ann Ray', 'Bo Lee', 'Cy Ngô-Day'],
    ],
    ["A film directed by Ann O'Ray Jr., written by Bo Lee.", ["Ann O'Ray Jr."]],
    ['A thriller directed by Ann Ray. Bo Lee stars.', ['Ann Ray']],
    ['A film directed by Ann P.S. Ray and Bo St. Lee, starring Cy Day.', ['Ann P.S. Ray', 'Bo St. Lee']],
    ['A film directed by Ann C. deRay and Bo Lee, Jr., from a play.', ['Ann C. deRay', 'Bo Lee Jr.']],
    ['A film directed by Ann R. It stars Bo Lee.', ['Ann R.']],
    ['A film directed by Ann Ray It stars Bo Lee.', ['Ann Ray']],
    ['A film directed by A. "Annie" Ray and Bo Lee.', ['A. Ray', 'Bo Lee']],
    ['A film directed, co-written, and produced by Ann Ray.', ['Ann Ray']],
    ['A film directed by and starring Ann Ray and Bo Lee.', ['Ann Ray']],
  ])('are read from “%s”', (text, directors) => {
    expect(toldDirectors(text)).toEqual(directors);
  });

  it.each([
    'A thief walks through dreams.',
    'A film directed by Ray.',
    'A film directed by the Ray brothers.',
    'A film directed by Hong Kong film veteran Ann Ray.',
    'A film directed by Red Line Cinema founder Ann Ray.',
    'A film directed by Candid Camera creator Ann Ray.',
    'A film directed by American Ann Ray.',
    `${'It rains. '.repeat(60)}Its sequel was directed by Ann Ray.`,
  ])('are not guessed from “%.60s”', (text) => {
    expect(toldDirectors(text)).toEqual([]);
  });

  it('end where another sentence speaks of somebody', () => {
    expect(toldDirectors("It was directed by Ann Ray and Bo Lee's play was praised.")).toEqual(['Ann Ray']);
  });

  it('end where the stars begin', () => {
    expect(toldDirectors('Movie, directed by Ann Ray, Starring Bo Lee, Cy Day.')).toEqual(['Ann Ray']);
  });

  it('are read from any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(Array.isArray(toldDirectors(`directed by ${text}`))).toBe(true);
      }),
    );
  });

  it('are a film’s own where its source names none, and never those of a show', () => {
    const overview = 'A drama directed by Ann Ray.';
    const directors = (raw: object) =>
      readRecord({ title: 'Rain', overview, ...raw }, 'test').record.directors;
    expect(directors({})).toEqual(['Ann Ray']);
    expect(directors({ directors: ['Bo Lee'] })).toEqual(['Bo Lee']);
    expect(directors({ kind: 'show' })).toEqual([]);
  });
});
