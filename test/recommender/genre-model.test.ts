import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Genre } from '../../src/catalogue/genres.ts';
import { loadGenres, saveGenres } from '../../src/recommender/genre-file.ts';
import { type GenreModel, genreAffinity, genreText } from '../../src/recommender/genre-model.ts';
import { type GenreExample, trainGenres } from '../../src/recommender/genre-training.ts';

const WORDS = {
  horror: ['demon', 'haunted', 'possessed', 'graveyard', 'curse', 'scream'],
  romance: ['wedding', 'kiss', 'heartbreak', 'bride', 'letters', 'paris'],
  western: ['sheriff', 'cattle', 'saloon', 'outlaw', 'ranch', 'stagecoach'],
} as const;
const KINDS = Object.keys(WORDS) as (keyof typeof WORDS)[];

/** Movies of one genre each, told in three of its six words and a few that all share. */
function examples(count: number): GenreExample[] {
  return Array.from({ length: count }, (_, at) => {
    const genre = KINDS[at % KINDS.length]!;
    const told = [0, 1, 3].map((step) => WORDS[genre][(Math.floor(at / 3) + step) % 6]!);
    return {
      id: `tt${at}`,
      text: `${told.join(' ')} town night ${at % 2 ? 'brother' : 'house'}`,
      genres: [genre],
    };
  });
}

describe('the genre model', () => {
  let folder: string;
  let model: GenreModel;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genres-'));
    model = (await trainGenres(examples(600)))!;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('tells the genre of a story it has not seen', () => {
    expect(model.predict('A demon in the graveyard of a small town')[0]!.genre).toBe('horror');
    expect(model.predict('An outlaw and a sheriff meet in the saloon')[0]!.genre).toBe('western');
  });

  it('reports how well it does on movies that it did not learn from', () => {
    const { movies, f1, f1OfStories, f1OfPhrases } = model.parts.measure;
    expect(movies).toBeGreaterThan(30);
    for (const value of [f1, f1OfStories, f1OfPhrases]) expect(value).toBeGreaterThan(0.95);
  });

  it('says nothing about a text in words that it does not know', () => {
    expect(model.predict('Zwei Männer im Schnee')).toEqual([]);
    expect(model.predict('')).toEqual([]);
    expect(model.predict('demon')).toEqual([]);
  });

  it('guesses the genres of a movie that has none, and none of a thin one', () => {
    const movie = { title: 'X', overview: 'The bride, the wedding and a last kiss.', keywords: [] };
    expect(model.guess(movie)).toEqual(['romance']);
    expect(model.guess({ title: 'The Wedding Kiss', keywords: [] })).toEqual([]);
  });

  it('never reads the genres that a movie has', () => {
    const known = { title: 'X', overview: 'A story.', keywords: ['town'], genres: ['horror' as Genre] };
    expect(genreText(known)).toBe('A story.\ntown');
  });

  it('becomes the same model from the same movies', async () => {
    const again = (await trainGenres(examples(600)))!;
    expect(again.parts).toEqual(model.parts);
  });

  it('learns nothing from a handful of movies', async () => {
    expect(await trainGenres(examples(100))).toBeUndefined();
  });

  it('stops when it is told to', async () => {
    await expect(trainGenres(examples(600), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/u);
  });

  it('says nearly the same after it was stored', async () => {
    const file = join(folder, 'genres.json');
    await saveGenres(file, { model, guesses: new Map([['tt1', ['western', 'romance']]]) });
    const { model: stored, guesses } = (await loadGenres(file))!;
    expect(guesses).toEqual(new Map([['tt1', ['western', 'romance']]]));
    const text = 'A possessed sheriff rides to a wedding';
    const before = new Map(model.predict(text).map(({ genre, probability }) => [genre, probability]));
    for (const { genre, probability } of stored.predict(text))
      expect(Math.abs(probability - before.get(genre)!)).toBeLessThan(0.02);
    expect(stored.parts.measure).toEqual(model.parts.measure);
  });

  it('takes a missing, foreign, damaged or older file for none', async () => {
    const file = join(folder, 'other.json');
    expect(await loadGenres(file)).toBeUndefined();
    await writeFile(file, 'not JSON');
    expect(await loadGenres(file)).toBeUndefined();
    await saveGenres(file, { model, guesses: new Map() });
    const whole = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    for (const change of [
      { format: 0 },
      { weights: '' },
      { idf: 'AAAA' },
      { labels: 3 },
      { guesses: { tt1: ['nonsense'] } },
    ]) {
      await writeFile(file, JSON.stringify({ ...whole, ...change }));
      expect(await loadGenres(file)).toBeUndefined();
    }
  });
});

describe('genreAffinity', () => {
  const predicted = [
    { genre: 'horror', probability: 0.9 },
    { genre: 'comedy', probability: 0.1 },
  ] as const;

  it('is the share of what is expected of both in what is expected of either', () => {
    expect(genreAffinity(predicted, ['horror'])).toBeCloseTo(0.9 / 1.1);
    expect(genreAffinity(predicted, ['comedy'])).toBeCloseTo(0.1 / 1.9);
    expect(genreAffinity(predicted, ['horror', 'comedy'])).toBeCloseTo(1 / 2);
  });

  it('is nothing where either side is empty', () => {
    expect(genreAffinity(predicted, [])).toBe(0);
    expect(genreAffinity([], ['horror'])).toBe(0);
    expect(genreAffinity([], [])).toBe(0);
  });
});
