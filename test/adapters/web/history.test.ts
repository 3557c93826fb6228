import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FILE } from '../../../src/history/entry.ts';
import { createLog } from '../../../src/log.ts';
import { IMDB_RATINGS } from '../../fixtures/exports.ts';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse(aReadyFolder);
}, 60_000);
afterAll(() => house.close());

const OWNER = 'telegram:700001';
/** Films of the starter catalogue. */
const RATINGS = IMDB_RATINGS.replace('tt0000001', 'tt0078748').replace('tt7654321', 'tt0113277');

async function aLink(): Promise<string> {
  return `/history/${await house.core.uploadLinks.create(OWNER, Date.now())}`;
}

const opinion = ({ number }: { number: number }) => ({
  movie: number,
  stars: 4,
  seen: true,
  dismissed: false,
  at: 1,
});

function upload(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'ratings.csv', app = house.app() } = {},
) {
  const body = new FormData();
  body.set('file', new File([content], name));
  return app.request(path, { method: 'POST', body });
}

describe('the page behind a one-time link', () => {
  it('shows a form that works without a script, kept by no cache', async () => {
    const response = await house.app().request(await aLink());
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toMatch(
      /<form method="post" enctype="multipart\/form-data"[\s\S]*type="file"/u,
    );
  });

  it('takes a history for the account that the link was given to, once', async () => {
    const link = await aLink();
    const report = await upload(link, RATINGS);
    expect(report.status).toBe(200);
    const html = await report.text();
    expect(html).toContain('Your history from IMDb is in: 2 films that I know, 2 with stars.');
    expect(html).not.toContain('type="file"');
    expect(await house.core.opinions.count(OWNER)).toBe(2);
    expect((await upload(link, RATINGS)).status).toBe(404);
    expect((await house.app().request(link)).status).toBe(404);
    await house.core.forgetting.forget(OWNER);
  });

  it('takes an import back where it was brought, while the link lasts, once', async () => {
    const link = await aLink();
    const html = await (await upload(link, RATINGS)).text();
    const [, action = '', id = ''] =
      /<form method="post" action="([^"]+)"[\s\S]*name="id" value="(\d+)"/u.exec(html) ?? [];
    const path = new URL(action, `http://here${link}`).pathname;
    expect(path).toBe(`${link}/undo`);
    const undo = () => house.app().request(path, { method: 'POST', body: new URLSearchParams({ id }) });
    const undone = await undo();
    expect(undone.status).toBe(200);
    expect(await undone.text()).toContain('as it was before your history from IMDb');
    expect(await house.core.opinions.count(OWNER)).toBe(0);
    expect((await undo()).status).toBe(404);
  });

  it('takes nothing for somebody who asked to be forgotten while it was read', async () => {
    const { core } = house;
    const uploadLinks: typeof core.uploadLinks = {
      ...core.uploadLinks,
      async redeem(token, now) {
        const upload = await core.uploadLinks.redeem(token, now);
        await core.forgetting.forget(OWNER);
        return upload;
      },
    };
    const link = await aLink();
    const app = house.app({}, { core: { ...core, uploadLinks } });
    expect((await upload(link, RATINGS, { app })).status).toBe(404);
    expect(await core.opinions.count(OWNER)).toBe(0);
    expect(await core.imports.last(OWNER)).toBeUndefined();
    expect((await house.app().request(link)).status).toBe(404);
  });

  it('takes nothing back through a link that is unused, or nobody’s', async () => {
    const { core } = house;
    const begun = await core.uploadLinks.begin(OWNER, Date.now());
    const id = await core.imports.bring(begun, 'imdb', [opinion((await core.catalogue.movies(0, 1))[0]!)], 1);
    const body = () => new URLSearchParams({ id: String(id) });
    for (const link of [await aLink(), '/history/AAAAAAAAAAAAAAAAAAAAAA'])
      expect((await house.app().request(`${link}/undo`, { method: 'POST', body: body() })).status).toBe(404);
    expect(await core.opinions.count(OWNER)).toBe(1);
    await core.forgetting.forget(OWNER);
  });

  it.each([
    ['that is no export', 'hello', 400, 'I do not know that kind of file'],
    ['that is empty', '', 400, 'Please choose a file'],
    ['of 50 MB', new Uint8Array(50_000_000), 413, 'That file is too large'],
    ['just over what is taken', new Uint8Array(MAX_FILE + 1), 400, 'That file is too large'],
  ])('refuses a file %s, keeps nothing, and can be tried again', async (_, content, status, sentence) => {
    const link = await aLink();
    const refused = await upload(link, content);
    expect(refused.status).toBe(status);
    expect(await refused.text()).toContain(sentence);
    expect(await house.core.opinions.count(OWNER)).toBe(0);
    expect((await house.app().request(link)).status).toBe(200);
  });

  it('says where to get another where the link is nobody’s', async () => {
    const response = await house.app().request('/history/AAAAAAAAAAAAAAAAAAAAAA');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Ask for a new one with /history');
  });

  it('is never named in the log', async () => {
    const lines: string[] = [];
    const log = createLog({
      level: 'trace',
      secrets: [],
      destination: { write: (line: string) => void lines.push(line) },
    });
    const broken = { ...house.core.imports, bring: () => Promise.reject(new Error('the disk is full')) };
    const app = house.app({}, { log, core: { ...house.core, imports: broken } });
    const link = await aLink();
    const body = new FormData();
    body.set('file', new File([RATINGS], 'ratings.csv'));
    const response = await app.request(link, { method: 'POST', body });
    expect(response.status).toBe(500);
    const logged = lines.join('');
    expect(logged).toContain('the disk is full');
    expect(logged).not.toContain(link.slice(9));
    expect((await house.app().request(link)).status).toBe(200);
  });
});

it('the account of what is kept about people is a page', async () => {
  const html = await (await house.app().request('/privacy')).text();
  expect(html).toContain('<h1>What Kindred keeps about you</h1>');
  expect(html).toContain('<code>/forgetme</code>');
  expect(html).toContain('seven days');
});
