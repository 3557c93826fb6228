import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { say } from '../../src/messages/message.ts';
import { SHIPPED } from '../../src/paths.ts';
import { type Drawing, document, t } from './page/layout.ts';
import type { Markup } from './page/tile.ts';
import { readerOf } from './reader.ts';

/** What is kept about people, from the project's own account of it. */
export function createPrivacy(): Hono {
  const app = new Hono();
  const text = readFileSync(SHIPPED.privacy, 'utf8');
  app.get('/privacy', (context) => {
    const drawing: Drawing = { ...readerOf(context, 1000), posters: false, invitations: [] };
    context.header('cache-control', 'no-cache');
    const title = say('page.title', { title: t(drawing, 'help.privacyLink') });
    return context.html(
      document(drawing, {
        title,
        kind: 'plain',
        main: html`<article class="docs" lang="en">${blocks(text)}</article>`,
      }),
    );
  });
  return app;
}

/** The Markdown that the document uses: headings, paragraphs, lists and code. */
function blocks(text: string): Markup[] {
  return text.split(/\n{2,}/u).map((block) => {
    const lines = block.trim();
    if (lines.startsWith('## ')) return html`<h2>${inline(lines.slice(3))}</h2>`;
    if (lines.startsWith('# ')) return html`<h1>${inline(lines.slice(2))}</h1>`;
    if (!lines.startsWith('- ')) return html`<p>${inline(lines)}</p>`;
    const items = lines.slice(2).split(/\n- /u);
    return html`<ul>${items.map((item) => html`<li>${inline(item)}</li>`)}</ul>`;
  });
}

function inline(text: string): Markup[] {
  return text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`));
}
