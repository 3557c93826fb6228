import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openBuiltInEmbedder } from '../../src/embedding/built-in.ts';
import { dot } from '../../src/embedding/words/vector.ts';
import { embedderContract } from '../contracts/embedder.ts';

const SHIPPED = fileURLToPath(new URL('../../data/words.bin', import.meta.url));
const open = () => openBuiltInEmbedder(SHIPPED);

embedderContract('the built-in embedder', open);

/** Cosine similarity of two texts. */
async function likeness(first: string, second: string): Promise<number> {
  const [a, b] = await (await open()).embed([first, second], { task: 'document' });
  return dot(a!, b!);
}

describe('the shipped word vectors', () => {
  it('are at most 5 MB', async () => {
    expect((await stat(SHIPPED)).size).toBeLessThanOrEqual(5_000_000);
  });

  it('put like stories nearer than unlike ones', async () => {
    const alien = 'A spaceship crew is stalked by a deadly extraterrestrial creature.';
    const thing = 'Astronauts on a distant planet fight a monster from outer space.';
    const wedding = 'Two sisters plan a wedding and fall in love with the same charming man.';
    expect(await likeness(alien, thing)).toBeGreaterThan((await likeness(alien, wedding)) + 0.3);
  });

  it('put neighbouring words nearer than strange ones', async () => {
    expect(await likeness('vampire', 'werewolf')).toBeGreaterThan(await likeness('vampire', 'baseball'));
    expect(await likeness('heist', 'robbery')).toBeGreaterThan(await likeness('heist', 'wedding'));
  });

  it('treat case, accents and plurals as the same words', async () => {
    expect(await likeness('Dreams of VAMPIRES', 'dream vampíre')).toBeCloseTo(1, 5);
  });
});

describe('the built-in embedder', () => {
  it('has an id of name, dimensions, weights and text recipe', async () => {
    const { id, dimensions } = await open();
    expect(id).toMatch(new RegExp(`^words-${dimensions}-[0-9a-f]{12}-t1$`));
  });

  it('has no vector for words it does not know', async () => {
    const embedder = await open();
    expect(await embedder.embed(['', 'zyzzyva qwxzzy'], { task: 'query' })).toEqual([undefined, undefined]);
    expect(embedder.knownShare?.('zyzzyva vampire')).toBe(0.5);
  });

  it('lets others run during a long embed, and stops when told so by one of them', async () => {
    const embedder = await open();
    const controller = new AbortController();
    const texts = Array<string>(20_000).fill('A vampire falls in love with a detective in a haunted town.');
    const embedding = embedder.embed(texts, { task: 'document', signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(embedding).rejects.toThrow('enough');
  });
});
