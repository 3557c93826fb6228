import { describe, expect, it } from 'vitest';
import type { Movie } from '../../src/catalogue/movie.ts';
import { plotReasons } from '../../src/recommender/plot-reason.ts';
import { aMovie } from '../fixtures/movies.ts';

const because = (
  text: string,
  movie: Partial<Movie>,
  match: { meaning?: number; genres?: ['western'] } = {},
) => plotReasons({ text, meaning: 0, genres: [], ...match }, aMovie(movie));

const quoted = (sentence: string) => [{ kind: 'plot', values: [sentence] }];

describe('the reason for a film of a plot search', () => {
  it('quotes the sentence of the story that has most of the words, whatever their endings', () => {
    const overview = 'Bees hum. He robbed two banks in the city. He was a banker.';
    expect(because('a clown robs banks in cities', { overview })).toEqual(
      quoted('He robbed two banks in the city.'),
    );
  });

  it('knows words of three letters', () => {
    expect(because('a spy', { overview: 'It rains. A spy waits.' })).toEqual(quoted('A spy waits.'));
  });

  it('ends no sentence at an initial or a title', () => {
    const overview = 'By J. B. Ray. On an island Dr. Moreau waits. It rains.';
    expect(because('an island', { overview })).toEqual(quoted('On an island Dr. Moreau waits.'));
  });

  it('names themes that were asked for, then words of the title, then quotes what kind of film it is', () => {
    const overview = 'Shark River is a 1953 American western film about a shark.';
    const title = 'Shark River';
    expect(because('a shark', { title, overview, keywords: ['white shark', 'river'] })).toEqual([
      { kind: 'themeAsked', values: ['white shark'] },
    ]);
    expect(because('sharks', { title, overview })).toEqual([{ kind: 'titleAsked', values: ['Shark'] }]);
    expect(because('a shark', { title: 'River', overview })).toEqual(quoted(overview));
  });

  it('says that the words are alike only where the meaning is near', () => {
    expect(because('a shark', { overview: 'It rains.' }, { meaning: 2.5 })).toEqual([
      { kind: 'close', values: [] },
    ]);
    expect(because('a shark', { overview: 'It rains.' }, { meaning: 1 })).toEqual([]);
  });

  it('names the genres of the text that it has, where nothing else is alike', () => {
    expect(
      because('a duel', { overview: 'It rains.', genres: ['western'] }, { genres: ['western'] }),
    ).toEqual([{ kind: 'genreGuessed', values: ['western'] }]);
  });
});
