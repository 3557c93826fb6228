import { type Answer, type Asked, JsonService } from './json-service.ts';

export interface TraktItem {
  readonly title: string;
  readonly year: number | null;
  readonly ids: Readonly<Record<string, string | number | null>>;
  readonly [fact: string]: unknown;
}

/** Trakt's popular lists, in pages, as its description has them. */
export class FakeTrakt extends JsonService {
  readonly clientId = 'fake-trakt-client-id-of-the-tests';
  movies: readonly TraktItem[] = [];
  shows: readonly TraktItem[] = [];
  /** What Trakt would have refused, of all requests so far. */
  readonly violations: string[] = [];

  protected answer({ path, query, headers }: Asked): Answer {
    if (headers['trakt-api-key'] !== this.clientId) return { status: 403, body: {} };
    if (headers['trakt-api-version'] !== '2') this.violations.push('trakt-api-version is not 2');
    if (!headers['user-agent'] || headers['user-agent'] === 'node') this.violations.push('no user agent');
    const items =
      path === '/movies/popular' ? this.movies : path === '/shows/popular' ? this.shows : undefined;
    if (!items) return { status: 404, body: {} };
    const page = Number(query.get('page') ?? 1);
    const limit = Number(query.get('limit') ?? 10);
    const full = query.get('extended') === 'full';
    const shown = items.slice((page - 1) * limit, page * limit);
    return {
      status: 200,
      body: full ? shown : shown.map(({ title, year, ids }) => ({ title, year, ids })),
      headers: {
        'x-pagination-page': String(page),
        'x-pagination-limit': String(limit),
        'x-pagination-page-count': String(Math.ceil(items.length / limit)),
        'x-pagination-item-count': String(items.length),
      },
    };
  }
}
