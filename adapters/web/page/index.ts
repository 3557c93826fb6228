import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { HttpConfig } from '../../../src/config.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import type { Limits } from '../limits.ts';
import type { WebParts } from '../parts.ts';
import type { Problem } from '../problem.ts';
import { readerOf } from '../reader.ts';
import { type Answer, answer } from './answer.ts';
import { choicesPage } from './choices.ts';
import { homePage } from './home.ts';
import { type Drawing, document, searchForm, t } from './layout.ts';
import { listPage } from './list.ts';
import { forYouPage } from './rating.ts';
import { readState } from './state.ts';
import type { Markup } from './tile.ts';

/** The page: whole on arrival, so that it reads without a script; the script adds comfort. */
export function createPage(config: HttpConfig, parts: WebParts, limits: Limits): Hono {
  const app = new Hono();
  app.get('/', async (context) => {
    const drawing = drawingFor(context, config, parts, limits);
    const state = readState(new URL(context.req.url).searchParams);
    const { core, commands } = parts;
    const found = await answer({ core, commands, reader: drawing }, state);
    return send(context, drawing, draw(drawing, found), 200);
  });
  app.get('/foryou', (context) => {
    const drawing = drawingFor(context, config, parts, limits);
    return send(context, drawing, forYouPage(drawing), 200);
  });
  return app;
}

/** Something went wrong, told on a page instead of in JSON. */
export function errorPage(
  context: Context,
  config: HttpConfig,
  parts: WebParts,
  problem: Problem,
  message: Message,
): Response | Promise<Response> {
  const drawing = drawingFor(context, config, parts, { answerTime: 1000 });
  const page = document(drawing, {
    title: say('page.title', { title: t(drawing, 'page.error.title') }),
    kind: 'home',
    main: html`<section class="hello"><h1>${t(drawing, 'page.error.title')}</h1><p class="lead">${drawing.words.text(message)}</p>${searchForm(drawing, undefined, { large: true })}</section>`,
  });
  for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
  return send(context, drawing, page, problem.status);
}

function draw(drawing: Drawing, found: Answer): Markup {
  switch (found.kind) {
    case 'home':
      return homePage(drawing, found);
    case 'unclear':
      return choicesPage(drawing, found);
    case 'list':
      return listPage(drawing, found);
  }
}

function drawingFor(
  context: Context,
  config: HttpConfig,
  { core, invitations }: WebParts,
  { answerTime }: Pick<Limits, 'answerTime'>,
): Drawing {
  return {
    ...readerOf(context, answerTime),
    posters: config.posters,
    invitations: invitations?.() ?? [],
    anyLanguage: core.textLeaves,
  };
}

async function send(
  context: Context,
  { language }: Drawing,
  page: Markup,
  status: number,
): Promise<Response> {
  return context.body(String(await page), status as 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-cache',
    vary: 'Accept-Language',
  });
}
