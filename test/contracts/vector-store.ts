import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VectorRecord } from '../../src/vectors/vector-index.ts';
import { EmbedderUnavailable, embedderOf, type VectorStore } from '../../src/vectors/vector-store.ts';

export interface StoresUnderTest {
  readonly store: VectorStore;
  /** The same place, seen from another process. */
  readonly openAnother: () => Promise<VectorStore>;
  readonly settled?: () => Promise<void>;
  /** Closes every store that was opened, and cleans the place up. */
  readonly close: () => Promise<void>;
}

const OLD = { id: 'old-2-a-t1', dimensions: 2 };
const NEW = { id: 'new-3-b-t1', dimensions: 3 };

function record(id: string, dimensions: number): VectorRecord {
  const values = new Float32Array(dimensions);
  values[0] = 1;
  return { id, values, metadata: { kind: 'movie', adult: false }, textHash: `text of ${id}` };
}

/** What every {@link VectorStore} promises; call it once per implementation, with an empty place for each test. */
export function vectorStoreContract(name: string, open: () => Promise<StoresUnderTest>): void {
  describe(`${name}, as a vector store`, () => {
    let under: StoresUnderTest;
    let store: VectorStore;
    const embedderInUse = async (of: VectorStore) => (await (await of.current())?.info())?.embedder;

    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.close());

    it('has no index before one was made', async () => {
      expect(await store.current()).toBeUndefined();
      expect(await store.find(OLD.id)).toBeUndefined();
    });

    it('puts an index in use only when it is told to', async () => {
      await store.create(OLD);
      expect(await store.current()).toBeUndefined();
      await store.activate(OLD.id);
      expect(await embedderInUse(store)).toBe(OLD.id);
    });

    it('goes on with an index under construction where it was left', async () => {
      const index = await store.create(OLD);
      await index.upsert([record('tt1', 2)]);
      await under.settled?.();
      const another = await under.openAnother();
      expect((await (await another.find(OLD.id))?.info())?.count).toBe(1);
      expect((await (await another.create(OLD)).info()).count).toBe(1);
    });

    it('keeps answering from the index in use while another one is made', async () => {
      await (await store.create(OLD)).upsert([record('tt1', 2)]);
      await store.activate(OLD.id);
      await (await store.create(NEW)).upsert([record('tt1', 3), record('tt2', 3)]);
      await under.settled?.();
      const found = await (await store.current())?.query(Float32Array.of(1, 0), { topK: 5 });
      expect(found?.map(({ id }) => id)).toEqual(['tt1']);
    });

    it('switches in one step and deletes the index that was in use', async () => {
      await (await store.create(OLD)).upsert([record('tt1', 2)]);
      await store.activate(OLD.id);
      await (await store.create(NEW)).upsert([record('tt1', 3)]);
      await store.activate(NEW.id);
      await under.settled?.();
      expect(await embedderInUse(store)).toBe(NEW.id);
      expect(await store.find(OLD.id)).toBeUndefined();
    });

    it('begins empty where an embedder comes back after its index was deleted', async () => {
      await (await store.create(OLD)).upsert([record('tt1', 2)]);
      await store.activate(OLD.id);
      await store.create(NEW);
      await store.activate(NEW.id);
      await under.settled?.();
      expect((await (await store.create(OLD)).info()).count).toBe(0);
    });

    it('does not mind being told twice, and refuses an embedder without an index', async () => {
      await store.create(OLD);
      await store.activate(OLD.id);
      await store.activate(OLD.id);
      await expect(store.activate(NEW.id)).rejects.toThrow(NEW.id);
      expect(await embedderInUse(store)).toBe(OLD.id);
    });

    it('notices the index that another process put in use', async () => {
      await store.create(OLD);
      await store.activate(OLD.id);
      const another = await under.openAnother();
      expect(await embedderInUse(another)).toBe(OLD.id);
      await store.create(NEW);
      await store.activate(NEW.id);
      await vi.waitFor(async () => expect(await embedderInUse(another)).toBe(NEW.id), 5000);
    });

    it('lets an answer under way finish with the index it began with', async () => {
      const before = await store.create(OLD);
      await before.upsert([record('tt1', 2)]);
      await store.activate(OLD.id);
      await under.settled?.();
      const inUse = await store.current();
      await store.create(NEW);
      await store.activate(NEW.id);
      await expect(inUse?.query(Float32Array.of(1, 0), { topK: 1 })).resolves.toBeDefined();
    });

    it('names an embedder that is not available', async () => {
      const index = await store.create(OLD);
      expect(await embedderOf(index, [NEW, OLD])).toBe(OLD);
      await expect(embedderOf(index, [NEW])).rejects.toThrow(EmbedderUnavailable);
      await expect(embedderOf(index, [NEW])).rejects.toThrow(OLD.id);
    });
  });
}
