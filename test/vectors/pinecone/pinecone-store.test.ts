import { describe, expect, it, vi } from 'vitest';
import { RefusedCredential } from '../../../src/errors.ts';
import { IndexUnavailable } from '../../../src/vectors/vector-index.ts';
import { aLog, aPinecone, aRecord, OTHER, openStore, WIDE, WORDS } from './setup.ts';

describe('a Pinecone store', () => {
  it('makes the serverless index when it is missing, and waits until it is ready', async () => {
    const fake = await aPinecone();
    fake.looksUntilReady = 1;
    const store = await openStore(fake, { config: { cloud: 'gcp', region: 'europe-west4' } });
    expect(await store.current()).toBeUndefined();
    await store.create(WORDS);
    expect(fake.indexes.get('kindred')).toMatchObject({
      dimension: 4,
      metric: 'cosine',
      deployment: { deployment_type: 'managed', cloud: 'gcp', region: 'europe-west4' },
    });
  });

  it('keeps the first vectors in the namespace of the settings', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake, { config: { namespace: 'films' } });
    await (await store.create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    expect([...fake.vectors('kindred', 'films').keys()]).toEqual(['tt1']);
  });

  it.each([
    ['names no address', { host: null }],
    ['names no address that is a text', { host: 5 }],
    ['tells no state', { status: null }],
  ])('takes it for no answer where the controller %s, and asks again', async (_, wrong) => {
    const fake = await aPinecone();
    fake.makeIndex('kindred', 4);
    const sound = {
      name: 'kindred',
      host: `${fake.url}/data/kindred`,
      status: { ready: true, state: 'Ready' },
      schema: { fields: { _values: { type: 'dense_vector', dimension: 4, metric: 'cosine' } } },
    };
    const fault = { status: 200, body: { ...sound, ...wrong } };
    fake.fail(fault, { path: /^\/indexes/u, times: 1 });
    const store = await openStore(fake);
    expect(fake.asked.filter(({ path }) => path === '/indexes/kindred')).toHaveLength(2);
    await store.create(WORDS);
    fake.fail(fault, { path: /^\/indexes/u });
    await expect(openStore(fake)).rejects.toThrow(
      new IndexUnavailable('Pinecone does not answer: Pinecone answered with what is no answer'),
    );
  });

  it('leaves alone what others keep in that namespace', async () => {
    const fake = await aPinecone();
    fake.makeIndex('kindred', 4).namespaces.set('__default__', new Map([['theirs', THEIRS]]));
    const store = await openStore(fake);
    await (await store.create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await store.activate(WORDS.id);
    await store.create(OTHER);
    await store.activate(OTHER.id);
    expect([...fake.vectors('kindred').keys()]).toEqual(['theirs']);
  });

  it('switches to another embedder in one step and deletes the vectors of the old', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake);
    await (await store.create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await store.activate(WORDS.id);
    const next = await store.create(OTHER);
    await next.upsert([aRecord('tt2', [0, 1, 0, 0])]);
    expect((await store.current())?.generation.embedder).toBe(WORDS.id);
    await store.activate(OTHER.id);
    expect((await store.current())?.generation.embedder).toBe(OTHER.id);
    expect(await store.find(WORDS.id)).toBeUndefined();
    expect(fake.vectors('kindred').size).toBe(0);
  });

  it('says that it waits before it deletes the vectors of the old', async () => {
    const fake = await aPinecone();
    const { log, lines } = aLog();
    const store = await openStore(fake, { log });
    await store.create(WORDS);
    await store.activate(WORDS.id);
    await store.create(OTHER);
    lines.length = 0;
    await store.activate(OTHER.id);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the new vectors are in use; the old ones are deleted when every bot has had the time to notice',
    ]);
    await store.activate(OTHER.id);
    expect(lines).toHaveLength(1);
  });

  it('keeps the old vectors where another process puts them in use again before they go', async () => {
    const fake = await aPinecone();
    const job = await openStore(fake);
    await (await job.create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await job.activate(WORDS.id);
    const switching = await openStore(fake, { grace: 500 });
    await switching.create(OTHER);
    const switched = switching.activate(OTHER.id);
    await vi.waitFor(async () => expect((await job.current())?.generation.embedder).toBe(OTHER.id));
    await job.activate(WORDS.id);
    await switched;
    const current = await job.current();
    expect(current?.generation.embedder).toBe(WORDS.id);
    expect((await current?.info())?.count).toBe(1);
    expect(await job.find(OTHER.id)).toBeUndefined();
  });

  it('keeps vectors of another dimension in an index of their own, and deletes it when they are no longer used', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake);
    await (await store.create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await store.activate(WORDS.id);
    await (await store.create(WIDE)).upsert([aRecord('tt1', [1, 0, 0, 0, 0, 0, 0, 0])]);
    await store.activate(WIDE.id);
    expect(fake.vectors('kindred-8').size).toBe(1);
    expect(fake.vectors('kindred').size).toBe(0);
    await (await store.create(OTHER)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await store.activate(OTHER.id);
    expect([...fake.indexes.keys()]).toEqual(['kindred']);
  });

  it('finds an index under construction again after a kill', async () => {
    const fake = await aPinecone();
    await (await (await openStore(fake)).create(WORDS)).upsert([aRecord('tt1', [1, 0, 0, 0])]);
    const found = await (await openStore(fake)).create(WORDS);
    expect((await found.info()).count).toBe(1);
  });

  it('tells a running process within its next look that another index is in use', async () => {
    const fake = await aPinecone();
    const running = await openStore(fake, { serve: true });
    expect(await running.current()).toBeUndefined();
    const indexing = await openStore(fake);
    await indexing.create(WORDS);
    await indexing.activate(WORDS.id);
    await vi.waitFor(async () => expect((await running.current())?.generation.embedder).toBe(WORDS.id));
  });

  it('notices that the Pinecone index was deleted and made anew, for another embedder', async () => {
    const fake = await aPinecone();
    const first = await openStore(fake);
    await first.create(WORDS);
    await first.activate(WORDS.id);
    const running = await openStore(fake, { serve: true });
    expect((await running.current())?.generation.embedder).toBe(WORDS.id);
    fake.indexes.delete('kindred');
    const anew = await openStore(fake);
    await anew.create(OTHER);
    await anew.activate(OTHER.id);
    await vi.waitFor(async () => expect((await running.current())?.generation.embedder).toBe(OTHER.id));
  });

  it('gives up opening when it is told to', async () => {
    const fake = await aPinecone();
    fake.fail('silence');
    const leaving = new AbortController();
    const opening = openStore(fake, { serve: true, signal: leaving.signal });
    leaving.abort(new Error('stopped'));
    await expect(opening).rejects.toThrow('stopped');
  });

  it('gives up what a job waits for when that is told to stop', async () => {
    const fake = await aPinecone();
    const leaving = new AbortController();
    const store = await openStore(fake, { signal: leaving.signal });
    fake.fail('silence');
    const asked = fake.count;
    await Promise.all([
      expect(store.current()).rejects.toThrow('stopped'),
      vi.waitFor(() => expect(fake.count).toBe(asked + 1)).then(() => leaving.abort(new Error('stopped'))),
    ]);
  });

  it('waits until what it wrote can be seen', async () => {
    const fake = await aPinecone();
    fake.readsUntilSeen = 3;
    const store = await openStore(fake);
    await store.create(WORDS);
    await store.activate(WORDS.id);
    expect((await store.current())?.generation.embedder).toBe(WORDS.id);
  });
});

describe('what is wrong with Pinecone, in words', () => {
  it('names the variable of a wrong key at once', async () => {
    const fake = await aPinecone();
    const opening = openStore(fake, { serve: true, config: { apiKey: 'wrong' } });
    await expect(opening).rejects.toThrow(new RefusedCredential('PINECONE_API_KEY'));
  });

  it('tells an index that is not there from an empty one and a full one', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake);
    expect(await store.status()).toBe('Pinecone has no index "kindred" yet: "npm run index" makes it');
    const index = await store.create(WORDS);
    expect(await store.status()).toContain('is there and holds no vectors of Kindred');
    await index.upsert([aRecord('tt1', [1, 0, 0, 0])]);
    await store.activate(WORDS.id);
    expect(await store.status()).toContain('holds 1 vectors of 4 dimensions');
  });

  it('names both dimensions where the index was made anew with another one', async () => {
    const fake = await aPinecone();
    const store = await openStore(fake);
    await store.create(WIDE);
    await store.activate(WIDE.id);
    const { namespaces } = fake.indexes.get('kindred')!;
    fake.makeIndex('kindred', 4).namespaces.set('kindred-index', namespaces.get('kindred-index')!);
    await expect(openStore(fake)).rejects.toThrow(
      /has 4 dimensions, the vectors of "wide-8-cccc-t1" have 8/u,
    );
  });

  it('says what Pinecone says where it makes no further index', async () => {
    const fake = await aPinecone();
    fake.fail(
      { status: 403, body: { error: { message: 'You have reached the max serverless indexes' } } },
      { path: /^\/indexes$/u },
    );
    const store = await openStore(fake);
    await expect(store.create(WORDS)).rejects.toThrow(
      /does not make the index "kindred".*max serverless indexes/u,
    );
  });

  it('leaves Pinecone alone while it refuses the key of a running bot, and says so once', async () => {
    const fake = await aPinecone();
    const { log, lines } = aLog();
    const store = await openStore(fake, { serve: true, log, followEvery: 60_000, guard: { failures: 3 } });
    const index = await store.create(WORDS);
    fake.fail({ status: 401, body: 'Invalid API Key' });
    lines.length = 0;
    const asked = fake.count;
    for (let i = 0; i < 20; i++) await expect(index.fetch(['tt1'])).rejects.toThrow(IndexUnavailable);
    expect(fake.count - asked).toBe(3);
    expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining('left alone')]);
  });

  it('starts although Pinecone is down, says so once, and recovers by itself', async () => {
    const fake = await aPinecone();
    const indexing = await openStore(fake);
    await indexing.create(WORDS);
    await indexing.activate(WORDS.id);
    fake.fail({ status: 503, body: '<html>' });
    const { log, lines } = aLog();
    const store = await openStore(fake, { serve: true, log, guard: { failures: 3, rest: 30 } });
    await expect(store.current()).rejects.toThrow(IndexUnavailable);
    const asked = fake.count;
    for (let i = 0; i < 50; i++) await store.current().catch(() => {});
    expect(fake.count - asked).toBeLessThan(10);
    fake.recover();
    await vi.waitFor(async () => expect(await store.current()).toBeDefined());
    expect(lines.map(({ msg }) => msg)).toEqual([
      expect.stringContaining('left alone'),
      expect.stringContaining('trying again in the background'),
      'Pinecone answers again',
    ]);
  });
});

const THEIRS = { id: 'theirs', values: [1, 1, 1, 1], metadata: {} };
