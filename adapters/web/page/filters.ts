import { html } from 'hono/html';
import { typedFilterMessages } from '../../../src/answers/filters.ts';
import { narrowings } from '../../../src/answers/narrowings.ts';
import { GENRE_SLUGS } from '../../../src/catalogue/genres.ts';
import { addFilters } from '../../../src/chat/add-filters.ts';
import type { ListAnswer } from './answer.ts';
import { type Drawing, t } from './layout.ts';
import { FILTER_NAMES, filtered, hiddenFields, hrefOf, type PageState } from './state.ts';
import type { Markup } from './tile.ts';

interface Chip {
  readonly label: string;
  readonly href: string;
}

const SUGGESTED_GENRES = 4;

/** The filters in effect as chips that take themselves away, a few that would narrow this very list, and all. */
export function filterBar(drawing: Drawing, answer: ListAnswer): Markup {
  const { state } = answer;
  const active = FILTER_NAMES.flatMap((name) => chipsOf(drawing, state, name));
  return html`<section class="filters" aria-label="${t(drawing, 'page.narrow')}">
<ul class="chips">
${active.map(
  ({ label, href }) =>
    html`<li><a class="chip on" href="${href}" aria-label="${t(drawing, 'page.removeFilter', { filter: label })}">${label}<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2.5 2.5 7 7m0-7-7 7"/></svg></a></li>`,
)}
${suggestions(drawing, answer).map(
  ({ label, href }) =>
    html`<li><a class="chip" href="${href}" aria-label="${t(drawing, 'page.addFilter', { filter: label })}">${label}</a></li>`,
)}
</ul>
${allFilters(drawing, state)}
</section>`;
}

/** One chip for each thing a filter says: each genre has its own. */
function chipsOf(drawing: Drawing, state: PageState, name: string): Chip[] {
  const text = state.filters[name];
  if (!text) return [];
  const parts = name === 'genre' ? text.split(',') : [text];
  return parts.map((part) => ({
    label: labelOf(drawing, name, part),
    href: hrefOf(filtered(state, name, parts.filter((each) => each !== part).join(','))),
  }));
}

function labelOf(drawing: Drawing, name: string, text: string): string {
  return typedFilterMessages(name, text, drawing.language)
    .map((message) => drawing.words.text(message))
    .join(', ');
}

/** Filters that would narrow this list: one press each. */
function suggestions(drawing: Drawing, { state, items }: ListAnswer): Chip[] {
  const movies = items.map(({ movie }) => movie);
  return narrowings(movies, state.filters, SUGGESTED_GENRES).map(({ name, text }) => ({
    label: labelOf(drawing, name, text),
    href: hrefOf({ ...state, filters: addFilters(state.filters, { [name]: text }), page: 1 }),
  }));
}

/** Every filter as a form, in the words that the chat takes. */
function allFilters(drawing: Drawing, state: PageState): Markup {
  const { filters } = state;
  const genres = filters.genre?.split(',') ?? [];
  const field = (name: string, label: string, type: string, hint: string) =>
    html`<label>${label}<input name="${name}" value="${filters[name] ?? ''}" placeholder="${hint}" inputmode="${type}" autocomplete="off" maxlength="40"></label>`;
  const pills = (legend: string, sign: '' | '-') =>
    html`<fieldset class="pills"><legend>${legend}</legend>${GENRE_SLUGS.map(
      (slug) =>
        html`<label><input type="checkbox" name="genre" value="${sign}${slug}"${genres.includes(`${sign}${slug}`) ? html` checked` : ''}><span>${t(drawing, `genre.${slug}`)}</span></label>`,
    )}</fieldset>`;
  return html`<details class="all"><summary class="chip">${t(drawing, 'page.filters')}</summary>
<form action="/" method="get" class="panel">
${hiddenFields(state).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${pills(t(drawing, 'page.genres'), '')}
${pills(t(drawing, 'page.withoutGenres'), '-')}
<div class="fields">
${field('from', t(drawing, 'page.from'), 'numeric', '1980')}
${field('to', t(drawing, 'page.to'), 'numeric', '2005')}
${field('runtime', t(drawing, 'page.runtime'), 'text', '120')}
${field('language', t(drawing, 'page.language'), 'text', drawing.words.languageName('fr'))}
${field('country', t(drawing, 'page.country'), 'text', drawing.words.countryName('JP'))}
${field('votes', t(drawing, 'page.votes'), 'numeric', '10000')}
<label>${t(drawing, 'page.kind')}<select name="kind">${['', 'movie', 'show', 'any'].map(
    (kind) =>
      html`<option value="${kind}"${(filters.kind ?? '') === kind ? html` selected` : ''}>${kind ? t(drawing, `kind.${kind as 'movie'}`) : t(drawing, state.story ? 'page.any' : 'page.kindOfSeed')}</option>`,
  )}</select></label>
</div>
<fieldset class="pills plain">
${(
  [
    ['popularity', 'low', 'popularity.low'],
    ['franchise', 'include', 'franchise.include'],
  ] as const
).map(
  ([name, value, label]) =>
    html`<label><input type="checkbox" name="${name}" value="${value}"${filters[name] ? html` checked` : ''}><span>${t(drawing, label)}</span></label>`,
)}
</fieldset>
<p class="ends"><button class="primary">${t(drawing, 'page.apply')}</button>
<a href="${hrefOf({ ...state, filters: {}, page: 1 })}">${t(drawing, 'page.clear')}</a></p>
</form></details>`;
}
