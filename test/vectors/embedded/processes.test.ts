import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DamagedDatabase } from '../../../src/store/sqlite.ts';
import { EmbeddedStore, type EmbeddedStoreOptions } from '../../../src/vectors/embedded/embedded-store.ts';
import type { Filter } from '../../../src/vectors/filter.ts';
import { IndexUnavailable } from '../../../src/vectors/vector-index.ts';
import { aRecord, EAST, EAST_WEST, OTHER } from './records.ts';

const SCRIPT = join(import.meta.dirname, 'other-process.ts');

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-vectors-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openStore(
  folder: string,
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<EmbeddedStore> {
  const store = await EmbeddedStore.open({ folder, serve: true, followEvery: 20, ...options });
  onTestFinished(() => store.close());
  return store;
}

const inAnotherProcess = (folder: string, what: string) =>
  promisify(execFile)(process.execPath, [SCRIPT, folder, what]);

async function found(store: EmbeddedStore, filter: Filter = []): Promise<string[]> {
  const index = await store.current();
  return (await index!.query(EAST, { topK: 10, filter })).map(({ id }) => id);
}

describe('the embedded vectors and other processes', () => {
  it('a running process finds, filters and loses what another one writes, changes and deletes', async () => {
    const folder = await aFolder();
    const store = await openStore(folder);
    const index = await store.create(EAST_WEST);
    await index.upsert([aRecord('tt1', 0, { year: 1990 }), aRecord('tt4', 1)]);
    await store.activate(EAST_WEST.id);
    expect(await found(store)).toEqual(['tt1', 'tt4']);
    await inAnotherProcess(folder, 'change');
    await vi.waitFor(async () => expect(await found(store)).toEqual(['tt1', 'tt2', 'tt3']));
    expect(await found(store, [{ field: 'year', atLeast: 2000 }])).toEqual(['tt1']);
  });

  it('a running process counts what another one wrote without waiting for its next look', async () => {
    const folder = await aFolder();
    const store = await openStore(folder, { followEvery: 60_000 });
    const index = await store.create(EAST_WEST);
    await index.upsert([aRecord('tt1', 0), aRecord('tt4', 1)]);
    await store.activate(EAST_WEST.id);
    expect(await found(store)).toEqual(['tt1', 'tt4']);
    await inAnotherProcess(folder, 'change');
    expect(await index.info()).toMatchObject({ count: 3 });
  });

  it('a running process goes over to the index that another one put in use', async () => {
    const folder = await aFolder();
    const store = await openStore(folder);
    await (await store.create(EAST_WEST)).upsert([aRecord('tt1', 0)]);
    await store.activate(EAST_WEST.id);
    expect(await found(store)).toEqual(['tt1']);
    await inAnotherProcess(folder, 'switch');
    await vi.waitFor(async () => expect(await found(store)).toEqual(['tt9']));
    expect((await readdir(folder)).filter((name) => name.endsWith('.db'))).toHaveLength(1);
  });

  it('a process killed while it writes leaves whole batches and an index that opens', async () => {
    const folder = await aFolder();
    const child = spawn(process.execPath, [SCRIPT, folder, 'write for ever'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let batches = 0;
    for await (const chunk of child.stdout) {
      batches += String(chunk).split('\n').length - 1;
      if (batches >= 3) break;
    }
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const index = await (await openStore(folder)).find(EAST_WEST.id);
    const { count } = await index!.info();
    expect(count % 100).toBe(0);
    expect(count).toBeGreaterThanOrEqual(batches * 100);
    expect(await index!.query(EAST, { topK: 10 })).toHaveLength(10);
  });
});

describe('an embedded store that cannot be used', () => {
  it('names the damaged file and leaves it as it is', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'vectors.json'), '{"serial": 1');
    await expect(EmbeddedStore.open({ folder })).rejects.toThrow(/vectors\.json .*left as it is/u);
    await expect(EmbeddedStore.open({ folder })).rejects.toThrow(DamagedDatabase);
  });

  it('has no index where its file is gone, and makes no empty one in its place', async () => {
    const folder = await aFolder();
    await writeFile(
      join(folder, 'vectors.json'),
      '{"serial":1,"embedder":"a-2-b-t1","file":"vectors-abc.db"}',
    );
    expect(await (await openStore(folder)).current()).toBeUndefined();
    expect(await readdir(folder)).toEqual(['vectors.json']);
  });

  it('names the damaged database and leaves it as it is', async () => {
    const folder = await aFolder();
    await writeFile(
      join(folder, 'vectors.json'),
      '{"serial":1,"embedder":"a-2-b-t1","file":"vectors-abc.db"}',
    );
    await writeFile(join(folder, 'vectors-abc.db'), 'no database at all'.repeat(100));
    await expect(EmbeddedStore.open({ folder })).rejects.toThrow(/vectors-abc\.db is not .*left as it is/u);
  });

  it('never puts back in use what another process has deleted', async () => {
    const folder = await aFolder();
    const [store, another] = [
      await openStore(folder, { serve: false }),
      await openStore(folder, { serve: false }),
    ];
    await store.create(EAST_WEST);
    await store.activate(EAST_WEST.id);
    await another.create(OTHER);
    await another.activate(OTHER.id);
    await expect(store.activate(EAST_WEST.id)).rejects.toThrow(EAST_WEST.id);
    expect((await (await store.current())!.info()).embedder).toBe(OTHER.id);
  });

  it('goes on with the index in use where the next one cannot be opened, and tells why', async () => {
    const folder = await aFolder();
    const errors: unknown[] = [];
    const store = await openStore(folder, { onError: (error) => errors.push(error) });
    await (await store.create(EAST_WEST)).upsert([aRecord('tt1', 0)]);
    await store.activate(EAST_WEST.id);
    await writeFile(join(folder, 'vectors.json'), 'nothing of the kind');
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0));
    expect(await found(store)).toEqual(['tt1']);
  });

  it('says that the index is unavailable once it is closed', async () => {
    const store = await EmbeddedStore.open({ folder: await aFolder() });
    const index = await store.create(OTHER);
    await store.close();
    await expect(index.fetch(['tt1'])).rejects.toThrow(IndexUnavailable);
    await expect(index.query(EAST, { topK: 1 })).rejects.toThrow(IndexUnavailable);
  });
});
