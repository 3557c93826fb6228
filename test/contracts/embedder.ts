import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.ts';

const HEIST = 'A crew of thieves plans one last robbery of a bank vault.';
const SPACE = 'Astronauts aboard a spaceship are hunted by an alien creature.';

/**
 * What every {@link Embedder} promises; call it once per implementation.
 *
 * @param open Gives a ready embedder. It is called anew for each test.
 */
export function embedderContract(name: string, open: () => Promise<Embedder>): void {
  describe(`${name}, as an embedder`, () => {
    it('names itself by words joined with hyphens, its dimensions among them', async () => {
      const embedder = await open();
      expect(embedder.id).toMatch(/^[\w.]+(-[\w.]+)+$/);
      expect(embedder.id.split('-')).toContain(String(embedder.dimensions));
    });

    it('has the same id each time it is opened', async () => {
      expect((await open()).id).toBe((await open()).id);
    });

    it('gives vectors of its dimensions and unit length', async () => {
      const embedder = await open();
      for (const vector of await embedder.embed([HEIST, SPACE], { task: 'document' })) {
        expect(vector).toHaveLength(embedder.dimensions);
        expect(Math.hypot(...vector!)).toBeCloseTo(1, 4);
      }
    });

    it('gives the same vector for the same text', async () => {
      const [first] = await (await open()).embed([HEIST], { task: 'document' });
      const [again] = await (await open()).embed([HEIST], { task: 'document' });
      expect(again).toEqual(first);
    });

    it('keeps the order of the texts', async () => {
      const embedder = await open();
      const [heist, space] = await embedder.embed([HEIST, SPACE], { task: 'document' });
      const turned = await embedder.embed([SPACE, HEIST], { task: 'document' });
      expect(heist).not.toEqual(space);
      expect(turned).toEqual([space, heist]);
    });

    it('embeds queries in the space of the documents', async () => {
      const embedder = await open();
      const [query] = await embedder.embed([HEIST], { task: 'query' });
      expect(query).toHaveLength(embedder.dimensions);
    });

    it('answers no texts with no vectors', async () => {
      expect(await (await open()).embed([], { task: 'document' })).toEqual([]);
    });

    it('answers an empty text with no vector or a unit vector, never with zeros', async () => {
      const vectors = await (await open()).embed(['', HEIST], { task: 'document' });
      expect(vectors).toHaveLength(2);
      if (vectors[0]) expect(Math.hypot(...vectors[0])).toBeCloseTo(1, 4);
    });

    it('rejects with the reason of a signal that is already aborted', async () => {
      const embedder = await open();
      const reason = new Error('the person left');
      const embedding = embedder.embed([HEIST], { task: 'query', signal: AbortSignal.abort(reason) });
      await expect(embedding).rejects.toThrow('the person left');
    });

    it('gives a share of known words between 0 and 1, where it gives one', async () => {
      const embedder = await open();
      const share = embedder.knownShare?.(`${HEIST} qwxzzy`) ?? 1;
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    });
  });
}
