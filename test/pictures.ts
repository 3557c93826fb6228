/**
 * `npm run pictures` makes the pictures of README.md from the running program, so that they stay true: the page in a
 * browser, and a conversation in the terminal.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createTerminalAdapter } from '../adapters/terminal/index.ts';
import { createWebAdapter } from '../adapters/web/index.ts';
import type { Bot } from '../src/chat/bot.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { botOn } from '../src/main.ts';
import { BROWSER, launchBrowser } from './adapters/web/browser.ts';
import { type House, openHouse } from './adapters/web/house.ts';

const FOLDER = join(import.meta.dirname, '../docs/pictures');
const SCREEN = { width: 1280, height: 960 };
/** Of WebP, 0 to 1: flat colours and letters still look clean. */
const QUALITY = 0.75;
/** Pixels of the picture to one of the page: sharp on good screens, within 200 KB. */
const SCALE = 1.5;
const TYPED = ['the thing', '1'];

async function draw(): Promise<void> {
  const [house, browser] = await Promise.all([
    openHouse(),
    launchBrowser(),
    mkdir(FOLDER, { recursive: true }),
  ]);
  try {
    await drawPage(house, browser);
    await drawChat(await conversation(house), browser);
  } finally {
    await browser.close();
    await house.close();
  }
}

async function drawPage(house: House, browser: Browser): Promise<void> {
  const web = createWebAdapter(readConfig({ PORT: '0' }).http, house.parts());
  await web.start({} as Bot);
  const page = await openPage(browser, { viewport: SCREEN });
  await page.goto(`${web.address()}/?q=spirited+away`);
  await keep(page, 'page');
  await web.stop();
}

/** What a person sees in the terminal, colours and typed lines included. */
async function conversation(house: House): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  const terminal = createTerminalAdapter({ input, output, interactive: true, colours: true });
  const toType = [...TYPED];
  let shown = '';
  output.on('data', (text: string) => {
    shown += text;
    if (!text.endsWith('\n> ')) return;
    const line = toType.shift();
    if (line === undefined) input.end();
    else {
      shown += `${line}\n`;
      // Nobody types before the program has begun to read.
      setImmediate(() => input.write(`${line}\n`));
    }
  });
  await terminal.start(botOn(house.core, createLog({ level: 'fatal', secrets: [] })));
  await terminal.ended;
  await terminal.stop();
  return shown.trimEnd().replace(/\n>$/u, '');
}

async function drawChat(shown: string, browser: Browser): Promise<void> {
  const page = await openPage(browser, { viewport: { width: 860, height: 100 } });
  await page.setContent(`<body style="margin:0;padding:1.4rem;background:#141210;color:#f4ede2;width:48rem">
    <pre style="font:15px/1.45 'DejaVu Sans Mono',monospace;white-space:pre-wrap;margin:0">${coloured(shown)}</pre>`);
  await keep(page, 'chat');
}

async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  return browser.newPage({
    deviceScaleFactor: SCALE,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
}

/** Runs in the browser: a PNG as base64 becomes a WebP as bytes. */
const TO_WEBP = `async ([png, quality]) => {
  const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  return [...new Uint8Array(await blob.arrayBuffer())];
}`;

/** Browsers photograph themselves as PNG; as WebP the same picture takes a third. */
async function keep(page: Page, name: string): Promise<void> {
  const png = await page.screenshot({ fullPage: name === 'chat' });
  await page.goto('about:blank');
  const webp: number[] = await page.evaluate(
    `(${TO_WEBP})(${JSON.stringify([png.toString('base64'), QUALITY])})`,
  );
  await writeFile(join(FOLDER, `${name}.webp`), new Uint8Array(webp));
  await page.close();
}

const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight:700',
  2: 'opacity:.6',
  3: 'font-style:italic',
  36: 'color:#7fd1c7',
};

/** Terminal colours as HTML. */
function coloured(shown: string): string {
  const escaped = (part: string) => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const [first = '', ...others] = shown.split('\u001b[');
  return (
    escaped(first) +
    others
      .map((part) => {
        const [, code = '', rest = ''] = /^(\d+)m([\s\S]*)$/u.exec(part) ?? [];
        const style = STYLES[code];
        return `${style ? `<span style="${style}">` : '</span>'}${escaped(rest)}`;
      })
      .join('')
  );
}

if (BROWSER) await draw();
else {
  console.error('No Chromium was found: apt-get install chromium');
  process.exitCode = 1;
}
