import type { Kind } from '../../catalogue/movie.ts';
import { ConfigError } from '../../config.ts';
import { type Api, getJson, NotThere } from './http.ts';
import type { Entry, Page, Source, SourceInput } from './source.ts';
import { franchiseOf, objects, posterOf, TMDB, texts } from './tmdb-facts.ts';

/** TMDB shows no more pages of one question, so it is asked year by year. */
const MAX_PAGES = 500;

const FIRST_YEAR = 1874;

/** Details asked for at the same time; TMDB allows some 50 calls a second. */
const AT_ONCE = 8;

const LISTS = [
  { list: '/3/discover/movie', item: '/3/movie', kind: 'movie', yearIn: 'primary_release_year' },
  { list: '/3/discover/tv', item: '/3/tv', kind: 'show', yearIn: 'first_air_date_year' },
] as const;

type List = (typeof LISTS)[number];

/** Where a walk is: movies before shows, years backwards, pages. */
interface Position {
  readonly list: number;
  readonly year: number;
  readonly page: number;
}

/** TMDB's API: all movies and shows, year by year backwards, each with keywords and credits. */
export const tmdb: Source = {
  marks: TMDB,
  identity: async ({ config }) => config.tmdb.apiUrl,
  read,
};

async function* read(input: SourceInput): AsyncGenerator<Page> {
  const api = apiOf(input);
  const thisYear = new Date().getFullYear();
  let at =
    input.from === undefined ? { list: 0, year: thisYear, page: 1 } : (JSON.parse(input.from) as Position);
  for (let list = LISTS[at.list]; list; list = LISTS[at.list]) {
    const { entries, pages } = await readPage(api, list, at);
    at = nextPosition(at, pages, thisYear);
    yield { entries, next: JSON.stringify(at) };
  }
}

function nextPosition({ list, year, page }: Position, pages: number, thisYear: number): Position {
  if (page < Math.min(pages, MAX_PAGES)) return { list, year, page: page + 1 };
  if (year > FIRST_YEAR) return { list, year: year - 1, page: 1 };
  return { list: list + 1, year: thisYear, page: 1 };
}

async function readPage(api: Api, list: List, at: Position): Promise<{ entries: Entry[]; pages: number }> {
  const { body } = await getJson(api, list.list, {
    [list.yearIn]: String(at.year),
    sort_by: 'vote_count.desc',
    include_adult: 'true',
    page: String(at.page),
  });
  const { results = [], total_pages: pages = 0 } = body as {
    results?: { id: number }[];
    total_pages?: number;
  };
  const place = `${list.kind}s of ${at.year}, page ${at.page}`;
  const entries: Entry[] = [];
  for (let start = 0; start < results.length; start += AT_ONCE) {
    const some = results.slice(start, start + AT_ONCE);
    entries.push(...(await Promise.all(some.map(({ id }) => readItem(api, list, id, place)))));
  }
  return { entries, pages };
}

async function readItem(api: Api, { item, kind }: List, id: number, at: string): Promise<Entry> {
  try {
    const { body } = await getJson(api, `${item}/${id}`, {
      append_to_response: 'keywords,credits,external_ids',
    });
    return { type: 'movie', at, raw: rawOf(body as Details, kind) };
  } catch (error) {
    if (error instanceof NotThere) return { type: 'problem', at, reason: error.message };
    throw error;
  }
}

function apiOf({ config, signal }: SourceInput): Api {
  const { apiKey, apiUrl } = config.tmdb;
  if (!apiKey) throw new ConfigError(['TMDB_API_KEY is needed to import from TMDB']);
  // The newer kind of key is a bearer token; the older one only works in the query.
  const isBearer = apiKey.includes('.');
  return {
    service: 'TMDB',
    url: apiUrl,
    headers: isBearer ? { authorization: `Bearer ${apiKey}` } : {},
    query: isBearer ? {} : { api_key: apiKey },
    keyName: 'TMDB_API_KEY',
    ...(signal && { signal }),
  };
}

type Details = Readonly<Record<string, unknown>>;

/** Movies and shows say the same with other words. */
function rawOf(from: Details, kind: Kind): Details {
  const credits = (from.credits ?? {}) as { cast?: unknown; crew?: unknown };
  const keywords = (from.keywords ?? {}) as { keywords?: unknown; results?: unknown };
  const outside = (from.external_ids ?? {}) as { imdb_id?: unknown; tvdb_id?: unknown };
  const released = from.release_date ?? from.first_air_date;
  const runtime = from.runtime ?? (from.episode_run_time as unknown[] | undefined)?.[0];
  const votes = Number(from.vote_count) || 0;
  const directors =
    kind === 'show' ? from.created_by : objects(credits.crew).filter(({ job }) => job === 'Director');
  return {
    title: from.title ?? from.name,
    original: from.original_title ?? from.original_name,
    year: typeof released === 'string' ? /^\d{4}/u.exec(released)?.[0] : undefined,
    released,
    kind,
    overview: from.overview,
    tagline: from.tagline,
    genres: texts(from.genres, 'name'),
    keywords: texts(keywords.keywords ?? keywords.results, 'name'),
    directors: texts(directors, 'name'),
    cast: texts(credits.cast, 'name').slice(0, 20),
    runtime,
    language: from.original_language,
    countries: texts(from.production_countries, 'iso_3166_1'),
    ...(votes > 0 && { votes, rating: from.vote_average }),
    poster: posterOf(from.poster_path),
    franchise: franchiseOf(from.belongs_to_collection),
    adult: from.adult,
    ids: { tmdb: from.id, imdb: from.imdb_id ?? outside.imdb_id, tvdb: outside.tvdb_id },
  };
}
