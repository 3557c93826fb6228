import { beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_ID, CONTENT_WIDTH, describe as contentOf } from '../../../src/taste/content.ts';
import { Taste } from '../../../src/taste/model.ts';
import { trainTaste } from '../../../src/taste/train.ts';
import { FILMS, worldOf } from '../../taste/world.ts';
import { aWorld, model } from '../world.ts';
import { dismissed, gave } from './opinions.ts';

/** Films that differ in nothing but who likes them, and one that nobody rated. */
const films = [...FILMS, 'unrated'].map((id) => ({ id, title: id, overview: 'space' }));
const numberOf = (id: string) => films.findIndex((film) => film.id === id) + 1;

let taste: Taste;
beforeAll(async () => {
  const content = { id: CONTENT_ID, width: CONTENT_WIDTH, of: () => contentOf({ genres: [] }) };
  const settings = { factorRank: 3, affinityRank: 4 };
  taste = new Taste(await trainTaste({ ratings: worldOf(40), content, settings }));
});

describe('with what was learned from ratings', () => {
  const opinions = [gave(numberOf('loud0'), 5), gave(numberOf('loud2'), 5), gave(numberOf('quiet1'), 1.5)];
  const ask = (more = opinions) =>
    aWorld(films, model, undefined, taste).recommender.forYou({
      opinions: more,
      filters: {},
      page: 1,
      pageSize: 50,
    });

  it('films for somebody are those that people like them like', async () => {
    const { items } = await ask();
    const order = items.map(({ movie }) => movie.id);
    expect(order.slice(0, 10).every((id) => id.startsWith('loud'))).toBe(true);
    const score = new Map(items.map((item) => [item.movie.id, item.score]));
    expect(score.get('loud4')).toBeGreaterThan(0.8);
    expect(score.get('quiet3')).toBeLessThan(0.4);
    expect(items[0]!.reasons[0]).toEqual({ kind: 'liked', values: [expect.stringMatching(/^loud/u)] });
  });

  it('a film that nobody rated stands among them', async () => {
    expect((await ask()).items.map(({ movie }) => movie.id)).toContain('unrated');
  });

  it('"not this" moves away from what the same people like, and can be undone', async () => {
    const away = [...opinions, dismissed(numberOf('loud6'))];
    const placeOf = async (more: typeof opinions) =>
      (await ask(more)).items.findIndex(({ movie }) => movie.id.startsWith('quiet'));
    expect(await placeOf(away)).toBeLessThanOrEqual(await placeOf(opinions));
    expect((await ask(away)).items.map(({ movie }) => movie.id)).not.toContain('loud6');
    expect(await ask(away.slice(0, -1))).toEqual(await ask());
  });

  it('a group gets what the least pleased likes', async () => {
    const { recommender } = aWorld(films, model, undefined, taste);
    const loud = { opinions, open: false };
    const quiet = {
      opinions: [gave(numberOf('quiet1'), 5), gave(numberOf('quiet3'), 5), gave(numberOf('loud0'), 1.5)],
      open: false,
    };
    const { items } = await recommender.forGroup({ members: [loud, quiet], filters: {}, count: 5 });
    expect(items).toHaveLength(5);
    for (const { score, mean } of items) expect(score).toBeLessThanOrEqual(mean);
  });

  it('two films are as alike as those who like them make them, the same both ways', async () => {
    const [rated, bare] = [aWorld(films, model, undefined, taste), aWorld(films)];
    const between = async ({ recommender, movies }: typeof rated, a: string, b: string) => {
      const [one, other] = [a, b].map((id) => movies[numberOf(id) - 1]!);
      return (await recommender.similarity(one!, other!)).score;
    };
    expect(await between(rated, 'loud0', 'loud2')).toBeGreaterThan(await between(rated, 'loud0', 'quiet1'));
    expect(await between(rated, 'loud2', 'loud0')).toBe(await between(rated, 'loud0', 'loud2'));
    expect(await between(rated, 'loud0', 'unrated')).toBe(await between(bare, 'loud0', 'unrated'));
  });
});
