import { html } from 'hono/html';
import { movieLinks } from '../../../src/answers/links.ts';
import { GENRE_SLUGS, GENRES } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import {
  creditMessage,
  factMessages,
  ratingMessage,
  titleWithYear,
} from '../../../src/messages/movie-words.ts';
import { reasonMessage } from '../../../src/messages/reason-words.ts';
import type { Recommendation } from '../../../src/recommender/recommender.ts';
import type { ListAnswer } from './answer.ts';
import { filterBar } from './filters.ts';
import { type Drawing, document, noticeList, t } from './layout.ts';
import { ratingButtons } from './rating.ts';
import { blended, hiddenFields, hrefOf, onTo, type PageState } from './state.ts';
import { type Markup, tile } from './tile.ts';

export function listPage(drawing: Drawing, answer: ListAnswer): Markup {
  const { state, like, away, items } = answer;
  return document(drawing, {
    title:
      like.length > 0
        ? say('page.titleSimilar', { titles: like.map(titleWithYear) })
        : say('page.titleStory', { text: state.q ?? '' }),
    kind: 'list',
    state,
    shown: [...like, ...away, ...items.map((item) => item.movie)],
    main: html`${trail(drawing, answer)}
${like.length === 0 ? story(drawing, state) : like.length + away.length === 1 ? seed(drawing, answer, like[0]!) : blend(drawing, answer)}
${noticeList(drawing, answer.notices)}
${notIt(drawing, answer)}
${series(drawing, answer)}
<div class="bar">${like.length === 1 && away.length === 0 ? views(drawing, state) : ''}${state.map ? html`<p class="map-about">${t(drawing, 'page.mapAbout')}</p>` : filterBar(drawing, answer)}</div>
${state.map ? map(drawing, like[0]!) : results(drawing, answer)}`,
  });
}

function story(drawing: Drawing, { q = '' }: PageState): Markup {
  return html`<section class="seed story"><p class="eyebrow">${t(drawing, 'page.story')}</p><h1>“${q}”</h1></section>`;
}

function seed(drawing: Drawing, { state }: ListAnswer, movie: Movie): Markup {
  const { words } = drawing;
  const credit = creditMessage(movie);
  const rating = ratingMessage(movie);
  const facts: Message[] = [
    ...(movie.kind === 'show' ? [say('kind.show')] : []),
    ...factMessages(movie),
    ...(rating ? [rating] : []),
  ];
  const lines: Message[] = [
    ...(movie.directors.length > 0 ? [say('card.directors', { names: movie.directors.slice(0, 3) })] : []),
    ...(movie.cast.length > 0 ? [say('card.cast', { names: movie.cast.slice(0, 3) })] : []),
  ];
  const overview = movie.overview ?? t(drawing, 'card.noOverview');
  const heading = html`<p class="eyebrow">${t(drawing, 'page.because')}</p>
<h1>${words.title(movie)}${movie.year === undefined ? '' : html` <span class="year">${movie.year}</span>`}</h1>`;
  if (state.map)
    return html`<section class="seed compact"><div class="seed-tile">${tile(movie, { ...drawing, eager: true })}</div><div class="seed-text">${heading}</div></section>`;
  return html`<section class="seed">
<div class="seed-tile">${tile(movie, { ...drawing, eager: true })}</div>
<div class="seed-text">
${heading}
<p class="facts">${facts.map((fact) => words.text(fact)).join(' · ')}</p>
${lines.length > 0 ? html`<p class="people">${lines.map((line) => words.text(line)).join('. ')}.</p>` : ''}
<p class="overview" tabindex="0">${overview}</p>
<div class="after"><p class="links">${movieLinks(movie).map((link) => html`<a href="${link.href}" rel="noopener">${words.text(link.label)}</a>`)}${
    credit ? html`<span class="credit">${words.text(credit)}</span>` : ''
  }</p>
${blendForm(drawing, state)}</div>
</div>
</section>`;
}

function blend(drawing: Drawing, { state, like, away }: ListAnswer): Markup {
  const part = (movie: Movie, isAway: boolean) => {
    const title = drawing.words.title(movie);
    const without = (ids: readonly string[]) => ids.filter((id) => id !== movie.id);
    const bare = { ...state, like: without(state.like), away: without(state.away), page: 1 };
    const swapped = isAway
      ? { ...bare, like: [...bare.like, movie.id] }
      : { ...bare, away: [...bare.away, movie.id] };
    return html`<li class="${isAway ? 'away' : 'toward'}">${tile(movie, { ...drawing, eager: true })}
<span class="part"><strong>${title}</strong> <span class="year">${movie.year ?? ''}</span>
<span class="part-actions">${
      swapped.like.length > 0
        ? html`<a href="${hrefOf(swapped)}" >${t(drawing, isAway ? 'page.moreOf' : 'page.less')}<span class="hidden">: ${title}</span></a>`
        : ''
    }${bare.like.length > 0 ? html`<a href="${hrefOf(bare)}" aria-label="${t(drawing, 'page.remove', { title })}">×</a>` : ''}</span></span></li>`;
  };
  return html`<section class="seed blend"><p class="eyebrow">${t(drawing, 'page.blendOf')}</p>
<h1 class="hidden">${t(drawing, away.length > 0 ? 'similar.blendAway' : 'similar.blend', { titles: like.map(titleWithYear), away: away.map(titleWithYear) })}</h1>
<ul class="parts">${like.map((movie) => part(movie, false))}${away.map((movie) => part(movie, true))}</ul>
${blendForm(drawing, state)}</section>`;
}

function blendForm(drawing: Drawing, state: PageState): Markup {
  return html`<form class="blend-form" action="/" method="get">
${hiddenFields({ ...state, map: false }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${Object.entries(state.filters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label class="hidden" for="add">${t(drawing, 'page.blendWith')}</label>
<span class="box"><input id="add" name="add" type="search" required maxlength="300" placeholder="${t(drawing, 'page.blendWith')}" autocomplete="off" spellcheck="false" data-suggest="movies" data-list="${t(drawing, 'page.suggestions')}"><button>${t(drawing, 'page.blend')}</button></span>
</form>`;
}

function trail(drawing: Drawing, { state, trail: movies }: ListAnswer): Markup | '' {
  if (movies.length === 0) return '';
  return html`<nav class="trail" aria-label="${t(drawing, 'page.trail')}"><ol>${movies.map(
    (movie, index) =>
      html`<li><a href="${hrefOf({ ...state, like: [movie.id], away: [], filters: {}, page: 1, map: false, via: state.via.slice(0, index) })}">${drawing.words.title(movie)}</a></li>`,
  )}</ol></nav>`;
}

function notIt(drawing: Drawing, { state, others }: ListAnswer): Markup | '' {
  if (others.length === 0) return '';
  return html`<p class="not-it">${t(drawing, 'similar.notIt')} ${others
    .slice(0, 3)
    .map(
      (movie) =>
        html`<a class="chip" href="${hrefOf({ ...state, like: [movie.id], away: [], page: 1 })}">${drawing.words.text(titleWithYear(movie))}</a>`,
    )}</p>`;
}

/** The seed's own series stands above the list, not in it. */
function series(drawing: Drawing, { state, ownSeries }: ListAnswer): Markup | '' {
  if (!ownSeries || state.map) return '';
  return html`<p class="not-it">${t(drawing, 'page.ownSeries', { name: ownSeries.name })} ${ownSeries.movies.map(
    (movie) =>
      html`<a class="chip" href="${hrefOf(onTo(movie.id, state))}">${drawing.words.text(titleWithYear(movie))}</a>`,
  )}</p>`;
}

function views(drawing: Drawing, state: PageState): Markup {
  const { map: isMap, ...asList } = state;
  return html`<nav class="views" aria-label="${t(drawing, 'page.views')}"><a href="${hrefOf(asList)}"${isMap ? '' : html` aria-current="page"`}>${t(drawing, 'page.list')}</a><a href="${hrefOf({ ...state, map: true })}"${isMap ? html` aria-current="page"` : ''}>${t(drawing, 'page.map')}</a></nav>`;
}

/** The reader's words for the genres of the API. */
function genreWords(drawing: Drawing): Record<string, string> {
  return Object.fromEntries(GENRE_SLUGS.map((slug) => [GENRES[slug], t(drawing, `genre.${slug}`)]));
}

/** An empty frame: the script draws what the API tells. */
function map(drawing: Drawing, movie: Movie): Markup {
  const label = t(drawing, 'page.mapLabel', { title: drawing.words.title(movie) });
  return html`<section class="map" aria-label="${label}">
<div class="map-stage">
<div class="map-frame" data-map="${movie.id}" data-failed="${t(drawing, 'page.mapFailed')}" data-match="${t(drawing, 'page.match', { percent: '#' })}" data-genres="${JSON.stringify(genreWords(drawing))}">
<noscript><p>${t(drawing, 'page.mapNoScript')}</p></noscript></div>
<p class="map-tools" hidden><button type="button" data-zoom="in" aria-label="${t(drawing, 'page.zoomIn')}">+</button><button type="button" data-zoom="out" aria-label="${t(drawing, 'page.zoomOut')}">−</button><button type="button" data-zoom="all" aria-label="${t(drawing, 'page.zoomReset')}">⤢</button></p></div>
</section>`;
}

function results(drawing: Drawing, answer: ListAnswer): Markup {
  const { state, items, like, hasMore } = answer;
  if (items.length === 0) {
    const filtersSet = Object.keys(state.filters).length > 0;
    const nothing =
      like.length > 0
        ? say('similar.none', { title: drawing.words.title(like[0]!) })
        : say('plot.none', { text: state.q ?? '' });
    return html`<p class="nothing">${drawing.words.text(filtersSet ? say('page.noneFiltered') : nothing)}${
      filtersSet
        ? html` <a class="button" href="${hrefOf({ ...state, filters: {}, page: 1 })}">${t(drawing, 'similar.withoutFilters')}</a>`
        : ''
    }</p>`;
  }
  return html`<section aria-labelledby="results"><h2 id="results" class="hidden">${t(drawing, 'page.results')}</h2>
<ol class="grid" id="list">${items.map((item, index) => card(drawing, state, item, index))}</ol>
<p class="more">${hasMore ? html`<a class="button" id="more" href="${hrefOf({ ...state, page: state.page + 1 })}">${t(drawing, 'page.more')}</a>` : html`<span>${t(drawing, 'page.end')}</span>`}</p></section>`;
}

function card(
  drawing: Drawing,
  state: PageState,
  { movie, score, reasons }: Recommendation,
  index: number,
): Markup {
  const { words } = drawing;
  const title = words.title(movie);
  const percent = Math.round(score * 100);
  const href = hrefOf(onTo(movie.id, state));
  return html`<li class="card" id="m-${movie.id}">
<a class="poster" href="${href}" tabindex="-1" aria-hidden="true">${tile(movie, { ...drawing, eager: index < 6 })}</a>
<h3><a href="${href}">${title}</a>${movie.year === undefined ? '' : html` <span class="year">${movie.year}</span>`}</h3>
<p class="match"><svg viewBox="0 0 36 4" aria-hidden="true" preserveAspectRatio="none"><rect width="36" height="4" rx="2"/><rect class="full" width="${(36 * score).toFixed(1)}" height="4" rx="2"/></svg>${t(drawing, 'page.match', { percent: String(percent) })}</p>
${reasons.length > 0 ? html`<p class="reason">${reasons.map((reason) => words.text(reasonMessage(reason))).join(' · ')}</p>` : ''}
<p class="facts">${factMessages({ ...movie, genres: movie.genres.slice(0, 2) })
    .map((fact) => words.text(fact))
    .join(' · ')}</p>
${movie.overview ? html`<p class="overview">${movie.overview}</p>` : ''}
<p class="actions"><a href="${href}" >${t(drawing, 'page.similar')}<span class="hidden">: ${title}</span></a>${
    state.like.length > 0 && state.like.length < 4
      ? html`<a href="${hrefOf(blended(movie.id, state))}" >${t(drawing, 'page.blendIn')}<span class="hidden">: ${title}</span></a>`
      : ''
  }</p>
${ratingButtons(drawing, movie.id, title)}</li>`;
}
