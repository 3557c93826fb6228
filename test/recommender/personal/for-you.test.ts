import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Movie } from '../../../src/catalogue/movie.ts';
import type { Opinion } from '../../../src/people/opinions.ts';
import type { ForYouPage, ForYouQuery } from '../../../src/recommender/personal/queries.ts';
import { aWorld, type World } from '../world.ts';
import { dismissed, gave, saw } from './opinions.ts';

const about = (overview: string, facts: Partial<Movie> = {}): Partial<Movie> => ({
  overview,
  title: overview,
  ...facts,
});
const ask = (
  { recommender }: World,
  opinions: readonly Opinion[],
  query: Partial<ForYouQuery> = {},
): Promise<ForYouPage> => recommender.forYou({ opinions, filters: {}, page: 1, pageSize: 5, ...query });
const numbers = ({ items }: ForYouPage) => items.map(({ movie }) => movie.number);

describe('films for one person', () => {
  it('name an adult title that was liked in age-restricted places alone, and never propose it again', async () => {
    const world = aWorld([about('love'), about('space', { adult: true }), about('love'), about('space')]);
    const named = ({ items }: ForYouPage) =>
      items.flatMap(({ reasons }) => reasons.flatMap(({ values }) => values));
    const opinions = [gave(2, 5), gave(1, 4)];
    const answer = await ask(world, opinions);
    expect(named(answer)).toContain('love');
    expect(named(answer)).not.toContain('space');
    const restricted = await ask(world, opinions, { adult: true });
    expect(named(restricted)).toContain('space');
    for (const { items } of [answer, restricted])
      expect(items.map(({ movie }) => movie.number)).not.toContain(2);
  });

  it('are like those they liked, and say which', async () => {
    const world = aWorld([about('love'), about('space'), about('love'), about('space')]);
    const answer = await ask(world, [gave(2, 5)]);
    expect(numbers(answer)[0]).toBe(4);
    expect(answer.items[0]!.reasons).toEqual([{ kind: 'liked', values: ['space'] }]);
  });

  it('name the liked film that is nearest to each', async () => {
    const world = aWorld([about('love'), about('space'), about('love', { year: 1990 }), about('space war')]);
    const answer = await ask(world, [gave(1, 4), gave(2, 5)]);
    const reasons = new Map(
      answer.items.map(({ movie, reasons: [first] }) => [movie.number, first!.values[0]]),
    );
    expect(Object.fromEntries(reasons)).toEqual({ 3: 'love', 4: 'space' });
  });

  it('keep away from what is like a film they did not want', async () => {
    const films = [about('space'), about('space war'), about('space love'), about('love')];
    const first = async (...opinions: Opinion[]) => numbers(await ask(aWorld(films), opinions))[0];
    expect(await first(gave(1, 5), gave(4, 3))).toBe(2);
    const away = [about('space'), about('space war'), about('space love'), about('war')];
    expect(numbers(await ask(aWorld(away), [gave(1, 5), dismissed(4)]))[0]).toBe(3);
    expect(numbers(await ask(aWorld(away), [gave(1, 5), gave(4, 1)]))[0]).toBe(3);
  });

  it('are what is well known where they said nothing yet, surest to be known first', async () => {
    const world = aWorld([about('love', { popularity: 0.2 }), about('space', { popularity: 0.9 })]);
    const answer = await ask(world, []);
    expect(numbers(answer)).toEqual([2, 1]);
    expect(answer.items[0]!.reasons).toEqual([{ kind: 'wellKnown', values: [] }]);
    expect(answer.sureness).toEqual({ ratings: 0, level: 'nothing' });
  });

  it('are the surer the more they rated', async () => {
    const world = aWorld(Array.from({ length: 30 }, () => about('space')));
    const level = async (count: number) => {
      const opinions = Array.from({ length: count }, (_, i) => gave(i + 1, 4));
      return (await ask(world, opinions)).sureness.level;
    };
    expect([await level(1), await level(5), await level(20)]).toEqual(['guess', 'fair', 'good']);
  });

  it('are still found for somebody who likes nothing', async () => {
    const world = aWorld([about('space'), about('love'), about('space', { popularity: 0.1 })]);
    expect(numbers(await ask(world, [gave(1, 0.5)]))).toEqual([2, 3]);
  });

  it('take a film into account of which nothing but the facts is known', async () => {
    const known = { genres: ['western'], directors: ['Ann'] } as const;
    const world = aWorld([known, about('space', known), about('love', { popularity: 0.1 })]);
    const answer = await ask(world, [gave(1, 5)]);
    expect(numbers(answer)[0]).toBe(2);
    expect(answer.items[0]!.reasons[0]!.kind).toBe('liked');
  });

  it('give a series one place', async () => {
    const world = aWorld([
      about('space'),
      about('space', { franchise: 'Stars' }),
      about('space', { franchise: 'Stars' }),
    ]);
    const answer = await ask(world, [gave(1, 5)]);
    expect(answer.items.map(({ series }) => series?.count)).toEqual([2]);
    expect(numbers(await ask(world, [gave(1, 5)], { filters: { withFranchise: true } }))).toHaveLength(2);
  });

  it('say which filter emptied the list', async () => {
    const world = aWorld([about('space', { year: 1990 }), about('space', { year: 1991 })]);
    const { remarks } = await ask(world, [gave(1, 5)], { filters: { from: 2020 } });
    expect(remarks).toContainEqual({ kind: 'emptiedBy', filter: 'years' });
  });

  it('are never known, disliked, dismissed, filtered out or twice there, over all pages', async () => {
    const film = fc.record({
      overview: fc.constantFrom('space', 'space war', 'love', 'heist love', 'nothing of the kind'),
      year: fc.option(fc.integer({ min: 1980, max: 2020 }), { nil: undefined }),
      runtime: fc.option(fc.integer({ min: 60, max: 200 }), { nil: undefined }),
      franchise: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
      popularity: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const opinion = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 10 }))
        .map(([n, s]) => gave(n, s / 2)),
      fc.integer({ min: 1, max: 45 }).map(saw),
      fc.integer({ min: 1, max: 45 }).map(dismissed),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(film, { minLength: 1, maxLength: 40 }),
        fc.uniqueArray(opinion, { selector: ({ movie }) => movie, maxLength: 12 }),
        fc.record({ from: fc.integer({ min: 1980, max: 2020 }) }, { requiredKeys: [] }),
        async (films, opinions, filters) => {
          const world = aWorld(films as Partial<Movie>[]);
          const shown: number[] = [];
          for (let page = 1, pages = 1; page <= pages; page++) {
            const answer = await ask(world, opinions, { page, pageSize: 3, filters });
            pages = answer.pages;
            shown.push(...numbers(answer));
            for (const { score, movie, reasons } of answer.items) {
              expect(score >= 0 && score <= 1).toBe(true);
              expect(reasons.length).toBeGreaterThan(0);
              if (filters.from !== undefined) expect(movie.year).toBeGreaterThanOrEqual(filters.from);
            }
          }
          expect(new Set(shown).size).toBe(shown.length);
          const known = new Set(opinions.map(({ movie }) => movie));
          expect(shown.filter((number) => known.has(number))).toEqual([]);
        },
      ),
    );
  });
});

describe('films to begin with', () => {
  it('are the best known, as different from each other as can be', async () => {
    const world = aWorld([
      about('space', { popularity: 1 }),
      about('space', { popularity: 0.9 }),
      about('love', { popularity: 0.8 }),
      about('heist', { popularity: 0.7 }),
    ]);
    const films = await world.recommender.starters({ count: 3 });
    expect(films.map(({ number }) => number)).toEqual([1, 3, 4]);
  });

  it('are not asked twice, and of each series there is one', async () => {
    const world = aWorld([
      about('space', { popularity: 1 }),
      about('love', { popularity: 0.9, franchise: 'A' }),
      about('war', { popularity: 0.8, franchise: 'A' }),
      about('heist', { popularity: 0.7, adult: true }),
    ]);
    const films = await world.recommender.starters({ count: 10, opinions: [saw(1)] });
    expect(films.map(({ number }) => number)).toEqual([2]);
  });
});
