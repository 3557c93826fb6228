import { html } from 'hono/html';
import { say } from '../../../src/messages/message.ts';
import type { Answer } from './answer.ts';
import { type Drawing, document, noticeList, searchForm, t } from './layout.ts';
import { EMPTY, hrefOf } from './state.ts';
import { type Markup, tile } from './tile.ts';

const STORIES = ['page.story1', 'page.story2', 'page.story3', 'page.story4'] as const;
const SHOWN = 18;

/** Stories to try. In other languages than English they are understood by an embedder that knows those. */
function stories(drawing: Drawing): Markup {
  return html`<h2 class="hidden">${t(drawing, 'page.storiesTitle')}</h2>
<ul class="stories">${STORIES.map((key) => t(drawing, key)).map(
    (story) => html`<li><a href="${hrefOf({ ...EMPTY, q: story, story: true })}">${story}</a></li>`,
  )}</ul>`;
}

export function homePage(drawing: Drawing, answer: Extract<Answer, { kind: 'home' }>): Markup {
  const movies = answer.movies.slice(0, SHOWN);
  return document(drawing, {
    title: say('page.title', { title: t(drawing, 'page.question') }),
    kind: 'home',
    state: answer.state,
    main: html`<section class="hello">
<h1>${t(drawing, 'page.question')}</h1>
<p class="lead">${t(drawing, 'page.lead')}</p>
${searchForm(drawing, answer.state, { large: true })}
${noticeList(drawing, answer.notices)}
${drawing.language === 'en' || drawing.anyLanguage ? stories(drawing) : ''}
</section>
${
  movies.length === 0
    ? ''
    : html`<section class="wall"><h2>${t(drawing, 'page.startHere')}</h2>
<ul>${movies.map(
        (movie, index) =>
          html`<li><a href="${hrefOf({ ...EMPTY, like: [movie.id] })}" aria-label="${t(drawing, 'page.similarNamed', { title: drawing.words.title(movie) })}">${tile(movie, { ...drawing, eager: index < 6 })}</a></li>`,
      )}</ul></section>`
}`,
  });
}
