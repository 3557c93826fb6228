import { describe, expect, it } from 'vitest';
import { FAR_AWAY } from '../../../src/ingest/index-movies.ts';
import type { Patience } from '../../../src/resilience.ts';
import { metadataHash, passes } from '../../../src/vectors/filter.ts';
import type { PineconeIndex } from '../../../src/vectors/pinecone/pinecone-index.ts';
import { IndexUnavailable } from '../../../src/vectors/vector-index.ts';
import type { FakePinecone } from '../../fakes/pinecone.ts';
import { aLog, aPinecone, aRecord, HASTY, openStore, WORDS } from './setup.ts';

async function anIndex(
  options: { serve?: boolean; patience?: Patience } = {},
): Promise<{ fake: FakePinecone; index: PineconeIndex; lines: { msg: string }[] }> {
  const fake = await aPinecone();
  const { log, lines } = aLog();
  const store = await openStore(fake, { log, guard: { failures: 3, rest: 60_000 }, ...options });
  const index = await store.create(WORDS);
  fake.asked.length = 0;
  return { fake, index, lines };
}

const NORTH = [1, 0, 0, 0];
const EAST = [0, 1, 0, 0];

describe('vectors in Pinecone', () => {
  it('have the declared fields beside them, and what tells that they are up to date', async () => {
    const { fake, index } = await anIndex();
    const metadata = { kind: 'movie', year: 1979, genres: ['horror'], adult: false };
    await index.upsert([aRecord('tt1', NORTH, { metadata, textHash: 'abc' })]);
    expect(fake.vectors('kindred').get('tt1')?.metadata).toEqual({
      ...metadata,
      text_hash: 'abc',
      metadata_hash: metadataHash(metadata),
    });
  });

  it('lose a field of their metadata that is no longer known, and keep their values', async () => {
    const { index } = await anIndex();
    await index.upsert([aRecord('tt1', NORTH, { metadata: { kind: 'movie', year: 1979 } })]);
    await index.updateMetadata([{ id: 'tt1', metadata: { kind: 'movie' } }]);
    const query = { topK: 5, filter: [{ field: 'year', atLeast: 0 }] } as const;
    expect(await index.query(Float32Array.from(NORTH), query)).toEqual([]);
    expect((await index.fetch(['tt1'])).get('tt1')).toEqual(Float32Array.from(NORTH));
    expect((await index.states(['tt1'])).get('tt1')?.textHash).toBe('text of tt1');
  });

  it('come back as they were stored, to single precision', async () => {
    const { index } = await anIndex();
    const record = aRecord('tt1', [0.1, -0.7, 1 / 3, 1e-3]);
    await index.upsert([record]);
    const values = (await index.fetch(['tt1'])).get('tt1')!;
    for (const [i, value] of record.values.entries()) expect(values[i]).toBeCloseTo(value, 8);
  });

  it('travel in requests under 2 MB, several at the same time', async () => {
    const fake = await aPinecone();
    fake.latency = 5;
    const index = await (await openStore(fake)).create({ id: 'big-1536-t1', dimensions: 1536 });
    fake.asked.length = 0;
    const records = Array.from({ length: 500 }, (_, i) =>
      aRecord(
        `tt${i}`,
        Array.from({ length: 1536 }, (_, at) => Math.sin(i * at + 1)),
      ),
    );
    await index.upsert(records);
    expect(Math.max(...fake.asked.map(({ size }) => size))).toBeLessThan(2_000_000);
    expect(fake.asked.length).toBeLessThan(8);
    expect(fake.mostAtOnce).toBeGreaterThan(1);
  });

  it('of a whole batch of films fit into one request at the dimensions that Google recommends', async () => {
    const fake = await aPinecone();
    const index = await (await openStore(fake)).create({ id: 'usual-768-t1', dimensions: 768 });
    fake.asked.length = 0;
    const metadata = {
      ...{ kind: 'movie', year: 1979, runtime: 117, genres: ['horror', 'science-fiction'], language: 'en' },
      ...{ countries: ['US', 'GB'], popularity: 0.98, votes: 934_567, adult: false, franchise: 'Alien' },
    };
    const changes = { metadata, textHash: '0123456789abcdef' };
    const values = Array.from({ length: 768 }, (_, at) => Math.sin(at + 1));
    const records = Array.from({ length: FAR_AWAY.batchSize }, (_, i) =>
      aRecord(`tt${1_000_000 + i}`, values, changes),
    );
    await index.upsert(records);
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]?.size).toBeLessThan(2_000_000);
  });

  it('pass exactly the filters that their metadata passes', async () => {
    const { index } = await anIndex();
    const kinds = [
      { kind: 'movie', year: 1979, genres: ['horror', 'drama'] },
      { kind: 'show', adult: true },
      {},
    ];
    await index.upsert(kinds.map((metadata, i) => aRecord(`tt${i}`, NORTH, { metadata })));
    const filters = [
      [{ field: 'genres', is: 'horror' }],
      [{ field: 'genres', not: 'horror' }],
      [{ field: 'genres', not: 'comedy' }],
      [{ field: 'kind', not: 'show' }],
      [{ field: 'adult', not: true }],
      [{ field: 'adult', is: true }],
      [
        { field: 'year', atLeast: 1979 },
        { field: 'year', atMost: 1979 },
      ],
    ] as const;
    for (const filter of filters) {
      const found = await index.query(Float32Array.from(NORTH), { topK: 10, filter });
      const expected = kinds.flatMap((metadata, i) => (passes(metadata, filter) ? [`tt${i}`] : []));
      expect(found.map(({ id }) => id)).toEqual(expected);
    }
  });

  it('that were just written and cannot be seen yet are absent, not an error', async () => {
    const { fake, index } = await anIndex();
    fake.readsUntilSeen = 2;
    await index.upsert([aRecord('tt1', NORTH)]);
    expect(await index.fetch(['tt1'])).toEqual(new Map());
    await index.info();
    expect((await index.fetch(['tt1'])).size).toBe(1);
  });

  it('that are none count as absent, and the log says so once', async () => {
    const { fake, index, lines } = await anIndex();
    await index.upsert([aRecord('tt1', NORTH), aRecord('tt2', EAST), aRecord('tt3', EAST)]);
    const stored = fake.vectors('kindred');
    stored.set('tt1', { id: 'tt1', values: [0, 0, 0, 0], metadata: {} });
    stored.set('tt2', { id: 'tt2', values: [Number.NaN, 1], metadata: {} });
    lines.length = 0;
    expect([...(await index.fetch(['tt1', 'tt2', 'tt3'])).keys()]).toEqual(['tt3']);
    expect([...(await index.states(['tt1', 'tt2', 'tt3'])).keys()]).toEqual(['tt3']);
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['a number that is none', { id: 'tt1', values: [1, null, 0, 0], metadata: {} }],
    ['nothing in its place', null],
    ['no values', { id: 'tt1' }],
  ])('with %s are absent, and the others are there', async (_, vector) => {
    const { fake, index } = await anIndex();
    const other = { id: 'tt2', values: EAST, metadata: {} };
    fake.fail({ status: 200, body: { vectors: { tt1: vector, tt2: other }, namespace: '' } });
    expect([...(await index.fetch(['tt1', 'tt2'])).keys()]).toEqual(['tt2']);
  });

  it('with metadata of another hand are made anew', async () => {
    const { fake, index } = await anIndex();
    await index.upsert([aRecord('tt1', NORTH)]);
    fake.vectors('kindred').set('tt1', { id: 'tt1', values: NORTH, metadata: { genre: 'horror' } });
    expect(await index.states(['tt1'])).toEqual(new Map());
  });

  it('are listed over all pages, and nowhere where there are none', async () => {
    const { index } = await anIndex();
    const seen: string[] = [];
    for await (const page of index.ids()) seen.push(...page);
    expect(seen).toEqual([]);
    await index.upsert(Array.from({ length: 250 }, (_, i) => aRecord(`tt${i}`, NORTH)));
    for await (const page of index.ids()) seen.push(...page);
    expect(new Set(seen).size).toBe(250);
  });
});

describe('asking Pinecone', () => {
  it('takes a fetch and a query for an answer', async () => {
    const { fake, index } = await anIndex();
    await index.upsert([aRecord('tt1', NORTH), aRecord('tt2', EAST)]);
    fake.asked.length = 0;
    const vector = (await index.fetch(['tt1'])).get('tt1')!;
    await index.query(vector, { topK: 10, exclude: ['tt1'] });
    expect(fake.asked.map(({ path }) => path)).toEqual([
      '/data/kindred/vectors/fetch',
      '/data/kindred/query',
    ]);
  });

  it.each([
    [
      'too many requests',
      { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '0.01' } },
    ],
    ['a fault of its own', { status: 503, body: { message: 'sorry' } }],
    ['a page instead of JSON', 'html'],
    ['half an answer', 'cut'],
    ['silence', 'silence'],
  ] as const)('goes on after %s', async (_, fault) => {
    const { fake, index } = await anIndex(fault === 'silence' ? { patience: HASTY } : {});
    await index.upsert([aRecord('tt1', NORTH)]);
    fake.fail(fault, { times: 2 });
    expect((await index.fetch(['tt1'])).size).toBe(1);
    expect(await index.query(Float32Array.from(NORTH), { topK: 1 })).toEqual([{ id: 'tt1', score: 1 }]);
  });

  it.each(['html', 'cut', 'silence', { status: 500, body: 'boom' }] as const)(
    'gives up with a calm word when %j lasts',
    async (fault) => {
      const { fake, index } = await anIndex(fault === 'silence' ? { patience: HASTY } : {});
      fake.fail(fault);
      await expect(index.fetch(['tt1'])).rejects.toThrow(IndexUnavailable);
    },
  );

  it('leaves out what has no id', async () => {
    const { fake, index } = await anIndex();
    const matches = [{ id: 'tt0', score: 0.5 }, { id: null, score: 0.4 }, { score: 0.3 }];
    fake.fail({ status: 200, body: { matches, namespace: '' } });
    const found = await index.query(Float32Array.from(NORTH), { topK: 5 });
    expect(found).toEqual([{ id: 'tt0', score: 0.5 }]);
  });

  it('counts as impossible for now where the index was made anew with other dimensions', async () => {
    const { fake, index } = await anIndex();
    fake.indexes.clear();
    fake.makeIndex('kindred', 7);
    const asked = index.query(Float32Array.from(NORTH), { topK: 5 });
    await expect(asked).rejects.toThrow(IndexUnavailable);
  });

  it('takes scores that are no numbers for no answer, and leaves out the one among others', async () => {
    const { fake, index } = await anIndex();
    const answer = (scores: readonly (number | null)[]) => {
      const matches = scores.map((score, i) => ({ id: `tt${i}`, score }));
      fake.fail({ status: 200, body: { matches, namespace: '' } }, { times: 1 });
    };
    const ask = () => index.query(Float32Array.from(NORTH), { topK: 5 });
    answer([0.5, null]);
    expect(await ask()).toEqual([{ id: 'tt0', score: 0.5 }]);
    answer([null, null]);
    await expect(ask()).rejects.toThrow(new IndexUnavailable('Pinecone gives what are no ids or no scores'));
  });

  it('waits as long as Pinecone asks, unless a person waits too', async () => {
    const { fake, index } = await anIndex();
    fake.fail({ status: 429, body: {}, headers: { 'retry-after': '60' } }, { times: 1 });
    const started = performance.now();
    await expect(index.fetch(['tt1'])).rejects.toThrow(IndexUnavailable);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('says once that a job waits for Pinecone to be back', async () => {
    const { fake, index, lines } = await anIndex();
    lines.length = 0;
    fake.fail({ status: 500, body: {} }, { times: 2 });
    await index.upsert([aRecord('tt1', NORTH)]);
    expect(lines.map(({ msg }) => msg)).toEqual(['Pinecone does not answer; trying again']);
  });

  it('does not pile up while Pinecone is down', async () => {
    const { fake, index } = await anIndex({ serve: true, patience: HASTY });
    fake.fail('silence');
    await index.fetch(['tt1']).catch(() => {});
    fake.asked.length = 0;
    const all = await Promise.allSettled(Array.from({ length: 200 }, () => index.fetch(['tt1'])));
    expect(all.every((each) => each.status === 'rejected' && each.reason instanceof IndexUnavailable)).toBe(
      true,
    );
    expect(fake.asked).toEqual([]);
  });

  it('ends with the reason of the signal, also in the middle of a request', async () => {
    const { fake, index } = await anIndex();
    fake.fail('silence');
    const leaving = new AbortController();
    const asking = index.fetch(['tt1'], { signal: leaving.signal });
    leaving.abort(new Error('the person left'));
    await expect(asking).rejects.toThrow('the person left');
  });

  it('never says the key', async () => {
    const { fake, index } = await anIndex();
    const key = String(fake.asked[0]?.headers['api-key'] ?? 'pcsk_the-key-of-the-tests');
    fake.fail({ status: 400, body: { message: `bad request with ${key}` } });
    const error = await index.fetch(['tt1']).catch((caught) => caught);
    expect(error.message).toContain('bad request');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain(key);
  });
});
