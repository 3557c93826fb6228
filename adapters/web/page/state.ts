import type { MovieId } from '../../../src/catalogue/movie.ts';
import { filterArgs } from '../../../src/chat/filter-args.ts';

/** Everything the page shows, as its address holds it: a link shows the same, and back works. */
export interface PageState {
  /** Words as typed: a title, or a story. Gone once they are known to mean a movie. */
  readonly q?: string;
  /** The words are a story, not a title. */
  readonly story?: boolean;
  readonly like: readonly MovieId[];
  readonly away: readonly MovieId[];
  /** Words for one more movie to blend in. */
  readonly add?: string;
  /** By the names that the chat uses, as text. */
  readonly filters: Readonly<Record<string, string>>;
  /** How many pages are shown, one below the other. */
  readonly page: number;
  readonly map?: boolean;
  /** The movies one came from, the latest last. */
  readonly via: readonly MovieId[];
}

export const EMPTY: PageState = { like: [], away: [], filters: {}, page: 1, via: [] };

export const FILTER_NAMES = Object.keys(filterArgs);

const MAX_PAGES = 5;
const MAX_MOVIES = 6;
const MAX_TRAIL = 6;
const MAX_WORDS = 2000;

/** Reads an address. Whatever it holds, there is a state: what makes no sense is left out. */
export function readState(query: URLSearchParams): PageState {
  const text = (name: string) => query.get(name)?.trim().slice(0, MAX_WORDS) || undefined;
  const ids = (name: string, most: number) =>
    [
      ...new Set(
        query
          .getAll(name)
          .join(',')
          .split(',')
          .map((id) => id.trim())
          .filter(isId),
      ),
    ].slice(-most);
  const [q, add] = [text('q'), text('add')];
  const filters = Object.fromEntries(
    FILTER_NAMES.map((name) => [name, query.getAll(name).filter(Boolean).join(',').slice(0, 300)]).filter(
      ([, value]) => value,
    ),
  );
  return {
    ...(q && { q }),
    ...(query.get('by') === 'story' && { story: true }),
    like: ids('like', MAX_MOVIES),
    away: ids('away', MAX_MOVIES),
    ...(add && { add }),
    filters,
    page: Math.min(MAX_PAGES, Math.max(1, Math.trunc(Number(query.get('page'))) || 1)),
    ...(query.get('view') === 'map' && { map: true }),
    via: ids('via', MAX_TRAIL),
  };
}

function isId(text: string): boolean {
  return /^[\w-]{1,40}$/u.test(text);
}

/** The address of a state. */
export function hrefOf(state: PageState): string {
  const query = new URLSearchParams(hiddenFields(state));
  for (const name of FILTER_NAMES) if (state.filters[name]) query.append(name, state.filters[name]);
  if (state.page > 1) query.append('page', String(state.page));
  const text = query.toString().replaceAll('%2C', ',');
  return text ? `/?${text}` : '/';
}

/** What a form has to repeat to stay where it is; filters and page are its own business. */
export function hiddenFields(state: PageState): [name: string, value: string][] {
  const fields: [string, string | undefined][] = [
    ['q', state.q],
    ['by', state.story ? 'story' : undefined],
    ['like', state.like.join(',')],
    ['away', state.away.join(',')],
    ['add', state.add],
    ['view', state.map ? 'map' : undefined],
    ['via', state.via.join(',')],
  ];
  return fields.flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
}

/** On from a movie of the list: a new list, with the way back. */
export function onTo(id: MovieId, from: PageState): PageState {
  const came = from.like.length === 1 && from.away.length === 0 ? [...from.via, ...from.like] : from.via;
  return { ...EMPTY, like: [id], via: came.filter((each) => each !== id).slice(-MAX_TRAIL) };
}

/** The same list with one more movie in it. */
export function blended(id: MovieId, state: PageState): PageState {
  return { ...state, like: [...state.like, id], page: 1 };
}

/** The same list with a filter set, or with `undefined` removed. */
export function filtered(state: PageState, name: string, value: string | undefined): PageState {
  const { [name]: _, ...others } = state.filters;
  return { ...state, filters: value ? { ...others, [name]: value } : others, page: 1 };
}
