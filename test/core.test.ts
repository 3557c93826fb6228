import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type Core, openCore } from '../src/core.ts';
import { acquireLock } from '../src/store/lock.ts';
import { EmbedderUnavailable } from '../src/vectors/vector-store.ts';
import { FakeGemini, GEMINI_KEY, quotaExceeded, said } from './fakes/gemini.ts';
import { PINECONE_KEY } from './fakes/pinecone.ts';
import { aLog, aPinecone, openStore, WORDS } from './vectors/pinecone/setup.ts';

const root = mkdtempSync(join(tmpdir(), 'kindred-core-'));
const ready = join(root, 'ready');
afterAll(() => rmSync(root, { recursive: true }));
// One first start for all: the tests work on copies of what it made.
beforeAll(async () => {
  const { log } = aLog();
  await (await openCore({ config: readConfig({ DATA_DIR: ready }), log })).close();
}, 60_000);

function aFolder(): string {
  const folder = mkdtempSync(join(root, 'copy-'));
  cpSync(ready, folder, { recursive: true });
  return folder;
}

async function aGemini() {
  const fake = await FakeGemini.start();
  onTestFinished(() => fake.stop());
  const env = { GEMINI_API_KEY: GEMINI_KEY, GEMINI_API_URL: fake.url, GEMINI_EMBEDDING_DIMENSIONS: '128' };
  return { fake, env };
}

async function open(folder: string, env: Record<string, string> = {}) {
  const { log, lines } = aLog();
  const core = await openCore({ config: readConfig({ DATA_DIR: folder, ...env }), log });
  onTestFinished(() => core.close());
  return { core, lines };
}

const embedderOf = async ({ vectors }: Core) => (await (await vectors.current())?.info())?.embedder;

describe('a start with Gemini', () => {
  it('answers from the built-in index at once and goes over to Gemini when that index is whole', async () => {
    const { fake, env } = await aGemini();
    const folder = aFolder();
    rmSync(join(folder, 'vectors'), { recursive: true });
    fake.latency = 50;
    const { core } = await open(folder, env);
    await core.check();
    expect(await embedderOf(core)).toMatch(/^words-/u);
    fake.latency = 0;
    await vi.waitFor(async () => expect(await embedderOf(core)).toMatch(/^gemini-/u), 30_000);
    await core.check();
  }, 60_000);

  it.each([
    ['the quota of the day is used up', quotaExceeded('40s', 'EmbedContentRequestsPerDayPerProject')],
    ['Gemini is down', said(503, 'overloaded')],
  ])('answers from the index that there is where %s, and stops when it is told to', async (_, fault) => {
    const { fake, env } = await aGemini();
    fake.fail(fault);
    const { core } = await open(aFolder(), env);
    await core.check();
    expect(await embedderOf(core)).toMatch(/^words-/u);
    await core.close();
  });

  it('ends with the reason of the signal while Gemini keeps it waiting', async () => {
    const { fake, env } = await aGemini();
    fake.fail('silence');
    const leaving = new AbortController();
    const config = readConfig({ DATA_DIR: aFolder(), ...env });
    const opening = openCore({ config, log: aLog().log, signal: leaving.signal });
    await Promise.all([
      expect(opening).rejects.toThrow('stopped'),
      vi.waitFor(() => expect(fake.count).toBe(1)).then(() => leaving.abort(new Error('stopped'))),
    ]);
  });
});

describe('a start beside another process', () => {
  it('waits for the index that the other one is making', async () => {
    const folder = aFolder();
    rmSync(join(folder, 'vectors'), { recursive: true });
    const release = acquireLock(join(folder, 'index.lock'));
    onTestFinished(release);
    const { log, lines } = aLog();
    const opening = openCore({ config: readConfig({ DATA_DIR: folder }), log });
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    cpSync(join(ready, 'vectors'), join(folder, 'vectors'), { recursive: true });
    const core = await opening;
    onTestFinished(() => core.close());
    await core.check();
    expect(lines.map(({ msg }) => msg)).toEqual(['another process is making the vector index']);
  }, 30_000);
});

describe('an index whose embedder is gone', () => {
  it('is refused by name', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake);
    await store.create(WORDS);
    await store.activate(WORDS.id);
    const opening = open(aFolder(), { PINECONE_API_KEY: PINECONE_KEY, PINECONE_CONTROLLER_URL: fake.url });
    await expect(opening).rejects.toThrow(EmbedderUnavailable);
    await expect(opening).rejects.toThrow(WORDS.id);
  });
});

describe('damaged embedded vectors beside Pinecone', () => {
  it('are a warning in the log and keep nobody from starting', async () => {
    const fake = await aPinecone();
    fake.fail({ status: 503, body: 'down' });
    const folder = aFolder();
    writeFileSync(join(folder, 'vectors', 'vectors.json'), '{"serial": 1');
    const { core, lines } = await open(folder, {
      PINECONE_API_KEY: PINECONE_KEY,
      PINECONE_CONTROLLER_URL: fake.url,
    });
    expect(await core.titles.resolve('Metropolis (1927)')).toMatchObject({ outcome: 'match' });
    expect(lines.filter(({ msg }) => msg.includes('embedded vectors'))).toMatchObject([{ level: 40 }]);
  });
});
