import { html } from 'hono/html';
import { isLink } from '../../../src/chat/reply.ts';
import { say } from '../../../src/messages/message.ts';
import type { Answer } from './answer.ts';
import { type Drawing, document, noticeList, t } from './layout.ts';
import { hrefOf, type PageState } from './state.ts';
import { type Markup, tile } from './tile.ts';

/** Namesakes as cards, or the nearest titles where there is none; and the same words as a story. */
export function choicesPage(drawing: Drawing, answer: Extract<Answer, { kind: 'unclear' }>): Markup {
  const { state, unclear, notices } = answer;
  const { words } = drawing;
  const lines = unclear.reply.blocks.flatMap((block) => (block.kind === 'text' ? block.lines : []));
  const choices = unclear.reply.blocks.flatMap((block) => (block.kind === 'choices' ? block.items : []));
  const offers = unclear.reply.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .filter((button) => !isLink(button) && button.run.command === 'plot');
  return document(drawing, {
    title: say('page.title', { title: unclear.typed }),
    kind: 'plain',
    state,
    shown: choices.map((choice) => choice.movie),
    main: html`<section class="which">
<h1>${lines.map((line) => words.text(line)).join(' ')}</h1>
${noticeList(drawing, notices)}
<ul class="choices">${choices.map(
      ({ movie, tellsApart }) => html`<li><a class="choice" href="${hrefOf(picked(state, movie.id))}">
${tile(movie, { ...drawing, eager: true })}
<span class="choice-text"><strong>${words.title(movie)}</strong> <span class="year">${movie.year ?? ''}</span>
<span class="apart">${tellsApart.map((each) => words.text(each)).join(' · ')}</span></span></a></li>`,
    )}</ul>
${
  offers.length > 0 || unclear.outcome === 'none'
    ? html`<p class="offer"><a class="button" href="${hrefOf({ ...withoutWords(state), q: unclear.typed, story: true })}">${t(drawing, 'plot.offer')}</a></p>`
    : ''
}
</section>`,
  });
}

/** The state with the words settled to mean this movie. */
function picked(state: PageState, id: string): PageState {
  const rest = withoutWords(state);
  return { ...rest, like: [...state.like, id] };
}

function withoutWords({ q: _, add: __, story: ___, ...rest }: PageState): PageState {
  return rest;
}
