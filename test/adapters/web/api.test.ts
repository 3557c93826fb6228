import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say } from '../../../src/messages/message.ts';
import { Wording } from '../../../src/messages/wording.ts';
import { NotAsked } from '../../../src/resilience.ts';
import { IndexUnavailable } from '../../../src/vectors/vector-index.ts';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { aLog } from '../../vectors/pinecone/setup.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let app: Hono;

beforeAll(async () => {
  house = await openHouse(aReadyFolder);
  app = house.app();
});
afterAll(() => house.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const PROBLEM = 'application/problem+json';

describe('titles', () => {
  it('are found while they are typed', async () => {
    const { response, body } = await get('/api/v1/titles?q=incep&limit=3');
    expect(response.status).toBe(200);
    const candidates = body.candidates as { id: string; title: string; score: number; aka: string[] }[];
    expect(candidates[0]).toMatchObject({ id: 'tt1375666', title: 'Inception', year: 2010, kind: 'movie' });
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(candidates.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });

  it('begin with what is meant, though the words may become it too', async () => {
    for (const typed of ['the ring', 'alien', 'batman', 'godfather']) {
      const { body } = await get(`/api/v1/titles?q=${typed}`);
      const resolution = await house.core.titles.resolve(typed);
      const meant = resolution.outcome === 'match' ? resolution.best : undefined;
      const { number } =
        meant ?? (resolution.outcome === 'choose' ? resolution.candidates[0]! : { number: 0 });
      const { id } = (await house.core.catalogue.byNumber([number])).get(number)!;
      expect((body.candidates as { id: string }[])[0]!.id).toBe(id);
    }
  });

  it('are named in the reader’s language', async () => {
    const { body } = await get('/api/v1/titles?q=incep&limit=1', { 'accept-language': 'es' });
    expect(body.candidates).toMatchObject([{ title: 'Inception', label: 'Origen' }]);
  });

  it('say whether one is meant, several or none', async () => {
    expect((await get('/api/v1/titles?q=Inception')).body.outcome).toBe('match');
    expect((await get('/api/v1/titles?q=King%20Kong')).body.outcome).toBe('choose');
    expect((await get('/api/v1/titles?q=qqzzxxjjkk')).body.outcome).toBe('none');
    expect((await get('/api/v1/titles?q=')).body).toMatchObject({ outcome: 'none', candidates: [] });
  });
});

describe('similar movies', () => {
  it('come ranked with score and reasons', async () => {
    const { response, body } = await get('/api/v1/similar?title=Inception&limit=4');
    expect(response.status).toBe(200);
    expect(body.movie).toMatchObject({
      id: 'tt1375666',
      genres: expect.arrayContaining(['Science Fiction']),
    });
    const results = body.results as { rank: number; score: number; reasons: { text: string }[] }[];
    expect(results.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    for (const { score, reasons } of results) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(reasons[0]?.text).toBeTruthy();
    }
    expect(body).toMatchObject({ page: 1, pages: 13 });
  });

  it('are the same by id, and the next page goes on where the first ended', async () => {
    const ids = async (path: string) =>
      ((await get(path)).body.results as { movie: { id: string } }[]).map(({ movie }) => movie.id);
    const ten = await ids('/api/v1/similar?id=tt1375666&limit=10');
    expect(await ids('/api/v1/similar?title=Inception&limit=5')).toEqual(ten.slice(0, 5));
    expect(await ids('/api/v1/similar?id=tt1375666&limit=5&page=2')).toEqual(ten.slice(5));
    expect(await ids('/api/v1/similar?id=tt1375666&limit=5&page=50')).toEqual([]);
  });

  it('take every filter in the words of the chat, and list them', async () => {
    const filters =
      'genre=sci-fi&genre=-horror&decade=90s&runtime=80-140&language=English&country=US&kind=movie';
    const { response, body } = await get(`/api/v1/similar?id=tt1375666&${filters}&private=yes`);
    expect(response.status).toBe(200);
    expect(body.filters).toEqual(expect.arrayContaining(['Science Fiction', 'no Horror', '1990–1999']));
    for (const { movie } of body.results as { movie: { year: number; genres: string[] } }[]) {
      expect(movie.year).toBeGreaterThanOrEqual(1990);
      expect(movie.year).toBeLessThan(2000);
      expect(movie.genres).toContain('Science Fiction');
      expect(movie.genres).not.toContain('Horror');
    }
  });

  it('answer 300 with candidates to an ambiguous title', async () => {
    const { response, body } = await get('/api/v1/similar?title=King+Kong');
    expect(response.status).toBe(300);
    expect(response.headers.get('content-type')).toContain(PROBLEM);
    expect(body).toMatchObject({ status: 300, parameter: 'title' });
    expect((body.candidates as { year: number }[]).map(({ year }) => year)).toEqual(
      expect.arrayContaining([1933, 2005]),
    );
  });

  it('answer 404 with suggestions to an unknown title, and 404 to an unknown id', async () => {
    const unknown = await get('/api/v1/similar?title=qqzzxxjjkk');
    expect(unknown.response.status).toBe(404);
    expect(unknown.body.suggestions).toEqual(expect.any(Array));
    expect((await get('/api/v1/similar?id=tt9999999')).response.status).toBe(404);
  });

  it('blend several movies', async () => {
    const { body } = await get(`/api/v1/similar?title=${encodeURIComponent('tt0078748 + tt0109830')}`);
    expect(body.blend).toMatchObject({ like: [{ id: 'tt0078748' }, { id: 'tt0109830' }], away: [] });
  });
});

describe('a wrong request', () => {
  it.each([
    ['/api/v1/similar', 'title'],
    ['/api/v1/similar?title=Inception&from=abc', 'from'],
    ['/api/v1/similar?title=Inception&from=2000&to=1990', 'from'],
    ['/api/v1/similar?title=Inception&genre=nonsense', 'genre'],
    ['/api/v1/similar?title=Inception&limit=51', 'limit'],
    ['/api/v1/similar?title=Inception&page=0', 'page'],
    ['/api/v1/similar?title=Inception&gener=horror', 'gener'],
    ['/api/v1/plot', 'text'],
    ['/api/v1/similarity?a=Inception', 'b'],
    ['/api/v1/map', 'id'],
    ['/api/v1/titles?limit=x', 'limit'],
  ])('%s is refused with the name %s', async (path, parameter) => {
    const { response, body } = await get(path);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain(PROBLEM);
    expect(body).toMatchObject({ status: 400, title: 'Bad Request', parameter });
    expect(body.detail).toBeTruthy();
  });

  it('is told of a limit out of range by that name', async () => {
    const { body } = await get('/api/v1/similar?title=Inception&limit=51');
    expect(body.detail).toContain('limit');
    expect(body.detail).not.toContain('page');
  });

  it('gets no more than a problem where there is no such route', async () => {
    expect((await get('/api/v1/nothing')).response.status).toBe(404);
  });

  it('is refused where its body is too large or no JSON', async () => {
    const post = (body: string) =>
      app.request('/api/v1/plot', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await post(JSON.stringify({ text: 'x'.repeat(300_000) }))).status).toBe(413);
    expect((await post('{')).status).toBe(400);
    expect((await post('{}')).status).toBe(400);
  });
});

describe('plots, movies, vectors, pairs and maps', () => {
  it('finds stories by GET and by POST alike', async () => {
    const { body } = await get('/api/v1/plot?text=a+thief+enters+dreams+to+plant+an+idea&limit=5');
    const posted = await app.request('/api/v1/plot', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'a thief enters dreams to plant an idea', limit: 5 }),
    });
    expect(posted.status).toBe(200);
    expect(await posted.json()).toEqual(body);
    expect((body.results as { movie: { id: string } }[]).map(({ movie }) => movie.id)).toContain('tt1375666');
  });

  it('gives a movie in the format of the import', async () => {
    const { body } = await get('/api/v1/movies/tt1375666');
    expect(body).toMatchObject({
      id: 'tt1375666',
      title: 'Inception',
      ids: { imdb: 'tt1375666', tmdb: 27205 },
    });
    expect(body).not.toHaveProperty('number');
    expect((await get('/api/v1/movies/nothing')).response.status).toBe(404);
  });

  it('gives a movie’s vector with its embedder', async () => {
    const { body } = await get('/api/v1/movies/tt1375666/vector');
    const values = body.values as number[];
    expect(values).toHaveLength(body.dimensions as number);
    expect(Math.hypot(...values)).toBeCloseTo(1, 1);
    expect(body.embedder).toMatch(/^words-/u);
  });

  it('compares two movies the same both ways, as the ranking does', async () => {
    const one = (await get('/api/v1/similarity?a=tt1375666&b=The+Matrix')).body;
    const other = (await get('/api/v1/similarity?a=The+Matrix&b=tt1375666')).body;
    expect(one.score).toBe(other.score);
    const { results } = (await get('/api/v1/similar?id=tt1375666&limit=1')).body as {
      results: { score: number; movie: { id: string } }[];
    };
    const best = results[0]!;
    expect((await get(`/api/v1/similarity?a=tt1375666&b=${best.movie.id}`)).body.score).toBeCloseTo(
      best.score,
      3,
    );
  });

  it('maps a neighbourhood around the movie', async () => {
    const { body } = await get('/api/v1/map?id=tt1375666&limit=20');
    const points = body.points as { movie: { id: string }; x: number; y: number; score: number }[];
    expect(points.length).toBeGreaterThan(10);
    expect(points.find(({ movie }) => movie.id === 'tt1375666')).toMatchObject({ x: 0, y: 0, score: 1 });
    for (const { x, y } of points) {
      expect(Math.abs(x)).toBeLessThanOrEqual(1);
      expect(Math.abs(y)).toBeLessThanOrEqual(1);
    }
  });
});

describe('every answer', () => {
  it('can be kept: ETag, 304, Cache-Control', async () => {
    const { response } = await get('/api/v1/movies/tt1375666');
    const etag = response.headers.get('etag')!;
    expect(response.headers.get('cache-control')).toContain('max-age');
    const again = await app.request('/api/v1/movies/tt1375666', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('is remembered for a moment, by language and encoding, until the catalogue changes', async () => {
    let asked = 0;
    let version = 0;
    const similar: typeof house.core.recommender.similar = (query) => {
      asked++;
      return house.core.recommender.similar(query);
    };
    const recommender = { ...house.core.recommender, similar };
    const watched = house.app({}, { core: { ...house.core, recommender, version: () => version } });
    const ask = (headers: Record<string, string> = {}) =>
      watched.request('/api/v1/similar?id=tt1375666&limit=2', { headers });
    const first = await ask();
    const again = await ask();
    expect(asked).toBe(1);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
    const etag = again.headers.get('etag')!;
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    expect(asked).toBe(1);
    await ask({ 'accept-language': 'es' });
    await ask({ 'accept-encoding': 'br' });
    expect(asked).toBe(3);
    version++;
    await ask();
    expect(asked).toBe(4);
  });

  it('is compressed for those who can read that', async () => {
    const path = '/api/v1/similar?id=tt1375666';
    for (const encoding of ['br', 'gzip'])
      expect(
        (await app.request(path, { headers: { 'accept-encoding': encoding } })).headers.get(
          'content-encoding',
        ),
      ).toBe(encoding);
    expect((await app.request(path)).headers.get('content-encoding')).toBeNull();
  });

  it('may be read from other sites, and says nothing else may be done with it', async () => {
    const { response } = await get('/api/v1/movies/tt1375666', { origin: 'https://example.org' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is 503 with Retry-After while a store is down', async () => {
    const down = () => Promise.reject(new IndexUnavailable('down'));
    const { core } = house;
    const without = house.app({}, { core: { ...core, recommender: { ...core.recommender, similar: down } } });
    const response = await without.request('/api/v1/similar?id=tt1375666');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeTruthy();
    const page = await without.request('/?like=tt1375666', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('retry-after')).toBeTruthy();
  });

  it('is in the log where a store is down, but not for everyone who asks while it is left alone', async () => {
    const { log, lines } = aLog();
    const { core } = house;
    const resting = new IndexUnavailable('resting', { cause: new NotAsked('it failed a moment ago') });
    for (const error of [new IndexUnavailable('down'), resting, resting]) {
      const recommender = { ...core.recommender, similar: () => Promise.reject(error) };
      await house.app({}, { log, core: { ...core, recommender } }).request('/api/v1/similar?id=tt1375666');
    }
    expect(lines.map(({ msg }) => msg)).toEqual(['a store cannot answer']);
  });

  it('is limited by address, behind a proxy by the one that the proxy added', async () => {
    const limits = { questions: 2 };
    const asking = (limited: Hono, forwarded: string) =>
      limited.request('/api/v1/map?id=tt1375666&limit=2', { headers: { 'x-forwarded-for': forwarded } });
    const direct = house.app({}, { limits });
    for (const forwarded of ['1.1.1.1', '2.2.2.2'])
      expect((await asking(direct, forwarded)).status).toBe(200);
    const refused = await asking(direct, '3.3.3.3');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const proxied = house.app({ TRUST_PROXY: 'on' }, { limits });
    for (const client of ['1.1.1.1', '2.2.2.2', '9.9.9.9'])
      expect((await asking(proxied, `8.8.8.8, ${client}`)).status).toBe(200);
  });

  it('counts a customer’s whole IPv6 network as one', async () => {
    const limited = house.app({ TRUST_PROXY: 'on' }, { limits: { questions: 1 } });
    const status = async (client: string) =>
      (await limited.request('/api/v1/map?id=tt1375666&limit=2', { headers: { 'x-forwarded-for': client } }))
        .status;
    expect(await status('2001:db8::1')).toBe(200);
    expect(await status('2001:db8:0:0:ffff::2')).toBe(429);
    expect(await status('2001:db8:0:1::2')).toBe(200);
  });
});

describe('for whoever watches', () => {
  it('is alive, and ready although a platform is down', async () => {
    expect((await get('/healthz')).body).toEqual({ status: 'alive' });
    expect((await get('/readyz')).body).toEqual({ status: 'ready', platforms: { discord: 'down' } });
  });

  it('is not ready while the index is down', async () => {
    const core = { ...house.core, check: () => Promise.reject(new Error('down')) };
    expect((await house.app({}, { core }).request('/readyz')).status).toBe(503);
  });

  it('counts answers by command, platform and outcome, and names sizes', async () => {
    const counting = house.app();
    await counting.request('/api/v1/similar?id=tt1375666');
    await counting.request('/api/v1/similar');
    await counting.request('/?q=Inception');
    const text = await (await counting.request('/metrics')).text();
    expect(text).toContain(
      'kindred_answer_seconds_count{command="similar",platform="rest",outcome="answered"} 1',
    );
    expect(text).toContain(
      'kindred_answer_seconds_count{command="similar",platform="rest",outcome="refused"} 1',
    );
    expect(text).toContain(
      'kindred_answer_seconds_count{command="page",platform="web",outcome="answered"} 1',
    );
    expect(text).toMatch(/kindred_size\{what="movies"\} \d{3}/u);
    expect(text).toContain('nodejs_eventloop_lag');
  });

  it('keeps metrics for those who have the token', async () => {
    const guarded = house.app({ METRICS_TOKEN: 'correct horse' });
    expect((await guarded.request('/metrics')).status).toBe(401);
    const wrong = await guarded.request('/metrics', { headers: { authorization: 'Bearer battery' } });
    expect(wrong.status).toBe(401);
    const right = await guarded.request('/metrics', { headers: { authorization: 'Bearer correct horse' } });
    expect(right.status).toBe(200);
  });

  it('hands what platforms post to the platform', async () => {
    const mounts = { '/telegram': async (request: Request) => new Response(await request.text()) };
    const response = await house.app({}, { mounts }).request('/telegram', { method: 'POST', body: 'hello' });
    expect(await response.text()).toBe('hello');
  });
});

describe('the OpenAPI document', () => {
  it('is readable as a page, its parameters in the reader’s language', async () => {
    const page = await (await app.request('/docs', { headers: { 'accept-language': 'es' } })).text();
    expect(page).toContain('<html lang="es">');
    expect(page).toContain(new Wording('es').text(say('arg.decade')));
    expect(page).not.toContain(new Wording().text(say('arg.decade')));
  });

  it('describes every route with its filters, made from what checks them', async () => {
    const { body } = await get('/openapi.json');
    const paths = body.paths as Record<string, { get?: { parameters: { name: string }[] } }>;
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/foryou',
      '/api/v1/map',
      '/api/v1/movies/{id}',
      '/api/v1/movies/{id}/vector',
      '/api/v1/plot',
      '/api/v1/similar',
      '/api/v1/similarity',
      '/api/v1/titles',
    ]);
    const names = paths['/api/v1/similar']?.get?.parameters.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['title', 'id', 'genre', 'decade', 'runtime', 'limit', 'page']),
    );
  });

  it('is readable as a page that asks nothing of other hosts', async () => {
    const text = await (await app.request('/docs')).text();
    expect(text).toContain('/api/v1/similar');
    expect(text).not.toMatch(/(?:src|href)="https?:/u);
  });
});
