import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, type GeminiConfig } from '../../src/config.ts';
import { EmbeddingUnavailable } from '../../src/embedding/embedder.ts';
import { QuotaUsedUp } from '../../src/embedding/gemini/failure.ts';
import { GeminiEmbedder, type GeminiOptions } from '../../src/embedding/gemini.ts';
import { RefusedCredential, RemoteFailure } from '../../src/errors.ts';
import { embedderContract } from '../contracts/embedder.ts';
import { FakeGemini, GEMINI_KEY, quotaExceeded, said } from '../fakes/gemini.ts';
import type { Answer, Asked } from '../fakes/json-service.ts';
import { aLog } from '../vectors/pinecone/setup.ts';

const QUICK = { timeout: 10_000, attempts: 3, firstPause: 1, longestPause: 1_000 };
const HASTY = { ...QUICK, timeout: 250 };
const DOCUMENT = { task: 'document' } as const;
const QUERY = { task: 'query' } as const;
const ZEROS = { values: new Array<number | null>(768).fill(0) };

/** Has no room for some until all others were served. */
class UnfairGemini extends FakeGemini {
  protected override answer(asked: Asked): Answer {
    const full = asked.text().includes('unlucky') && this.texts < 2_000;
    return full ? quotaExceeded('0.001s') : super.answer(asked);
  }
}

/** Blocks what holds a certain word. */
class PrudishGemini extends FakeGemini {
  protected override answer(asked: Asked): Answer {
    return asked.text().includes('blocked') ? said(400, 'blocked for safety reasons') : super.answer(asked);
  }
}

async function aGemini(): Promise<FakeGemini> {
  const fake = await FakeGemini.start();
  onTestFinished(() => fake.stop());
  return fake;
}

function open(
  fake: FakeGemini,
  { patience = QUICK, ...changes }: Partial<GeminiConfig> & { patience?: typeof QUICK } = {},
  options: Partial<GeminiOptions> = {},
): GeminiEmbedder {
  const config = {
    apiKey: GEMINI_KEY,
    model: 'gemini-embedding-001',
    dimensions: 768,
    apiUrl: fake.url,
    ...changes,
  };
  return new GeminiEmbedder(config, {
    log: pino({ enabled: false }),
    patience: { query: patience, document: patience },
    ...options,
  });
}

embedderContract('Gemini', async () => open(await aGemini()));

describe('embedding by Gemini', () => {
  it('asks for the dimensions of the settings, and gives them unit length', async () => {
    const fake = await aGemini();
    const [vector] = await open(fake, { dimensions: 256 }).embed(['a heist in a dream'], DOCUMENT);
    expect(vector).toHaveLength(256);
    expect(Math.hypot(...vector!)).toBeCloseTo(1, 5);
  });

  it('tells documents from queries', async () => {
    const fake = await aGemini();
    await open(fake).embed(['stored'], DOCUMENT);
    await open(fake).embed(['looked up'], QUERY);
    const types = fake.asked.map(
      ({ body }) => (body as { requests: { taskType: string }[] }).requests[0]?.taskType,
    );
    expect(types).toEqual(['RETRIEVAL_DOCUMENT', 'RETRIEVAL_QUERY']);
  });

  it('sends a hundred texts to a request, several requests at a time', async () => {
    const fake = await aGemini();
    fake.latency = 10;
    const texts = Array.from({ length: 350 }, (_, i) => `film number${i}`);
    const vectors = await open(fake).embed(texts, DOCUMENT);
    expect(vectors.filter(Boolean)).toHaveLength(350);
    expect(fake.count).toBe(4);
    expect(fake.mostAtOnce).toBeGreaterThan(1);
  });

  it('sends no request that holds more than the smallest quota of a minute', async () => {
    const fake = await aGemini();
    await open(fake).embed(
      Array.from({ length: 100 }, () => 'word '.repeat(1_000)),
      DOCUMENT,
    );
    expect(fake.count).toBe(7);
    expect(Math.max(...fake.asked.map(({ size }) => size / 4))).toBeLessThan(30_000);
  });

  it('cuts a text that is longer than Gemini reads, and mends half characters', async () => {
    const fake = await aGemini();
    const vectors = await open(fake).embed(['word '.repeat(20_000), 'half \ud83d'], DOCUMENT);
    expect(vectors.every(Boolean)).toBe(true);
    expect(fake.asked[0]?.size).toBeLessThan(10_000);
  });
});

describe('when Gemini is not well', () => {
  it('names a wrong key by its variable', async () => {
    const embedder = open(await aGemini(), { apiKey: 'AIza-wrong' });
    await expect(embedder.embed(['a'], DOCUMENT)).rejects.toThrow(new RefusedCredential('GEMINI_API_KEY'));
    await expect(embedder.check()).rejects.toThrow(RefusedCredential);
  });

  it('does not take an outage for a wrong key', async () => {
    const fake = await aGemini();
    fake.fail(said(503, 'overloaded'));
    await expect(open(fake).check()).resolves.toBeUndefined();
  });

  it('waits as long as the quota asks, and tells for how long', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('0.2s'), { times: 1 });
    const waits: number[] = [];
    const embedder = open(fake, {}, { onWait: (milliseconds) => waits.push(milliseconds) });
    const started = performance.now();
    expect((await embedder.embed(['a film'], DOCUMENT))[0]).toBeDefined();
    expect(performance.now() - started).toBeGreaterThan(190);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(200);
  });

  it('holds back other documents too while it waits for the quota', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('0.3s'), { times: 1 });
    const told = Promise.withResolvers<number>();
    const embedder = open(fake, {}, { onWait: () => told.resolve(performance.now()) });
    const first = embedder.embed(['a film'], DOCUMENT);
    const since = await told.promise;
    await embedder.embed(['another film'], DOCUMENT);
    expect(performance.now() - since).toBeGreaterThan(290);
    await first;
  });

  it('waits for its turn for as long as other documents get theirs', async () => {
    const fake = await new UnfairGemini().start();
    onTestFinished(() => fake.stop());
    fake.latency = 2;
    const texts = Array.from({ length: 2_100 }, (_, i) => (i < 100 ? 'unlucky' : 'lucky'));
    const vectors = await open(fake).embed(texts, DOCUMENT);
    expect(vectors.filter(Boolean)).toHaveLength(2_100);
  });

  it('tells of a wait once, however many requests are refused', async () => {
    const fake = await aGemini();
    fake.latency = 20;
    fake.fail(quotaExceeded('0.2s'), { times: 4 });
    const waits: number[] = [];
    const embedder = open(fake, {}, { onWait: (milliseconds) => waits.push(milliseconds) });
    await embedder.embed(
      Array.from({ length: 400 }, () => 'film'),
      DOCUMENT,
    );
    expect(fake.count).toBe(8);
    expect(waits).toHaveLength(1);
  });

  it('says what Google says of a quota, and no address', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('0.001s'));
    await expect(open(fake).embed(['a'], DOCUMENT)).rejects.toThrow(
      /^Gemini answered 429: You exceeded your current quota\.$/u,
    );
  });

  it('gives up at once when the quota of the day is used up', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('40s', 'EmbedContentRequestsPerDayPerProjectPerModel-FreeTier'));
    await expect(open(fake).embed(['a'], DOCUMENT)).rejects.toThrow(QuotaUsedUp);
    expect(fake.count).toBe(1);
  });

  it('lets a start and a query go on without it when the quota of the day is used up', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('40s', 'EmbedContentRequestsPerDayPerProjectPerModel-FreeTier'));
    const embedder = open(fake);
    await expect(embedder.check()).resolves.toBeUndefined();
    await expect(embedder.embed(['a'], QUERY)).rejects.toThrow(EmbeddingUnavailable);
  });

  it.each([
    ['GEMINI_EMBEDDING_MODEL', { model: 'text-embedding-004' }, undefined],
    ['GEMINI_EMBEDDING_DIMENSIONS', {}, { status: 200, body: { embeddings: [ZEROS] } }],
    ['GEMINI_EMBEDDING_DIMENSIONS', {}, said(400, 'output_dimensionality must be at most 3072')],
  ])('names %s at start where it is wrong', async (variable, changes, fault) => {
    const fake = await aGemini();
    if (fault) fake.fail(fault);
    const checking = open(fake, { dimensions: 256, ...changes }).check();
    await expect(checking).rejects.toThrow(ConfigError);
    await expect(checking).rejects.toThrow(variable);
  });

  it('names a model that does not exist', async () => {
    const embedder = open(await aGemini(), { model: 'text-embedding-004' });
    await expect(embedder.embed(['a'], DOCUMENT)).rejects.toThrow(/no embedding model "text-embedding-004"/u);
  });

  it.each(['html', 'cut', said(500, 'boom')] as const)('goes on after %j', async (fault) => {
    const fake = await aGemini();
    fake.fail(fault, { times: 2 });
    expect((await open(fake).embed(['a film'], DOCUMENT))[0]).toBeDefined();
  });

  it('says so where a fault lasts', async () => {
    const fake = await aGemini();
    fake.fail(said(500, 'boom'));
    await expect(open(fake).embed(['a'], DOCUMENT)).rejects.toThrow(RemoteFailure);
    await expect(open(fake).embed(['a'], QUERY)).rejects.toThrow(EmbeddingUnavailable);
  });

  it('says once that it waits for Gemini to be back, however many requests fail', async () => {
    const fake = await aGemini();
    fake.fail(said(500, 'boom'), { times: 6 });
    const { log, lines } = aLog();
    const texts = Array.from({ length: 300 }, (_, i) => `film ${i}`);
    await open(fake, { patience: { ...QUICK, attempts: 9 } }, { log }).embed(texts, DOCUMENT);
    expect(lines.map(({ msg }) => msg)).toEqual(['Gemini does not answer; trying again']);
  });

  it('says that it does not answer where a document gets nothing but silence', async () => {
    const fake = await aGemini();
    fake.fail('silence');
    const silent = open(fake, { patience: HASTY }).embed(['a'], DOCUMENT);
    await expect(silent).rejects.toThrow(
      new RemoteFailure('Gemini does not answer: no answer within 250 ms'),
    );
  });

  it('asks again where it gives fewer vectors than there are texts', async () => {
    const fake = await aGemini();
    fake.fail({ status: 200, body: { embeddings: [ZEROS] } }, { times: 1 });
    const vectors = await open(fake).embed(['one', 'two'], DOCUMENT);
    expect(vectors.every(Boolean)).toBe(true);
  });

  it('has no vector for a text for which it gives zeros or what is no number', async () => {
    const fake = await aGemini();
    const broken = { values: ZEROS.values.with(0, null) };
    fake.fail({ status: 200, body: { embeddings: [ZEROS, broken] } });
    expect(await open(fake).embed(['one', 'two'], DOCUMENT)).toEqual([undefined, undefined]);
  });

  it('has no vector for a text for which Google leaves out the empty list of numbers', async () => {
    const fake = await aGemini();
    fake.fail({ status: 200, body: { embeddings: [{}, null] } });
    expect(await open(fake).embed(['one', 'two'], DOCUMENT)).toEqual([undefined, undefined]);
  });

  it('embeds the others of a batch in which it refuses a text', async () => {
    const fake = await new PrudishGemini().start();
    onTestFinished(() => fake.stop());
    const texts = Array.from({ length: 200 }, (_, i) => (i === 70 || i === 71 ? 'blocked' : `film ${i}`));
    const vectors = await open(fake).embed(texts, DOCUMENT);
    expect([...vectors.keys()].filter((i) => !vectors[i])).toEqual([70, 71]);
  });

  it.each([
    ['the key was revoked', said(403, 'revoked')],
    ['the quota of the day is used up', quotaExceeded('9s', 'EmbedContentRequestsPerDayPerProject')],
  ])('says once in the log that %s, however many ask', async (_, fault) => {
    const fake = await aGemini();
    fake.fail(fault);
    const { log, lines } = aLog();
    const gemini = open(fake, {}, { log });
    for (const text of ['one', 'two', 'three'])
      await expect(gemini.embed([text], QUERY)).rejects.toThrow(EmbeddingUnavailable);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'Gemini refuses a question; plots are found by their words alone',
    ]);
  });

  it('lets a query that it refuses go by its words', async () => {
    const fake = await aGemini();
    fake.fail(said(400, 'blocked for safety reasons'));
    await expect(open(fake).embed(['blocked'], QUERY)).rejects.toThrow(EmbeddingUnavailable);
  });

  it('gives up where it refuses one text after the other', async () => {
    const fake = await new PrudishGemini().start();
    onTestFinished(() => fake.stop());
    const texts = Array.from({ length: 100 }, () => 'blocked');
    await expect(open(fake).embed(texts, DOCUMENT)).rejects.toThrow('blocked for safety reasons');
    expect(fake.count).toBeLessThan(60);
  });

  it('gives up on a query that takes too long, and does not ask at all while Gemini is down', async () => {
    const fake = await aGemini();
    fake.fail('silence');
    const embedder = open(fake, { patience: HASTY });
    for (let i = 0; i < 2; i++) await embedder.embed(['a'], QUERY).catch(() => {});
    const asked = fake.count;
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => embedder.embed(['a'], QUERY)));
    expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    expect(fake.count).toBe(asked);
  });

  it('never says the key, though Google does', async () => {
    const fake = await aGemini();
    fake.fail(said(403, `Consumer 'api_key:${GEMINI_KEY}' has been suspended.`));
    const error = await open(fake)
      .embed(['a'], DOCUMENT)
      .catch((caught) => caught);
    expect(error.cause.message).toContain('has been suspended');
    expect(
      [error, error.cause, error.cause.cause].map((each) => `${each} ${each?.stack}`).join(),
    ).not.toContain(GEMINI_KEY);
  });

  it('ends with the reason of the signal in the middle of a wait', async () => {
    const fake = await aGemini();
    fake.fail(quotaExceeded('0.9s'));
    const leaving = new AbortController();
    const embedder = open(fake, {}, { onWait: () => leaving.abort(new Error('stopped')) });
    await expect(embedder.embed(['a'], { ...DOCUMENT, signal: leaving.signal })).rejects.toThrow('stopped');
  });
});
