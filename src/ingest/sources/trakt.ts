import type { Kind } from '../../catalogue/movie.ts';
import { ConfigError } from '../../config.ts';
import { type Api, getJson } from './http.ts';
import type { Entry, Page, Source, SourceInput } from './source.ts';

const TRAKT = 'trakt';

/** Trakt's highest that is documented for lists. */
const PAGE_SIZE = 100;

const LISTS = [
  { path: '/movies/popular', kind: 'movie', name: 'movies' },
  { path: '/shows/popular', kind: 'show', name: 'shows' },
] as const;

/** Trakt's API: all movies and shows, the best known first. */
export const trakt: Source = {
  marks: TRAKT,
  identity: async ({ config }) => config.trakt.apiUrl,
  read,
};

/** `from` is the list and its page, such as `1:17`. */
async function* read(input: SourceInput): AsyncGenerator<Page> {
  const api = apiOf(input);
  const [list, page] = (input.from ?? '0:1').split(':').map(Number) as [number, number];
  for (const [index, { path, kind, name }] of LISTS.entries()) {
    if (index < list) continue;
    let pages = Number.POSITIVE_INFINITY;
    for (let at = index === list ? page : 1; at <= pages; at++) {
      const query = { extended: 'full', page: String(at), limit: String(PAGE_SIZE) };
      const { body, headers } = await getJson(api, path, query);
      const items: unknown[] = Array.isArray(body) ? body : [];
      pages = Number(headers.get('x-pagination-page-count') ?? (items.length < PAGE_SIZE ? at : at + 1));
      yield {
        entries: items.map((item) => entryOf(item, kind, `${name}, page ${at}`)),
        next: `${index}:${at + 1}`,
      };
    }
  }
}

function apiOf({ config, signal }: SourceInput): Api {
  const { clientId, apiUrl } = config.trakt;
  if (!clientId) throw new ConfigError(['TRAKT_CLIENT_ID is needed to import from Trakt']);
  return {
    service: 'Trakt',
    url: apiUrl,
    headers: { 'trakt-api-version': '2', 'trakt-api-key': clientId, 'user-agent': 'kindred' },
    keyName: 'TRAKT_CLIENT_ID',
    ...(signal && { signal }),
  };
}

function entryOf(item: unknown, kind: Kind, at: string): Entry {
  if (typeof item !== 'object' || item === null) return { type: 'movie', at, raw: item };
  const from = item as Record<string, unknown>;
  const { trakt: number, slug, imdb, tmdb, tvdb } = (from.ids ?? {}) as Record<string, unknown>;
  const { votes } = from;
  const raw = {
    title: from.title,
    original: from.original_title,
    year: from.year,
    released: typeof from.first_aired === 'string' ? from.first_aired.slice(0, 10) : from.released,
    kind,
    overview: from.overview,
    tagline: from.tagline,
    genres: from.genres,
    runtime: from.runtime,
    language: from.language,
    countries: from.country,
    ...(typeof votes === 'number' && votes > 0 && { votes, rating: from.rating }),
    ids: { trakt: number, 'trakt-slug': slug, imdb, tmdb, tvdb },
  };
  return { type: 'movie', at, raw };
}
