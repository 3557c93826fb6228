import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWebAdapter, type WebAdapter } from '../../../adapters/web/index.ts';
import type { Bot } from '../../../src/chat/bot.ts';
import { readConfig } from '../../../src/config.ts';
import { aReadyFolder } from '../../fixtures/ready-folder.ts';
import { BROWSER, launchBrowser } from './browser.ts';
import { type House, openHouse } from './house.ts';

const AXE_PATHS = [
  '/',
  '/?q=inception&genre=thriller',
  '/?q=king+kong',
  '/?like=tt1375666&view=map',
  '/?like=tt0078748,tt0109830',
  '/docs',
  '/foryou',
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const PHONE = { width: 390, height: 844 };

describe.skipIf(!BROWSER)(
  `the page in a browser${BROWSER ? '' : ' (skipped: no Chromium found; apt-get install chromium)'}`,
  () => {
    let house: House;
    let web: WebAdapter;
    let browser: Browser;
    let context: BrowserContext;
    /** What went wrong in the page, and what it asked of other hosts. */
    let troubles: string[] = [];

    beforeAll(async () => {
      [house, browser] = await Promise.all([openHouse(aReadyFolder), launchBrowser()]);
      const limits = { questions: 10_000, requests: 10_000 };
      web = createWebAdapter(readConfig({ PORT: '0' }).http, house.parts({ limits }));
      await web.start({} as Bot);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await web?.stop();
      await house?.close();
    });

    afterEach(async () => {
      await context?.close();
      expect(troubles).toEqual([]);
    });

    async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
      troubles = [];
      // Crossfades between pages take the processor's time and show nothing that is tested.
      context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(web.address()) && !request.url().startsWith('data:'))
          troubles.push(`asks ${request.url()}`);
      });
      await page.goto(web.address() + path);
      return page;
    }

    const address = (page: Page) => page.url().slice(web.address().length);
    const heading = (page: Page) => page.locator('h1').innerText();

    it('suggests while one types, for the keyboard', async () => {
      const page = await open('/');
      const box = page.getByRole('combobox');
      await box.pressSequentially('incep');
      const options = page.getByRole('option');
      await page.locator('[role=option]:first-child', { hasText: 'Inception' }).waitFor();
      expect(await box.getAttribute('aria-expanded')).toBe('true');
      await box.press('ArrowDown');
      expect(await box.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
      await box.press('Escape');
      expect(await box.getAttribute('aria-expanded')).toBe('false');
      await box.press('ArrowDown');
      await options.first().waitFor();
      await box.press('ArrowDown');
      await box.press('Enter');
      await page.waitForURL(/like=tt1375666/u);
      expect(await heading(page)).toContain('Inception');
    });

    it('suggests for a finger, and searches stories from the same box', async () => {
      const page = await open('/', { viewport: PHONE, hasTouch: true, isMobile: true });
      await page.getByRole('combobox').pressSequentially('a thief enters dreams');
      await page.getByRole('option').last().tap();
      await page.waitForURL(/by=story/u);
      expect(await heading(page)).toContain('a thief enters dreams');
      expect(await page.locator('.card').count()).toBeGreaterThan(5);
    });

    it('asks which namesake, filters, leads on, and goes back by the address', async () => {
      const page = await open('/');
      await page.getByRole('combobox').fill('king kong');
      await page.getByRole('combobox').press('Enter');
      await page.getByRole('link', { name: /1933/u }).click();
      await page.waitForURL(/like=tt0024216/u);
      expect(await heading(page)).toContain('King Kong');
      const list = address(page);

      await page.locator('.chip', { hasText: 'hidden gems' }).click();
      await page.waitForURL(/popularity=low/u);
      expect(await page.locator('.chip.on').allInnerTexts()).toEqual(['hidden gems']);
      await page.locator('.chip', { hasText: 'Fantasy' }).first().click();
      await page.waitForURL(/genre=fantasy/u);
      expect(await page.locator('.chip.on').count()).toBe(2);
      const cards = await page.locator('.card h3').allInnerTexts();
      const linked = await open(address(page));
      expect(await linked.locator('.card h3').allInnerTexts()).toEqual(cards);

      await linked.locator('.card h3 a').first().click();
      await linked.waitForURL(/via=tt0024216/u);
      expect(await linked.locator('.trail').innerText()).toContain('King Kong');
      await linked.goBack();
      expect(await linked.locator('.card h3').allInnerTexts()).toEqual(cards);
      await linked.locator('.chip.on').first().click();
      await linked.locator('.chip.on').first().click();
      await linked.waitForURL((url) => !url.search.includes('genre') && !url.search.includes('popularity'));
      expect(address(linked)).toBe(list);
    });

    it('keeps ratings in the browser alone, recommends from them, and forgets them', async () => {
      const page = await open('/?like=tt0078748');
      const card = page.locator('.card').first();
      const id = (await card.getAttribute('id'))?.slice(2);
      await card.getByRole('button', { name: /Good/u }).click();
      const good = card.locator('[data-say=good]');
      expect(await good.getAttribute('aria-pressed')).toBe('true');
      await page
        .locator('.card')
        .nth(1)
        .getByRole('button', { name: /Not this/u })
        .click();
      await page.getByRole('link', { name: 'For you' }).click();
      await page.locator('#foryou .card').first().waitFor();
      expect(await page.locator('#foryou [role=status]').innerText()).toContain('From 1 rating');
      expect(await page.locator('#foryou .reason').first().innerText()).toBeTruthy();
      const shown = await page
        .locator('#foryou [data-rate]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-rate')));
      expect(shown).toHaveLength(20);
      expect(shown).not.toContain(id);
      for await (const star of house.core.opinions.stars()) expect(star).toBeUndefined();
      await page.getByRole('button', { name: 'Forget what I rated here' }).click();
      await page.getByText('Rate some films first').waitFor();
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });

    it('takes stars in half steps by the keyboard, shows them again, and takes them back', async () => {
      const page = await open('/?like=tt0078748');
      const card = page.locator('.card').first();
      const title = await card.locator('h3 a').innerText();
      const stars = card.getByRole('combobox', { name: title });
      expect(await stars.locator('option').allInnerTexts()).toEqual([
        '★ Stars…',
        ...['½ ★', '1 ★', '1½ ★', '2 ★', '2½ ★', '3 ★', '3½ ★', '4 ★', '4½ ★', '5 ★'],
      ]);
      await stars.focus();
      for (let step = 0; step < 7; step++) await stars.press('ArrowDown');
      const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem('kindred-ratings') ?? '[]'));
      const id = await card.locator('[data-rate]').getAttribute('data-rate');
      expect(await kept()).toEqual([{ id, stars: 3.5 }]);
      // A thumb is so many stars, and none of them is three and a half.
      const good = card.locator('[data-say=good]');
      expect(await good.getAttribute('aria-pressed')).toBe('false');
      await page.reload();
      expect(await stars.inputValue()).toBe('3.5');
      await good.click();
      expect(await stars.inputValue()).toBe('4.5');
      await stars.selectOption('');
      expect(await good.getAttribute('aria-pressed')).toBe('false');
      expect(await kept()).toEqual([]);
    });

    it('applies the whole form of filters, and leaves empty fields out of the address', async () => {
      const page = await open('/?like=tt1375666');
      await page.locator('.all summary').click();
      await page.getByLabel('From').fill('1990');
      await page.getByRole('checkbox', { name: 'Thriller' }).first().check();
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.waitForURL(/from=1990/u);
      expect(address(page)).toBe('/?like=tt1375666&genre=thriller&from=1990');
    });

    it('shows more in place, under an address that shows the same', async () => {
      const page = await open('/?like=tt1375666');
      await page.locator('#more').click();
      await page.locator('.card').nth(23).waitFor();
      expect(address(page)).toContain('page=2');
      const cards = await page.locator('.card h3').allInnerTexts();
      await page.reload();
      expect(await page.locator('.card h3').allInnerTexts()).toEqual(cards);
    });

    it('shows no film twice where the list changed before more of it was asked for', async () => {
      const page = await open('/?like=tt1375666');
      await page.route('**/*page=2*', async (route) => {
        const body = await (await route.fetch()).text();
        const newer = '<li class="card" id="m-tt9"><h3><a href="/?like=tt9">Nine</a></h3></li>';
        await route.fulfill({ body: body.replace(/id="list">/u, `$&${newer}`), contentType: 'text/html' });
      });
      await page.locator('#more').click();
      await page.locator('.card').nth(24).waitFor();
      const ids = await page.locator('.card').evaluateAll((cards) => cards.map(({ id }) => id));
      expect(new Set(ids).size).toBe(25);
      expect(ids[12]).toBe('m-tt9');
    });

    it('leaves the drawn poster to be seen where the real one failed before the script was there', async () => {
      const page = await open('/privacy');
      await page.route('**/', async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replaceAll(
          '<span class="tile-foot">',
          '<img src="/no-poster.jpg" alt=""><span class="tile-foot">',
        );
        await route.fulfill({ response, body });
      });
      await page.route(/kindred\.[^/]*js/u, async (route) => {
        const posters = "[...document.querySelectorAll('.tile img')]";
        await page.waitForFunction(`${posters}.length > 5 && ${posters}.every(({ complete }) => complete)`);
        await route.continue();
      });
      await page.goto(web.address());
      await page.waitForFunction("document.querySelector('.tile img') === null");
      expect(await page.locator('.tile svg').count()).toBeGreaterThan(5);
      troubles = []; // The posters were not there.
    });

    it('blends a second film in', async () => {
      const page = await open('/?like=tt1375666');
      await page.locator('#add').pressSequentially('amelie');
      await page
        .getByRole('option', { name: /Amélie/u })
        .first()
        .click();
      await page.waitForURL(/like=tt1375666%2Ctt0211915|like=tt1375666,tt0211915/u);
      expect(await page.locator('.parts li').count()).toBe(2);
    });

    it('draws the map, zooms it, and goes on from it', async () => {
      const page = await open('/?like=tt1375666&view=map');
      const nodes = page.locator('.map-frame a');
      await nodes.first().waitFor();
      expect(await nodes.count()).toBeGreaterThan(20);
      const place = () => nodes.nth(1).getAttribute('transform');
      const before = await place();
      await page.getByRole('button', { name: 'Zoom in' }).click();
      const zoomed = await place();
      expect(zoomed).not.toBe(before);
      await page.mouse.move(640, 500);
      await page.mouse.down();
      await page.mouse.move(700, 540, { steps: 4 });
      await page.mouse.up();
      expect(await place()).not.toBe(zoomed);
      await page.getByRole('button', { name: 'Whole map' }).click();
      expect(await place()).toBe(before);
      await nodes.nth(1).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/view=map.*via=tt1375666/u);
      await page.locator('.map-frame a').first().waitFor();
    });

    it('suggests and maps in the reader’s language', async () => {
      const page = await open('/?like=tt0133093&view=map', { locale: 'es' });
      const origin = page.getByRole('link', { name: /^Origen \(2010\), \d+ % de parecido$/u });
      await origin.focus();
      expect(await page.locator('.map-card').innerText()).toContain('Ciencia ficción');
      expect(await page.locator('.legend').innerText()).toContain('Ciencia ficción');
      await page.getByRole('combobox').pressSequentially('origen');
      await page.getByRole('option', { name: /^Origen/u }).waitFor();
    });

    it('works without a script from form to results', async () => {
      const page = await open('/', { javaScriptEnabled: false });
      await page.locator('#q').fill('inception');
      await page.getByRole('button', { name: 'Find films like it' }).click();
      expect(await page.locator('.card').count()).toBe(12);
    });

    it.each([
      { colorScheme: 'light', viewport: PHONE },
      { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
    ] as const)(
      'has no barrier that axe finds: $colorScheme, $viewport.width wide',
      async (options) => {
        const found: unknown[] = [];
        // One tab goes from page to page: a new one would cost a process and most of the time of this test.
        const page = await open('/', { ...options, bypassCSP: true });
        for (const path of AXE_PATHS) {
          await page.goto(web.address() + path);
          if (path.includes('map')) await page.locator('.map-frame a').first().waitFor();
          if (path.includes('genre')) await page.locator('.all summary').click();
          await page.evaluate(axe.source);
          const violations = (await page.evaluate(
            'axe.run().then((result) => result.violations)',
          )) as Violation[];
          found.push(...violations.map(({ id, nodes }) => ({ path, id, at: nodes[0]?.html })));
        }
        expect(found).toEqual([]);
      },
      90_000,
    );

    it.each([360, 834, 1440])('fits a screen %i wide', async (width) => {
      const page = await open('/?q=inception', { viewport: { width, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });
  },
);
