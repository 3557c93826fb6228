import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { problemMessage, reportMessages, undoneMessages } from '../../src/answers/history-reply.ts';
import { MAX_FILE, UnreadableHistory } from '../../src/history/entry.ts';
import { takeHistory } from '../../src/history/take.ts';
import { type Message, say } from '../../src/messages/message.ts';
import { Forgotten } from '../../src/people/imports.ts';
import { type Drawing, document, noticeList, t } from './page/layout.ts';
import type { Markup } from './page/tile.ts';
import type { WebParts } from './parts.ts';
import { readerOf } from './reader.ts';

/** A form around the file takes a few hundred bytes. */
const FORM_BYTES = 10_000;
/** Milliseconds: reading a long history takes a few seconds. */
const ANSWER_TIME = 30_000;

interface Shown {
  readonly status: 200 | 400 | 404 | 413;
  readonly notices: readonly Message[];
  /** The file can be chosen. */
  readonly open: boolean;
  /** What was brought can be taken back. */
  readonly undo?: { readonly token: string; readonly id: number };
}

const ENDED: Shown = { status: 404, notices: [say('page.history.ended')], open: false };

/** Where somebody brings their history, through a link that the bot gave them in private: good once. */
export function createHistory({ core }: WebParts): Hono {
  const app = new Hono();
  const tooLarge = (context: Context) => page(context, refused(problemMessage('tooLarge'), 413));
  app.get('/history/:token', async (context) => {
    const good = await core.uploadLinks.isGood(context.req.param('token'), Date.now());
    return page(context, good ? { status: 200, notices: [], open: true } : ENDED);
  });
  app.post(
    '/history/:token',
    bodyLimit({ maxSize: MAX_FILE + FORM_BYTES, onError: tooLarge }),
    async (context) => {
      const token = context.req.param('token');
      const { file } = await context.req.parseBody();
      if (!(file instanceof File) || file.size === 0)
        return page(context, refused(say('page.history.noFile'), 400));
      return page(context, await take(token, file));
    },
  );

  app.post('/history/:token/undo', bodyLimit({ maxSize: FORM_BYTES }), async (context) => {
    const { id } = await context.req.parseBody();
    return page(context, await takeBack(context.req.param('token'), Number(id)));
  });

  async function takeBack(token: string, id: number): Promise<Shown> {
    const owner = await core.uploadLinks.usedBy(token, Date.now());
    if (owner === undefined) return { status: 404, notices: [say('page.history.undoEnded')], open: false };
    const done = Number.isSafeInteger(id) ? await core.imports.takeBack(owner, id) : undefined;
    return { status: done ? 200 : 404, notices: undoneMessages(done), open: false };
  }

  async function take(token: string, file: File): Promise<Shown> {
    const upload = await core.uploadLinks.redeem(token, Date.now());
    if (!upload) return ENDED;
    try {
      const first = (await core.opinions.count(upload.owner)) === 0;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const signal = AbortSignal.timeout(ANSWER_TIME);
      const report = await takeHistory(upload, { name: file.name, bytes }, { ...core, signal });
      const learning = first && report.matched > 0 ? [say('rate.learning')] : [];
      return {
        status: 200,
        notices: [...learning, ...reportMessages(report)],
        open: false,
        ...(report.undo !== undefined && { undo: { token, id: report.undo } }),
      };
    } catch (error) {
      if (error instanceof Forgotten) return ENDED;
      await core.uploadLinks.giveBack(token);
      if (!(error instanceof UnreadableHistory)) throw error;
      return refused(problemMessage(error.problem), 400);
    }
  }

  return app;
}

function refused(problem: Message, status: Shown['status']): Shown {
  return { status, notices: [problem, say('page.history.again')], open: true };
}

function page(context: Context, { status, notices, open, undo }: Shown): Response | Promise<Response> {
  const drawing: Drawing = { ...readerOf(context, 1000), posters: false, invitations: [] };
  context.header('cache-control', 'no-store');
  context.header('x-robots-tag', 'noindex');
  const title = t(drawing, 'page.history.title');
  return context.html(
    document(drawing, {
      title: say('page.title', { title }),
      kind: 'plain',
      main: html`<article class="docs"><h1>${title}</h1>
${noticeList(drawing, notices)}
${open ? form(drawing) : ''}${undo ? undoForm(drawing, undo) : ''}</article>`,
    }),
    status,
  );
}

/** Works without a script; it is sent to the very address it came from. */
function form(drawing: Drawing): Markup {
  return html`<p class="lead" id="about">${t(drawing, 'page.history.lead')}</p>
<form method="post" enctype="multipart/form-data" class="upload">
<label for="file">${t(drawing, 'page.history.file')}</label>
<input id="file" name="file" type="file" accept=".zip,.csv,.json" required aria-describedby="about">
<button class="primary">${t(drawing, 'page.history.send')}</button>
</form>`;
}

function undoForm(drawing: Drawing, { token, id }: NonNullable<Shown['undo']>): Markup {
  return html`<form method="post" action="${token}/undo" class="upload">
<input type="hidden" name="id" value="${id}">
<button class="quiet">${t(drawing, 'history.undo')}</button>
</form>`;
}
