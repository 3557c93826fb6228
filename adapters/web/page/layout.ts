import { html } from 'hono/html';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import { creditMessage, sourceMessage } from '../../../src/messages/movie-words.ts';
import { assetPath } from '../assets.ts';
import type { Invitation } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { EMPTY, hrefOf, type PageState } from './state.ts';
import type { Markup } from './tile.ts';

/** What every part of the page is drawn with. */
export interface Drawing extends Reader {
  readonly posters: boolean;
  readonly invitations: readonly Invitation[];
  /** Stories are understood in other languages than English too. */
  readonly anyLanguage?: boolean;
}

interface Page {
  readonly title: Message;
  /** Class of the body: which kind of page it is. */
  readonly kind: 'home' | 'list' | 'plain';
  readonly state?: PageState;
  readonly main: Markup;
  /** Movies whose texts or posters are shown, for credit. */
  readonly shown?: readonly Movie[];
}

/** A message as text, to be escaped where it is put in. */
export function t({ words }: Reader, ...message: Parameters<typeof say>): string {
  return words.text(say(...message));
}

export function document(drawing: Drawing, page: Page): Markup {
  return html`<!doctype html>
<html lang="${drawing.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${drawing.words.text(page.title)}</title>
<meta name="description" content="${t(drawing, 'page.tagline')}">
<meta name="color-scheme" content="light dark">
<link rel="preload" href="${assetPath('fonts/bricolage-grotesque-latin-700-normal.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetPath('kindred.css')}">
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
<script type="module" src="${assetPath('kindred.js')}"></script>
</head>
<body class="${page.kind}">
<a class="skip" href="#main">${t(drawing, 'page.skip')}</a>
<header class="top">
<a class="brand" href="${hrefOf(EMPTY)}"><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="12" cy="16" r="9"/><circle cx="20" cy="16" r="9"/></svg>${t(drawing, 'page.name')}</a>
${page.kind === 'home' ? '' : searchForm(drawing, page.state)}
</header>
<main id="main">${page.main}</main>
${footer(drawing, page.shown ?? [])}
</body>
</html>`;
}

/** The one box: a title, a story, or either with `key:value` filters. Works as a plain form. */
export function searchForm(drawing: Drawing, state?: PageState, { large = false } = {}): Markup {
  const label = t(drawing, 'page.search');
  return html`<form class="search${large ? ' large' : ''}" action="/" method="get" role="search">
<div class="box">
<label class="hidden" for="q">${label}</label>
<svg class="lens" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/></svg>
<input id="q" name="q" type="search" value="${state?.q ?? ''}" placeholder="${large ? label : t(drawing, 'page.searchShort')}" maxlength="2000" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" required
 data-suggest="stories" data-story="${t(drawing, 'page.storyOption', { text: '#' })}" data-list="${t(drawing, 'page.suggestions')}">
<button class="primary">${t(drawing, 'page.find')}</button>
</div>
<button class="quiet" name="by" value="story">${t(drawing, 'page.byStory')}</button>
</form>`;
}

/** Notices are announced where they come after a search. */
export function noticeList(drawing: Drawing, notices: readonly Message[]): Markup | '' {
  if (notices.length === 0) return '';
  return html`<div class="notices" role="status">${notices.map((notice) => html`<p>${drawing.words.text(notice)}</p>`)}</div>`;
}

function footer(drawing: Drawing, shown: readonly Movie[]): Markup {
  const credited = shown.filter((movie) => creditMessage(movie) !== undefined);
  const sources = [...new Set(credited.map((movie) => movie.overviewSource!))];
  const fromTmdb = shown.some((movie) =>
    [movie.source, movie.overviewSource, movie.posterSource].some((source) => source?.startsWith('tmdb')),
  );
  return html`<footer>
<nav>${drawing.invitations.map(
    ({ platform, href }) =>
      html`<a class="add" href="${href}" rel="noopener">${t(drawing, `page.add.${platform}`)}</a>`,
  )}<a href="/foryou">${t(drawing, 'page.forYou')}</a><a href="/docs">${t(drawing, 'page.api')}</a><a href="/privacy">${t(drawing, 'page.privacy')}</a></nav>
${sources.length > 0 ? html`<p>${t(drawing, 'page.credits', { sources: sources.map(sourceMessage) })}</p>` : ''}
${fromTmdb ? html`<p>${t(drawing, 'page.tmdb')}</p>` : ''}
</footer>`;
}
