import { describe, expect, it } from 'vitest';
import { type Finder, findMovies } from '../../src/answers/find-movies.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Movie } from '../../src/catalogue/movie.ts';
import type { Recommender } from '../../src/recommender/recommender.ts';
import type { Candidate, Resolution, Titles } from '../../src/titles/titles.ts';
import { aMovie } from '../fixtures/movies.ts';

const FILMS = [
  aMovie({ id: 'tt1', number: 1, title: 'Heat', popularity: 0.9 }),
  aMovie({ id: 'tt2', number: 2, title: 'Violence', popularity: 0.1 }),
  aMovie({ id: 'tt3', number: 3, title: 'Alien', popularity: 0.9 }),
  aMovie({ id: 'tt5', number: 5, title: 'War', popularity: 0.9, votes: 1140 }),
  aMovie({ id: 'tt4', number: 4, title: 'A History of Violence', popularity: 0.9 }),
];

const UNDERSTOOD = ['violence', 'war', 'alien', 'a heist', 'heist', 'horror', 'history'];

function candidate({ id, number, title, kind }: Movie): Candidate {
  return { id, number, title, kind, score: 1 };
}

/** The film of that very name; else the one whose name has the words, which may not be the one that was meant. */
async function resolve(text: string): Promise<Resolution> {
  const words = text.toLowerCase();
  const same = FILMS.find(({ title }) => title.toLowerCase() === words);
  if (same) return { outcome: 'match', best: candidate(same), exact: true, others: [] };
  const near = FILMS.find(({ title }) => title.toLowerCase().split(' ').includes(words));
  if (near) return { outcome: 'match', best: candidate(near), exact: false, others: [candidate(FILMS[0]!)] };
  return { outcome: 'none', nearest: [] };
}

const byNumber = async (numbers: readonly number[]) =>
  new Map(FILMS.filter(({ number }) => numbers.includes(number)).map((movie) => [movie.number, movie]));
const finder: Finder = {
  titles: { resolve } as unknown as Titles,
  catalogue: { byNumber } as unknown as Catalogue,
  call: { command: 'similar', args: {} },
  invocation: { ask: { kind: 'command', command: 'similar', args: {} } },
  recommender: { understands: async (words) => UNDERSTOOD.includes(words.toLowerCase()) } as Recommender,
};

async function read(text: string, tools = finder) {
  const found = await findMovies(text, tools);
  if ('reply' in found) return found.outcome;
  const titles = (movies: readonly Movie[]) => movies.map(({ title }) => title);
  return { like: titles(found.seeds), away: titles(found.away), words: found.words ?? [] };
}

describe('a blend of films and words', () => {
  it('reads an everyday word as a word, although a little-known film has its name', async () => {
    expect(await read('Heat - violence')).toEqual({
      like: ['Heat'],
      away: [],
      words: [{ text: 'violence', away: true }],
    });
  });

  it('understands themes and genres in the person’s language, and keeps them in ours', async () => {
    const spanish = { ...finder, language: 'es' } as const;
    expect(await read('Heat + atraco - terror', spanish)).toMatchObject({
      words: [
        { text: 'heist', away: false },
        { text: 'horror', away: true },
      ],
    });
    expect(await read('Heat + atraco')).toBe('none');
  });

  it('reads it as the film where it is written as a title, or where the film is well known', async () => {
    expect(await read('Heat - Violence')).toMatchObject({ away: ['Violence'], words: [] });
    expect(await read('Heat + alien')).toMatchObject({ like: ['Heat', 'Alien'], words: [] });
  });

  it('reads a word that is only part of a title as a word', async () => {
    expect(await read('Heat + history')).toMatchObject({ words: [{ text: 'history', away: false }] });
  });

  it('reads quoted words as words, always', async () => {
    expect(await read('Heat - "Violence"')).toMatchObject({ words: [{ text: 'Violence', away: true }] });
  });

  it('reads a word as a word where some have voted for a film of that name, and for thousands of others more have', async () => {
    expect(await read('Heat - war')).toMatchObject({ away: [], words: [{ text: 'war', away: true }] });
  });

  it('asks where a part is neither a film nor a word that means anything', async () => {
    expect(await read('Heat + qwrtz')).toBe('none');
  });

  it('begins with a film: the first part is never read as words', async () => {
    expect(await read('a heist - violence')).toBe('none');
  });

  it('knows films only where nobody answers for words', async () => {
    const { recommender: _, ...films } = finder;
    expect(await read('Heat - violence', films)).toMatchObject({ away: ['Violence'], words: [] });
  });
});
