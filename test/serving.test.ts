import { expect, it, vi } from 'vitest';
import type { MovieId } from '../src/catalogue/movie.ts';
import { SHIPPED } from '../src/paths.ts';
import type { FeatureTable } from '../src/recommender/features.ts';
import { readWeights } from '../src/recommender/model.ts';
import { servingFrom } from '../src/serving.ts';
import type { VectorIndex } from '../src/vectors/vector-index.ts';
import type { VectorStore } from '../src/vectors/vector-store.ts';

const A_MINUTE = 60_000;

/** An index of `count` vectors: the first 100 point one way, all others another, so two of a kind have the cosine 1. */
function anIndex() {
  const ids = Array.from({ length: 200 }, (_, index) => `tt${index}`);
  const state = { count: 0, measured: 0, isDown: false };
  const vectorOf = (id: MovieId) => Float32Array.from(ids.indexOf(id) < 100 ? [1, 0] : [0, 1]);
  const index = {
    info: async () => {
      if (state.isDown) throw new Error('down');
      return { embedder: 'e', dimensions: 2, count: state.count };
    },
    fetch: async (wanted: readonly MovieId[]) => {
      state.measured++;
      const held = new Set(ids.slice(0, state.count));
      return new Map(wanted.filter((id) => held.has(id)).map((id) => [id, vectorOf(id)]));
    },
  };
  const clock = { now: 0 };
  const open = async () =>
    servingFrom(
      {
        vectors: { current: async () => index as unknown as VectorIndex } as unknown as VectorStore,
        embedders: [{ id: 'e', dimensions: 2, embed: async () => [] }],
        features: { ids: () => ids } as unknown as FeatureTable,
        weights: await readWeights(SHIPPED.ranking),
      },
      () => clock.now,
    );
  return { state, clock, open };
}

it('measures an index anew that another process fills, and answers meanwhile as before', async () => {
  const { state, clock, open } = anIndex();
  state.count = 100;
  const serving = await open();
  const mean = async () => (await serving()).model.cosine.mean;
  expect(await mean()).toBe(1);
  state.count = 200;
  expect(await mean()).toBe(1);
  clock.now += A_MINUTE;
  expect(await mean()).toBe(1);
  await vi.waitFor(async () => expect(await mean()).toBeCloseTo(0.5, 2));
});

it('goes on as it measured an index that hardly grew, or that cannot be asked', async () => {
  const { state, clock, open } = anIndex();
  state.count = 100;
  const serving = await open();
  const before = await serving();
  state.count = 104;
  clock.now += A_MINUTE;
  await serving();
  state.isDown = true;
  clock.now += A_MINUTE;
  await serving();
  await new Promise(setImmediate);
  expect(await serving()).toBe(before);
  expect(state.measured).toBe(1);
});
