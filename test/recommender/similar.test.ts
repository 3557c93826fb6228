import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Movie } from '../../src/catalogue/movie.ts';
import type { RecommendationPage, SimilarQuery } from '../../src/recommender/recommender.ts';
import { aWorld, type World } from './world.ts';

const about = (overview: string, facts: Partial<Movie> = {}): Partial<Movie> => ({
  overview,
  title: overview,
  ...facts,
});

const ask = ({ recommender, movies }: World, seed: number, query: Partial<SimilarQuery> = {}) =>
  recommender.similar({ seeds: [movies[seed - 1]!], filters: {}, page: 1, pageSize: 5, ...query });

const numbers = ({ items }: RecommendationPage) => items.map(({ movie }) => movie.number);

describe('similar movies', () => {
  it('are the nearest, with the relevance of each pair, the same both ways', async () => {
    const world = aWorld([about('space'), about('space war'), about('love')]);
    const there = await ask(world, 1);
    const back = await ask(world, 2);
    expect(numbers(there)).toEqual([2, 3]);
    expect(there.items[0]!.score).toBeCloseTo(back.items[0]!.score, 6);
    const { score } = await world.recommender.similarity(world.movies[0]!, world.movies[1]!);
    expect(score).toBeCloseTo(there.items[0]!.score, 6);
  });

  it('are found by what they share, however many plots are nearer', async () => {
    const nearer = Array.from({ length: 400 }, () => about('space'));
    const world = aWorld([
      about('space', { directors: ['Ann'], year: 1999, genres: ['comedy'] }),
      ...nearer,
      about('love', { directors: ['Ann'], year: 1999, genres: ['comedy'] }),
    ]);
    const { items } = await ask(world, 1);
    expect(items[0]!.movie.number).toBe(402);
    expect(items[0]!.reasons[0]).toEqual({ kind: 'director', values: ['Ann'] });
    const { score } = await world.recommender.similarity(world.movies[0]!, world.movies[401]!);
    expect(items[0]!.score).toBeCloseTo(score, 6);
  });

  it('never hold the seed or a movie twice over all pages, under any filter', async () => {
    const movie = fc.record({
      overview: fc.constantFrom('space', 'space war', 'love', 'heist love', 'war'),
      year: fc.option(fc.integer({ min: 1980, max: 2020 }), { nil: undefined }),
      franchise: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
      directors: fc.subarray(['Ann', 'Ben']),
    });
    const filters = fc.record(
      { from: fc.integer({ min: 1980, max: 2020 }), withFranchise: fc.boolean() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(movie, { minLength: 1, maxLength: 40 }), filters, async (facts, narrowed) => {
        const world = aWorld(facts as Partial<Movie>[]);
        const shown: number[] = [];
        for (let page = 1, pages = 1; page <= pages; page++) {
          const answer = await ask(world, 1, { page, pageSize: 3, filters: narrowed });
          pages = answer.pages;
          shown.push(...numbers(answer));
          for (const { movie: each } of answer.items)
            if (narrowed.from !== undefined) expect(each.year).toBeGreaterThanOrEqual(narrowed.from);
        }
        expect(shown).not.toContain(1);
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });

  it('give a series one place, and its own none, where only titles, people and years tell of it', async () => {
    const part = (title: string, year: number): Partial<Movie> => ({
      title,
      year,
      cast: ['Dee', 'Eve'],
      overview: 'space',
    });
    const world = aWorld([
      part('Star Pilgrims', 1990),
      part('Star Pilgrims 2', 1992),
      part('Star Pilgrims III', 1995),
      about('space war'),
    ]);
    const fromOther = await ask(world, 4);
    expect(fromOther.items.map(({ series }) => series)).toEqual([{ name: 'Star Pilgrims', count: 3 }]);
    const fromPart = await ask(world, 2);
    expect(numbers(fromPart)).toEqual([4]);
    const own = fromPart.remarks.find((remark) => remark.kind === 'ownSeries');
    expect(own?.movies.map(({ number }) => number)).toEqual([1, 3]);
    const withAll = await ask(world, 2, { filters: { withFranchise: true } });
    expect(numbers(withAll).sort()).toEqual([1, 3, 4]);
  });

  it('do not hold the seed under another name, though they hold its remake', async () => {
    const film = { year: 1982, cast: ['Dee', 'Eve', 'Fay'], overview: 'space' };
    const world = aWorld([
      { ...film, title: 'Star Pilgrims' },
      { ...film, title: 'Star Pilgrims: The Final Cut', year: 1983 },
      { ...film, title: 'Star Pilgrims', cast: ['Gus', 'Hal', 'Ida'] },
      { ...film, title: 'Pilgrims of a Star' },
    ]);
    for (const withFranchise of [false, true])
      expect(numbers(await ask(world, 1, { filters: { withFranchise } })).sort()).toEqual([3, 4]);
  });

  it('see the same series from each of its movies, named by the catalogue or not', async () => {
    const { features, movies } = aWorld([
      { title: 'Star Pilgrims', year: 1990, cast: ['Dee', 'Eve'], overview: 'space', franchise: 'Pilgrims' },
      { title: 'Far Away', overview: 'war', franchise: 'Pilgrims' },
      { title: 'Star Pilgrims 2', year: 1992, cast: ['Dee', 'Eve'], overview: 'space' },
    ]);
    await features.linkSeries();
    for (const { id } of movies) {
      const series = features.seriesOf(features.get(id)!);
      expect(series?.name).toBe('Pilgrims');
      expect([...series!.members].sort()).toEqual(['tt1', 'tt2', 'tt3']);
    }
  });

  it('come for a seed of which nothing but the title is known', async () => {
    const answer = await ask(aWorld([{ title: '' }, about('space'), about('love')]), 1);
    expect(answer.items).toHaveLength(2);
    expect(answer.remarks.map(({ kind }) => kind)).toContain('thinSeed');
  });
});

describe('movies of unknown genres', () => {
  it('are ranked by what was guessed of them, and the answer says that it was a guess', async () => {
    const world = aWorld([
      about('space', { genres: ['horror'] }),
      about('space war'),
      about('space war', { genres: ['romance'] }),
    ]);
    world.features.guess(new Map([['tt2', ['horror']]]));
    const { items } = await ask(world, 1);
    expect(items.map(({ movie }) => movie.number)).toEqual([2, 3]);
    expect(items[0]!.reasons[0]).toEqual({ kind: 'genreGuessed', values: ['horror'] });
    const { remarks } = await ask(world, 2);
    expect(remarks).toContainEqual({ kind: 'guessedGenres', movie: world.movies[1], genres: ['horror'] });
    world.features.guess(new Map());
    expect((await ask(world, 2)).remarks).toEqual([]);
  });

  it('do not pass a filter on genres, guessed or not', async () => {
    const world = aWorld([about('space'), about('space war'), about('war space', { genres: ['horror'] })]);
    world.features.guess(new Map([['tt2', ['horror']]]));
    expect(numbers(await ask(world, 1, { filters: { genres: ['horror'] } }))).toEqual([3]);
  });
});

describe('a series', () => {
  const world = aWorld([
    about('space', { franchise: 'Own', year: 2001 }),
    about('space', { franchise: 'Own', year: 1999 }),
    about('space', { franchise: 'Rings' }),
    about('space war', { franchise: 'Rings' }),
    about('space love'),
  ]);

  it('takes one place in the list, that of its best movie', async () => {
    const { items } = await ask(world, 1);
    expect(items.map(({ movie, series }) => [movie.number, series?.name, series?.count])).toEqual([
      [3, 'Rings', 2],
      [5, undefined, undefined],
    ]);
    expect(items[0]!.reasons[0]).toEqual({ kind: 'series', values: ['Rings', '2'] });
  });

  it('of the seed is told apart from the list, oldest first, on the first page', async () => {
    const own = (page: RecommendationPage) => page.remarks.find(({ kind }) => kind === 'ownSeries');
    expect(own(await ask(world, 1))).toMatchObject({ name: 'Own', movies: [{ number: 2 }] });
    expect(own(await ask(world, 1, { page: 2, pageSize: 1 }))).toBeUndefined();
  });

  it('opens with all of its films, while the line above a list names twelve of the others', async () => {
    const long = aWorld(Array.from({ length: 20 }, () => about('space', { franchise: 'Long' })));
    const { movies } = await long.recommender.seriesOf(long.movies[0]!);
    expect(movies.length).toBe(20);
    const own = (await ask(long, 1)).remarks.find(({ kind }) => kind === 'ownSeries');
    expect(own).toMatchObject({ movies: { length: 12 } });
  });

  it('is put back where it is asked for', async () => {
    const answer = await ask(world, 1, { filters: { withFranchise: true } });
    expect(numbers(answer).toSorted()).toEqual([2, 3, 4, 5]);
    expect(answer.remarks).toEqual([]);
  });
});

describe('a blend', () => {
  const world = aWorld([
    about('space'),
    about('love'),
    about('space love'),
    about('space space war'),
    about('love love war'),
    about('space love war'),
  ]);
  const [space, love] = world.movies;

  it('puts first what is like both', async () => {
    const answer = await ask(world, 1, { seeds: [space!, love!] });
    expect(numbers(answer).slice(0, 2)).toEqual([3, 6]);
  });

  it('moves away from a film or from words', async () => {
    const words = await ask(world, 1, { seeds: [space!, love!], words: [{ text: 'war', away: true }] });
    expect(numbers(words)[0]).toBe(3);
    const last = await ask(world, 1, { words: [{ text: 'love', away: true }] });
    expect(numbers(last)[0]).toBe(4);
  });

  it('moves towards words', async () => {
    expect(numbers(await ask(world, 1, { words: [{ text: 'love', away: false }] }))[0]).toBe(3);
  });
});

describe('filters', () => {
  const world = aWorld([
    about('space'),
    about('space', { year: 2001, runtime: 90 }),
    about('space', { runtime: 100 }),
    about('love', { year: 1990, runtime: 80 }),
  ]);

  it('leave out movies whose field is not known, and the answer counts them', async () => {
    const answer = await ask(world, 1, { filters: { from: 2000 } });
    expect(numbers(answer)).toEqual([2]);
    expect(answer.remarks).toContainEqual({ kind: 'unknownField', count: 1 });
  });

  it('that leave nothing are told apart from those that do not', async () => {
    const answer = await ask(world, 1, { filters: { from: 1980, runtime: { max: 10 } } });
    expect(answer.items).toEqual([]);
    expect(answer.remarks).toContainEqual({ kind: 'emptiedBy', filter: 'runtime' });
  });
});
