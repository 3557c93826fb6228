import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse(aReadyFolder);
}, 60_000);
afterAll(() => house.close());

async function ask(body: unknown, headers: Record<string, string> = {}) {
  const response = await house.app().request('/api/v1/foryou', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

interface Result {
  readonly movie: { readonly id: string; readonly year: number };
  readonly reasons: readonly { readonly kind: string }[];
}

const ALIEN = 'tt0078748';

describe('films for somebody, over REST', () => {
  it('come from the ratings in the request, and none of those is among them', async () => {
    const ratings = [{ id: ALIEN, stars: 5 }, { id: 'tt1375666', stars: 4 }, { id: 'tt0113277' }];
    const { status, body } = await ask({ ratings, limit: 10, from: 1980 });
    expect(status).toBe(200);
    const results = body.results as Result[];
    expect(results).toHaveLength(10);
    expect(results.every(({ movie }) => movie.year >= 1980)).toBe(true);
    expect(results.map(({ movie }) => movie.id)).not.toContain(ratings[1]!.id);
    expect(results[0]?.reasons.some(({ kind }) => kind === 'liked')).toBe(true);
    expect(body.sureness).toEqual({ ratings: 2, level: 'guess' });
  });

  it('are named in the reader’s language, as on every page', async () => {
    const ratings = ['tt1345836', 'tt0945513'].map((id) => ({ id, stars: 5 }));
    const { body } = await ask({ ratings, limit: 20 }, { 'accept-language': 'es' });
    expect(body.results).toContainEqual(
      expect.objectContaining({ label: 'Origen', movie: expect.objectContaining({ title: 'Inception' }) }),
    );
  });

  it('move away from what gets "not this"', async () => {
    const first = (await ask({ ratings: [{ id: ALIEN, stars: 5 }] })).body.results as Result[];
    const top = first[0]!.movie.id;
    const next = await ask({
      ratings: [
        { id: top, notThis: true },
        { id: ALIEN, stars: 5 },
      ],
    });
    expect((next.body.results as Result[]).map(({ movie }) => movie.id)).not.toContain(top);
  });

  it('leave nothing behind', async () => {
    await ask({ ratings: [{ id: ALIEN, stars: 5 }] });
    for await (const star of house.core.opinions.stars()) expect(star).toBeUndefined();
  });

  it('take a film that is not in the catalogue for nothing said', async () => {
    const { status, body } = await ask({ ratings: [{ id: 'tt9999999', stars: 5 }] });
    expect(status).toBe(200);
    expect(body.sureness).toEqual({ ratings: 0, level: 'nothing' });
  });

  it.each([
    [{}, 'ratings'],
    [{ ratings: [] }, 'ratings'],
    [{ ratings: [{ id: ALIEN, stars: 5.5 }] }, 'ratings'],
    [{ ratings: [{ id: ALIEN, stars: 3.3 }] }, 'ratings'],
    [{ ratings: [{ id: ALIEN, stars: 'five' }] }, 'ratings'],
    [{ ratings: [{ id: ALIEN }], genre: 'spaghetti' }, 'genre'],
  ])('name the parameter that is wrong: %j', async (body, parameter) => {
    expect(await ask(body)).toMatchObject({ status: 400, body: { parameter } });
  });
});
