import type { Kind } from '../catalogue/movie.ts';
import { parseReferences } from '../chat/references.ts';

/** What a text names a movie by, other than its title. */
export type MovieReference =
  | { readonly by: 'number'; readonly number: number }
  | { readonly by: 'outside'; readonly source: string; readonly value: string; readonly kind?: Kind }
  | { readonly by: 'words'; readonly title: string; readonly year?: number; readonly kind?: Kind };

/** Longer texts are no addresses. */
const MAX_ADDRESS = 500;

/** `kindred:17`, an IMDb or TMDB id, or an IMDb, TMDB, Trakt or Letterboxd address; undefined for anything else. */
export function parseReference(text: string): MovieReference[] | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_ADDRESS) return undefined;
  const [only, second] = parseReferences(trimmed) ?? [];
  if (only && !second && !only.away) return [{ by: 'number', number: only.number }];
  return parseId(trimmed) ?? parseAddress(trimmed);
}

function parseId(text: string): MovieReference[] | undefined {
  const imdb = /^(?:imdb\s*[:/ ]\s*)?(tt\d{5,10})$/iu.exec(text);
  if (imdb) return [outside('imdb', imdb[1]!.toLowerCase())];
  const ours = /^(tmdb|trakt)([ms])(\d{1,9})$/iu.exec(text);
  if (ours)
    return [outside(ours[1]!.toLowerCase(), ours[3]!, ours[2]!.toLowerCase() === 'm' ? 'movie' : 'show')];
  const tmdb = /^(tmdb|trakt)\s*[:/ ]\s*(?:(movie|tv|show)s?\s*[:/ ]\s*)?(\d{1,9})$/iu.exec(text);
  if (!tmdb) return undefined;
  return byNumber(tmdb[1]!.toLowerCase(), tmdb[3]!, tmdb[2]?.toLowerCase());
}

function byNumber(source: string, value: string, kind: string | undefined): MovieReference[] {
  if (kind) return [outside(source, value, kind === 'movie' ? 'movie' : 'show')];
  return [outside(source, value, 'movie'), outside(source, value, 'show')];
}

function parseAddress(text: string): MovieReference[] | undefined {
  const address = /^<?(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})\/(\S*?)>?$/iu.exec(text);
  if (!address) return undefined;
  const host = address[1]!.toLowerCase().replace(/^(?:www|m|app)\./u, '');
  const path = decode(address[2]!.replace(/[?#].*$/u, ''))
    .split('/')
    .filter(Boolean);
  if (host === 'imdb.com') return imdb(path);
  if (host === 'themoviedb.org' || host === 'tmdb.org') return tmdb(path);
  if (host === 'trakt.tv') return trakt(path);
  if (host === 'letterboxd.com') return letterboxd(path);
  return undefined;
}

function imdb(path: readonly string[]): MovieReference[] | undefined {
  const id = path.find((step) => /^tt\d{5,10}$/iu.test(step));
  return id === undefined ? undefined : [outside('imdb', id.toLowerCase())];
}

/** `movie/27205-inception`, with a language before it or a page after it. */
function tmdb(path: readonly string[]): MovieReference[] | undefined {
  const at = path.findIndex((step) => step === 'movie' || step === 'tv');
  const id = /^\d{1,9}/u.exec(path[at + 1] ?? '')?.[0];
  if (at < 0 || id === undefined) return undefined;
  const kind = path[at] === 'tv' ? 'show' : 'movie';
  const words = path[at + 1]!.slice(id.length + 1);
  return [outside('tmdb', id, kind), ...(words ? [slugWords(words, kind)] : [])];
}

/** `movies/inception-2010`: a stored slug, an id, or the words themselves. */
function trakt(path: readonly string[]): MovieReference[] | undefined {
  const [type, slug] = path;
  if ((type !== 'movies' && type !== 'shows') || !slug) return undefined;
  const kind = type === 'shows' ? 'show' : 'movie';
  const stored = /^\d+$/u.test(slug) ? outside('trakt', slug, kind) : outside('trakt-slug', slug, kind);
  return [stored, slugWords(slug, kind)];
}

/** `film/inception/`, also below a member's name. */
function letterboxd(path: readonly string[]): MovieReference[] | undefined {
  const slug = path[path.indexOf('film') + 1];
  return path.includes('film') && slug ? [outside('letterboxd', slug), slugWords(slug)] : undefined;
}

/** "the-thing-1982" → the thing, 1982. The year may belong to the title ("blade-runner-2049"): the resolver knows. */
function slugWords(slug: string, kind?: Kind): MovieReference {
  return { by: 'words', title: slug.replaceAll('-', ' '), ...(kind && { kind }) };
}

function outside(source: string, value: string, kind?: Kind): MovieReference {
  return { by: 'outside', source, value, ...(kind && { kind }) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
