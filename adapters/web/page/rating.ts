import { html } from 'hono/html';
import { STARS } from '../../../src/chat/stars.ts';
import { say } from '../../../src/messages/message.ts';
import { type Drawing, document, t } from './layout.ts';
import type { Markup } from './tile.ts';

const SAYINGS = { good: 'rate.button.liked', bad: 'rate.button.disliked', seen: 'rate.button.seen' } as const;

/** What can be said of a film. Hidden until the script, which keeps it in the browser, is there. */
export function ratingButtons(drawing: Drawing, id: string, title: string): Markup {
  return html`<p class="rate" data-rate="${id}" hidden>${Object.entries(SAYINGS).map(
    ([saying, key]) =>
      html`<button type="button" data-say="${saying}" aria-pressed="false">${t(drawing, key)}<span class="hidden">: ${title}</span></button>`,
  )}${starsChoice(drawing, title)}<button type="button" data-say="not" aria-pressed="false">${t(drawing, 'rate.button.dismissed')}<span class="hidden">: ${title}</span></button></p>`;
}

/** Half steps, as everywhere. The first takes them back. */
function starsChoice(drawing: Drawing, title: string): Markup {
  const label = t(drawing, 'rate.button.stars');
  return html`<select data-stars aria-label="${label}: ${title}" autocomplete="off"><option value="">${label}</option>${STARS.map(
    (stars) => html`<option value="${stars}">${t(drawing, `stars.${stars}`)}</option>`,
  )}</select>`;
}

/** An empty place: the script asks the API with what the browser keeps, and fills it. */
export function forYouPage(drawing: Drawing): Markup {
  const title = t(drawing, 'page.forYou');
  return document(drawing, {
    title: say('page.title', { title }),
    kind: 'list',
    main: html`<section id="foryou" aria-labelledby="heading" data-empty="${t(drawing, 'page.forYou.empty')}" data-failed="${t(drawing, 'page.forYou.failed')}">
<h1 id="heading">${title}</h1>
<p class="lead">${t(drawing, 'page.forYou.lead')}</p>
<noscript><p>${t(drawing, 'page.forYou.noScript')}</p></noscript>
<p class="notices" role="status"></p>
<ol class="grid" id="list"></ol>
<p><button type="button" class="quiet" data-forget hidden>${t(drawing, 'page.forYou.forget')}</button></p>
<template><li class="card"><h3><a href="/"></a> <span class="year"></span></h3><p class="reason"></p><p class="facts"></p><p class="overview"></p>${ratingButtons(drawing, '', '')}</li></template>
</section>`,
  });
}
