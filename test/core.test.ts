import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../src/catalogue/sql/sql-catalogue.ts';
import { readConfig } from '../src/config.ts';
import { type Core, openCore } from '../src/core.ts';
import { acquireLock } from '../src/store/lock.ts';
import { EmbedderUnavailable } from '../src/vectors/vector-store.ts';
import { FakeGemini, GEMINI_KEY, quotaExceeded, said } from './fakes/gemini.ts';
import { PINECONE_KEY } from './fakes/pinecone.ts';
import { aReadyFolder } from './fixtures/ready-folder.ts';
import { aRecord } from './fixtures/records.ts';
import { aLog, aPinecone, openStore, WORDS } from './vectors/pinecone/setup.ts';

const root = mkdtempSync(join(tmpdir(), 'kindred-core-'));
afterAll(() => rmSync(root, { recursive: true }));

const aFolder = () => aReadyFolder(mkdtempSync(join(root, 'copy-')));

async function aGemini() {
  const fake = await FakeGemini.start();
  onTestFinished(() => fake.stop());
  const env = { GEMINI_API_KEY: GEMINI_KEY, GEMINI_API_URL: fake.url, GEMINI_EMBEDDING_DIMENSIONS: '128' };
  return { fake, env };
}

async function open(folder: string, env: Record<string, string> = {}) {
  const { log, lines } = aLog();
  const notes: string[] = [];
  const core = await openCore({
    config: readConfig({ DATA_DIR: folder, ...env }),
    log,
    onProgress: (note) => notes.push(note),
  });
  onTestFinished(() => core.close());
  return { core, lines, notes };
}

const embedderOf = async ({ vectors }: Core) => (await (await vectors.current())?.info())?.embedder;

describe('a start with Gemini', () => {
  it('answers from the built-in index at once and goes over to Gemini when that index is whole', async () => {
    const { fake, env } = await aGemini();
    const folder = await aFolder();
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
    const { core } = await open(await aFolder(), env);
    await core.check();
    expect(await embedderOf(core)).toMatch(/^words-/u);
    await core.close();
  });

  it('ends with the reason of the signal while Gemini keeps it waiting', async () => {
    const { fake, env } = await aGemini();
    fake.fail('silence');
    const leaving = new AbortController();
    const config = readConfig({ DATA_DIR: await aFolder(), ...env });
    const opening = openCore({ config, log: aLog().log, signal: leaving.signal });
    await Promise.all([
      expect(opening).rejects.toThrow('stopped'),
      vi.waitFor(() => expect(fake.count).toBe(1)).then(() => leaving.abort(new Error('stopped'))),
    ]);
  });
});

describe('a start beside another process', () => {
  it('waits for the index that the other one is making', async () => {
    const folder = await aFolder();
    renameSync(join(folder, 'vectors'), join(folder, 'hidden'));
    const release = acquireLock(join(folder, 'index.lock'));
    onTestFinished(release);
    const { log, lines } = aLog();
    const opening = openCore({ config: readConfig({ DATA_DIR: folder }), log });
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    renameSync(join(folder, 'hidden'), join(folder, 'vectors'));
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
    const opening = open(await aFolder(), {
      PINECONE_API_KEY: PINECONE_KEY,
      PINECONE_CONTROLLER_URL: fake.url,
    });
    await expect(opening).rejects.toThrow(EmbedderUnavailable);
    await expect(opening).rejects.toThrow(WORDS.id);
  });
});

describe('damaged embedded vectors beside Pinecone', () => {
  it('are a warning in the log and keep nobody from starting', async () => {
    const fake = await aPinecone();
    fake.fail({ status: 503, body: 'down' });
    const folder = await aFolder();
    writeFileSync(join(folder, 'vectors', 'vectors.json'), '{"serial": 1');
    const { core, lines } = await open(folder, {
      PINECONE_API_KEY: PINECONE_KEY,
      PINECONE_CONTROLLER_URL: fake.url,
    });
    expect(await core.titles.resolve('Metropolis (1927)')).toMatchObject({ outcome: 'match' });
    expect(lines.filter(({ msg }) => msg.includes('embedded vectors'))).toMatchObject([{ level: 40 }]);
  });
});

describe('a first start on a large catalogue', () => {
  it('keeps what "npm run index" learned of its genres, and says that its vectors are to be made', async () => {
    const folder = mkdtempSync(join(root, 'large-'));
    const database = await openDatabase(join(folder, 'kindred.db'));
    const many = Array.from({ length: 5001 }, (_, i) =>
      aRecord({
        title: `Film ${i}`,
        ids: { imdb: `tt${1_000_000 + i}` },
        overview: 'A keeper counts his sheep.',
      }),
    );
    await new SqlCatalogue(database).upsert(many);
    await database.close();
    const learned = join(folder, 'genres.json');
    writeFileSync(learned, 'as it was learned');
    const { core, notes } = await open(folder);
    expect(notes.at(-1)).toContain('run "npm run index"');
    expect((await core.catalogue.stats()).described).toBeGreaterThan(5001);
    expect(readFileSync(learned, 'utf8')).toBe('as it was learned');
  });
});
