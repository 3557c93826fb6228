/**
 * `npm run pictures` makes the pictures of README.md from the running program, so that they stay true: the page in a
 * browser, and a conversation in the terminal.
 */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import type { Browser } from 'playwright-core';
import { createTerminalAdapter } from '../adapters/terminal/index.ts';
import { createWebAdapter } from '../adapters/web/index.ts';
import type { Bot } from '../src/chat/bot.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { botOn } from '../src/main.ts';
import { BROWSER, launchBrowser } from './adapters/web/browser.ts';
import { type House, openHouse } from './adapters/web/house.ts';

const FOLDER = join(import.meta.dirname, '../docs');
const SCREEN = { width: 1280, height: 1080 };
const TYPED = 'the thing 1982';

async function draw(): Promise<void> {
  const [house, browser] = await Promise.all([openHouse(), launchBrowser()]);
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
  const page = await browser.newPage({ viewport: SCREEN, colorScheme: 'light' });
  await page.goto(`${web.address()}/?q=spirited+away`);
  await page.screenshot({ path: join(FOLDER, 'page.png') });
  await page.close();
  await web.stop();
}

/** What the terminal shows, with its colours, while the line is typed. */
async function conversation(house: House): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const terminal = createTerminalAdapter({ input, output, interactive: false, colours: true });
  await terminal.start(botOn(house.core, createLog({ level: 'fatal', secrets: [] })));
  const shown = text(output);
  input.end(`${TYPED}\n`);
  await terminal.ended;
  await terminal.stop();
  output.end();
  return shown;
}

async function drawChat(shown: string, browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 860, height: 100 } });
  await page.setContent(`<body style="margin:0;padding:1.4rem;background:#141210;color:#f4ede2;width:48rem">
    <pre style="font:15px/1.45 'DejaVu Sans Mono',monospace;white-space:pre-wrap;margin:0">${coloured(`> ${TYPED}\n\n${shown}`)}</pre>`);
  await page.screenshot({ path: join(FOLDER, 'chat.png'), fullPage: true });
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
  return shown
    .split('\u001b[')
    .map((part, index) => {
      const [, code, rest] = /^(\d+)m([\s\S]*)$/u.exec(part) ?? [];
      if (index === 0 || code === undefined) return escaped(stripVTControlCharacters(part));
      const style = STYLES[code];
      return `${style ? `<span style="${style}">` : '</span>'}${escaped(rest ?? '')}`;
    })
    .join('');
}

if (BROWSER) await draw();
else {
  console.error('No Chromium was found: apt-get install chromium');
  process.exitCode = 1;
}
