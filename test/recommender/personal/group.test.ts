import { describe, expect, it } from 'vitest';
import type { Movie } from '../../../src/catalogue/movie.ts';
import type { Opinion } from '../../../src/people/opinions.ts';
import type { GroupQuery } from '../../../src/recommender/personal/queries.ts';
import { aWorld, type World } from '../world.ts';
import { dismissed, gave, saw } from './opinions.ts';

const about = (overview: string, facts: Partial<Movie> = {}): Partial<Movie> => ({
  overview,
  title: overview,
  ...facts,
});
const ask = ({ recommender }: World, members: readonly Opinion[][], query: Partial<GroupQuery> = {}) =>
  recommender.forGroup({
    members: members.map((opinions) => ({ opinions, open: true })),
    filters: {},
    count: 5,
    ...query,
  });
const FILMS = [about('space'), about('love'), about('space war'), about('heist love'), about('space love')];

describe('films for a group', () => {
  it('are those that the least pleased would still like', async () => {
    const { items } = await ask(aWorld(FILMS), [[gave(1, 5)], [gave(2, 5)]]);
    expect(items[0]!.movie.number).toBe(5);
    expect(items.map(({ movie }) => movie.number)).not.toContain(1);
    for (const { score, mean } of items) expect(score).toBeLessThanOrEqual(mean);
  });

  it('are none that one of them saw, dislikes or does not want', async () => {
    const { items } = await ask(aWorld(FILMS), [[gave(1, 5), saw(3)], [gave(4, 1)], [dismissed(5)]]);
    expect(items.map(({ movie }) => movie.number)).toEqual([2]);
  });

  it('are there for people who never rated anything, and for nobody at all', async () => {
    const world = aWorld(FILMS.map((film, i) => ({ ...film, popularity: i / 10 })));
    expect((await ask(world, [[], []], { count: 2 })).items.map(({ movie }) => movie.number)).toEqual([5, 4]);
    expect((await ask(world, [])).items).toHaveLength(5);
  });

  it('do not name the films of whoever did not allow it', async () => {
    const members = [
      { opinions: [gave(1, 5)], open: false },
      { opinions: [gave(2, 5)], open: true },
    ];
    const { items } = await ask(aWorld(FILMS), [], { members });
    const said = items.flatMap(({ reasons }) => reasons);
    expect(said).toContainEqual({ kind: 'likedByOne', values: ['love'] });
    expect(said.flatMap(({ values }) => values)).not.toContain('space');
    const closed = await ask(aWorld(FILMS), [], {
      members: members.map((each) => ({ ...each, open: false })),
    });
    expect(closed.items.flatMap(({ reasons }) => reasons.flatMap(({ values }) => values))).toEqual([]);
  });

  it('name no adult title that one of them liked, but in age-restricted places', async () => {
    const world = aWorld([about('space', { adult: true }), ...FILMS.slice(1)]);
    const named = async (adult: boolean) =>
      (await ask(world, [[gave(1, 5)]], { adult })).items.flatMap(({ reasons }) =>
        reasons.flatMap(({ values }) => values),
      );
    expect(await named(true)).toContain('space');
    expect(await named(false)).toEqual([]);
  });

  it('follow the mood, and say so where it means nothing', async () => {
    const world = aWorld(FILMS);
    const { items, remarks } = await ask(world, [[], []], { mood: 'a heist' });
    expect(items[0]!.movie.number).toBe(4);
    expect(items[0]!.reasons).toEqual([{ kind: 'mood', values: [] }]);
    expect(remarks).not.toContainEqual({ kind: 'moodNotUnderstood' });
    const odd = await ask(world, [[gave(1, 5)]], { mood: 'qwertz' });
    expect(odd.remarks).toContainEqual({ kind: 'moodNotUnderstood' });
    expect(odd.items.length).toBeGreaterThan(0);
  });

  it('pass the filters, and say which one left nothing', async () => {
    const world = aWorld(FILMS.map((film, i) => ({ ...film, year: 1990 + i })));
    const { items } = await ask(world, [[gave(1, 5)]], { filters: { from: 1993 } });
    expect(items.every(({ movie }) => movie.year! >= 1993)).toBe(true);
    const none = await ask(world, [[gave(1, 5)]], { filters: { from: 2030 } });
    expect(none.remarks).toContainEqual({ kind: 'emptiedBy', filter: 'years' });
  });
});
