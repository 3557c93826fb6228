import fc from 'fast-check';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hrefOf, readState } from '../../../adapters/web/page/state.ts';
import { tile } from '../../../adapters/web/page/tile.ts';
import { Wording } from '../../../src/messages/wording.ts';
import { aMovie } from '../../fixtures/movies.ts';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let app: Hono;

beforeAll(async () => {
  house = await openHouse(aReadyFolder);
  app = house.app();
});
afterAll(() => house.close());

async function page(path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await app.request(path, { headers: { accept: 'text/html', ...headers } });
  expect(response.status).toBe(200);
  return response.text();
}

/** Compares without printing whole pages where it fails. */
const has = (html: string, part: string) => (html.includes(part) ? part : `nowhere: ${part}`);

const titles = (html: string) => [...html.matchAll(/<h3><a[^>]*>([^<]*)</gu)].map((match) => match[1]);

describe('the page without a script', () => {
  it('offers a form and films to start from', async () => {
    const html = await page('/');
    expect(html).toMatch(/<form[^>]*action="\/"[^>]*>[\s\S]*name="q"/u);
    expect(html.match(/class="tile /gu)?.length).toBe(18);
  });

  it('speaks the reader’s language, and offers stories only where they are understood', async () => {
    const spanish = { 'accept-language': 'es-MX,es;q=0.9' };
    expect(await page('/', spanish)).toMatch(/<html lang="es">/u);
    expect(await page('/')).toContain('class="stories"');
    expect(await page('/', spanish)).not.toContain('class="stories"');
    const withGemini = house.app({}, { core: { ...house.core, textLeaves: true } });
    expect(await (await withGemini.request('/', { headers: spanish })).text()).toContain('class="stories"');
    const map = await page('/?like=tt1375666&view=map', spanish);
    expect(map).toContain('<h1>Origen');
    expect(map).toContain('&quot;Science Fiction&quot;:&quot;Ciencia ficción&quot;');
  });

  it('answers a typed title with a list that says why', async () => {
    const html = await page('/?q=incpetion');
    expect(html).toContain('<h1>Inception');
    expect(titles(html)).toHaveLength(12);
    expect(html).toMatch(/\d+ % match/u);
    expect(html.match(/class="reason">[^<]+</gu)?.length).toBe(12);
  });

  it('asks which namesake is meant, as cards that lead on with the filters kept', async () => {
    const html = await page('/?q=King+Kong&from=1930');
    expect(html).toContain('Which one do you mean?');
    expect(has(html, 'href="/?like=tt0024216&amp;from=1930"')).toBe('href="/?like=tt0024216&amp;from=1930"');
  });

  it('offers the story search where no title fits', async () => {
    expect(await page('/?q=qqzzxxjjkk')).toContain('href="/?q=qqzzxxjjkk&amp;by=story"');
  });

  it('shows a list where an address asks for the map of a story or a blend', async () => {
    for (const path of ['/?q=a+thief+enters+dreams&by=story', '/?like=tt1375666,tt0133093'])
      expect(titles(await page(`${path}&view=map`))).toEqual(titles(await page(path)));
  });

  it('finds stories', async () => {
    const html = await page('/?q=a+thief+enters+dreams+to+plant+an+idea&by=story');
    expect(titles(html)).toContain('Inception');
  });

  it('reads the box as the chat reads a line: slash commands and key:value', async () => {
    expect(await page('/?q=%2Fplot+dreams+and+thieves')).toContain('“dreams and thieves”');
    const html = await page('/?q=inception+decade%3A90s+genre%3A-horror');
    expect(html).toContain('<h1>Inception');
    expect(html).toContain('>1990–1999<');
    expect(html).toContain('>no Horror<');
  });

  it('speaks the language of the browser, and reads the box in it', async () => {
    const html = await page('/?q=inception+g%C3%A9nero%3Athriller', {
      'accept-language': 'pl, es-MX;q=0.9, en;q=0.8',
    });
    expect(html).toContain('<html lang="es">');
    expect(html).toContain('<h1>Origen');
    expect(html).toContain('Porque te gusta');
    expect(html).toMatch(/class="chip[^>]*>Thriller</u);
  });

  it('combines filters, and each chip takes away its own', async () => {
    const html = await page('/?like=tt1375666&genre=thriller,-horror&to=2009');
    expect(has(html, 'href="/?like=tt1375666&amp;genre=-horror&amp;to=2009"')).toBe(
      'href="/?like=tt1375666&amp;genre=-horror&amp;to=2009"',
    );
    expect(has(html, 'href="/?like=tt1375666&amp;genre=thriller&amp;to=2009"')).toBe(
      'href="/?like=tt1375666&amp;genre=thriller&amp;to=2009"',
    );
    expect(has(html, 'href="/?like=tt1375666&amp;genre=thriller,-horror"')).toBe(
      'href="/?like=tt1375666&amp;genre=thriller,-horror"',
    );
  });

  it('tells a wrong filter and answers the rest', async () => {
    const html = await page('/?like=tt1375666&genre=nonsense&to=2009');
    expect(html).toContain('I do not know the genre “nonsense”');
    expect(titles(html).length).toBeGreaterThan(0);
    const contrary = await page('/?like=tt1375666&from=2000&to=1990');
    expect(contrary).toContain('From 2000 to 1990 leaves nothing');
  });

  it('shows more below what was shown, up to the end of the list', async () => {
    const [one, two, five] = await Promise.all(
      ['', '&page=2', '&page=5'].map(async (more) => titles(await page(`/?like=tt1375666${more}`))),
    );
    expect(two).toHaveLength(24);
    expect(two?.slice(0, 12)).toEqual(one);
    expect(five).toHaveLength(50);
    expect(await page('/?like=tt1375666&page=5')).not.toContain('id="more"');
  });

  it('leads on with a trail back', async () => {
    const html = await page('/?like=tt0133093&via=tt1375666');
    expect(html).toMatch(/class="trail"[\s\S]*href="\/\?like=tt1375666">Inception</u);
    expect(html).toMatch(/href="\/\?like=tt\d+&amp;via=tt1375666,tt0133093"/u);
  });

  it('blends films, toward and away', async () => {
    const html = await page('/?like=tt1375666&add=The+Matrix');
    expect(html).toContain('A blend of');
    expect(has(html, 'href="/?like=tt0133093&amp;away=tt1375666"')).toBe(
      'href="/?like=tt0133093&amp;away=tt1375666"',
    );
  });

  it('says so where a film is gone, and starts again', async () => {
    expect(await page('/?like=tt9999999')).toContain('That film is no longer in my catalogue.');
  });

  it('tells on a page what went wrong', async () => {
    const response = await app.request('/nothing', { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('There is no such page.');
  });

  it('asks no other host for anything, and has nothing inline for a policy to forbid', async () => {
    for (const path of ['/', '/?q=inception', '/?q=king+kong', '/docs']) {
      const html = await page(path);
      expect(html).not.toMatch(/(?:src|srcset)="https?:|<link[^>]*href="https?:/u);
      expect(html).not.toMatch(/ style=|<style|<script>| on\w+=/u);
    }
  });

  it('takes at most 60 KB for a first look, posters aside', async () => {
    const headers = { 'accept-encoding': 'br' };
    const size = async (path: string) =>
      (await (await app.request(path, { headers })).arrayBuffer()).byteLength;
    const html = await page('/?q=inception');
    const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/gu)].map((match) => match[1]!);
    const suggest = assets.find((path) => path.endsWith('kindred.js'))!.replace('kindred.js', 'suggest.js');
    const sizes = await Promise.all(['/?q=inception', ...assets, suggest].map(size));
    expect(sizes.reduce((sum, each) => sum + each)).toBeLessThan(60_000);
  });

  it('keeps its own files for good, under an address that changes with them', async () => {
    const path = /href="(\/assets\/[^"]+\.css)"/u.exec(await page('/'))![1]!;
    const response = await app.request(path);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toContain('text/css');
    expect((await app.request('/assets/x/../index.ts')).status).toBe(404);
  });
});

describe('what the page shows of others', () => {
  const invitations = () => [{ platform: 'telegram', href: 'https://t.me/kindred' }] as const;

  it('says how to add the bot where it is configured', async () => {
    const html = await (await house.app({}, { invitations }).request('/')).text();
    expect(has(html, 'href="https://t.me/kindred"')).toBe('href="https://t.me/kindred"');
    expect(await page('/')).not.toContain('t.me');
  });

  it('credits descriptions, and shows TMDB’s notice where its data is shown', async () => {
    const core = {
      ...house.core,
      recommender: {
        ...house.core.recommender,
        similar: async () => ({
          items: [
            {
              rank: 1,
              score: 0.5,
              reasons: [],
              movie: aMovie({ title: 'X', overview: 'Y', overviewSource: 'wikipedia', source: 'tmdb' }),
            },
          ],
          page: 1,
          pages: 1,
          remarks: [],
        }),
      },
    };
    const html = await (await house.app({}, { core }).request('/?like=tt1375666')).text();
    expect(html).toContain('Wikipedia');
    expect(html).toContain('not endorsed or certified by TMDB');
    expect(await page('/?like=tt1375666')).not.toContain('certified by TMDB');
  });

  const words = new Wording();

  it('escapes every field', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&';
    const drawn = String(tile(aMovie({ title: hostile, directors: [hostile] }), { words, posters: true }));
    expect(drawn).not.toContain('<img');
    expect(drawn).toContain('&lt;img');
  });

  it('shows posters only from https, and only where they are wanted', () => {
    const drawn = (poster: string, posters = true) =>
      String(tile(aMovie({ poster }), { words, posters })).includes('<img');
    expect(drawn('https://posters.example/1.jpg')).toBe(true);
    expect(drawn('https://posters.example/1.jpg', false)).toBe(false);
    expect(drawn('http://posters.example/1.jpg')).toBe(false);
    expect(drawn('javascript:alert(1)')).toBe(false);
  });

  it('draws the same tile each time, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (title) => {
        const movie = aMovie({ title, genres: ['horror'] });
        expect(String(tile(movie, { words, posters: false }))).toBe(
          String(tile(movie, { words, posters: false })),
        );
      }),
    );
  });
});

describe('the address', () => {
  it('holds the whole state', () => {
    const id = fc.stringMatching(/^tt\d{7}$/u);
    const ids = fc.uniqueArray(id, { maxLength: 4 });
    fc.assert(
      fc.property(ids, ids, ids, fc.integer({ min: 1, max: 5 }), fc.boolean(), (like, away, via, at, map) => {
        const state = {
          like,
          away,
          via,
          page: at,
          filters: { genre: 'horror,-comedy' },
          ...(map && { map }),
        };
        expect(readState(new URL(hrefOf(state), 'http://x').searchParams)).toEqual(state);
      }),
    );
  });

  it('may hold anything at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.webQueryParameters(), (pairs, query) => {
        readState(new URLSearchParams(pairs));
        readState(new URLSearchParams(query));
      }),
    );
  });
});
