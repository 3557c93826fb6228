import { type Answer, type Asked, JsonService } from './json-service.ts';

export interface TmdbItem {
  readonly id: number;
  readonly [fact: string]: unknown;
}

const PAGE_SIZE = 20;

/** TMDB's discovery, year by year, and the details of each movie and show, as its description has them. */
export class FakeTmdb extends JsonService {
  readonly apiKey = 'fake0123456789tmdb0123456789key0';
  readonly bearer = 'fake.bearer.token';
  movies: readonly TmdbItem[] = [];
  shows: readonly TmdbItem[] = [];

  protected answer({ path, query, headers }: Asked): Answer {
    const allowed = query.get('api_key') === this.apiKey || headers.authorization === `Bearer ${this.bearer}`;
    if (!allowed) return { status: 401, body: { status_code: 7, status_message: 'Invalid API key' } };
    if (path === '/3/discover/movie')
      return page(this.movies, 'release_date', query.get('primary_release_year'), query);
    if (path === '/3/discover/tv')
      return page(this.shows, 'first_air_date', query.get('first_air_date_year'), query);
    const [, kind, id] = /^\/3\/(movie|tv)\/(\d+)$/u.exec(path) ?? [];
    const item = (kind === 'movie' ? this.movies : this.shows).find((each) => each.id === Number(id));
    if (!item) return { status: 404, body: { status_code: 34 } };
    const appended = new Set(query.get('append_to_response')?.split(','));
    const extra = ['keywords', 'credits', 'external_ids'];
    return {
      status: 200,
      body: Object.fromEntries(
        Object.entries(item).filter(([name]) => !extra.includes(name) || appended.has(name)),
      ),
    };
  }
}

function page(
  items: readonly TmdbItem[],
  dateIn: string,
  year: string | null,
  query: URLSearchParams,
): Answer {
  const ofYear = items.filter((item) => String(item[dateIn]).startsWith(`${year}-`));
  const number = Number(query.get('page') ?? 1);
  const results = ofYear.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE).map(({ id }) => ({ id }));
  const pages = Math.ceil(ofYear.length / PAGE_SIZE);
  return { status: 200, body: { page: number, results, total_pages: pages, total_results: ofYear.length } };
}
