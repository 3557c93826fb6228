import { canonicalGenres } from '../catalogue/genres.ts';
import { isMovieId } from '../catalogue/identity.ts';
import type { MovieRecord, OtherTitle } from '../catalogue/movie.ts';

/** Why a line of a source is no movie. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord';
}

export interface ReadRecord {
  readonly record: MovieRecord;
  /** Genre spellings that are not in our table and became keywords. */
  readonly unknownGenres: readonly string[];
}

const MAX_TITLE = 1000;
const MAX_TEXT = 20_000;
const MAX_LIST = 200;
const MAX_NAME = 300;

/**
 * One movie of the `jsonl` format, or anything a source was turned into. Throws {@link BadRecord} where it is no movie
 * at all or a number in it makes no sense; what is merely odd (a poster that is no https address, an empty name) is
 * left out.
 */
export function readRecord(raw: unknown, source: string): ReadRecord {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new BadRecord('is no JSON object');
  const from = raw as Record<string, unknown>;
  const title = text(from, 'title', MAX_TITLE);
  if (!title) throw new BadRecord('has no title');
  const spelled = canonicalGenres(list(from, 'genres'));
  const kind = kindOf(from.kind);
  const keywords = [...list(from, 'keywords'), ...spelled.unknown].map((word) => word.toLowerCase());
  const record: MovieRecord = {
    title,
    kind,
    aka: otherTitles(from.aka),
    genres: spelled.genres,
    keywords: [...new Set(keywords)],
    directors: list(from, 'directors').concat(list(from, 'director')),
    cast: list(from, 'cast'),
    countries: list(from, 'countries').flatMap((code) => (/^[a-z]{2}$/iu.test(code) ? [code.toUpperCase()] : [])),
    adult: from.adult === true || from.adult === 1 || from.adult === 'true',
    ids: outsideIds(from.ids),
    source: text(from, 'source', 40) ?? source,
    ...optional('id', idOf(from.id)),
    ...optional('original', differing(text(from, 'original', MAX_TITLE), title)),
    ...optional('year', number(from, 'year', 1870, 2100)),
    ...optional('released', date(from.released)),
    ...optional('overview', text(from, 'overview', MAX_TEXT)),
    ...optional('tagline', text(from, 'tagline', MAX_TEXT)),
    ...optional('runtime', runtimeOf(from)),
    ...optional('language', languageOf(from.language)),
    ...optional('rating', number(from, 'rating', 0, 10, false)),
    ...optional('votes', number(from, 'votes', 0, 1e12)),
    ...optional('popularity', number(from, 'popularity', 0, 1, false)),
    ...optional('poster', httpsOnly(from.poster)),
    ...optional('franchise', text(from, 'franchise', MAX_TITLE)),
  };
  return { record, unknownGenres: spelled.unknown };
}

/** Text without control characters, spaces folded; undefined where nothing is left, cut where it is endless. */
export function cleanText(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().toWellFormed();
  if (clean.length <= maxLength) return clean || undefined;
  return `${clean.slice(0, maxLength - 1).toWellFormed()}…`;
}

function text(from: Record<string, unknown>, name: string, maxLength: number): string | undefined {
  const value = from[name];
  if (value !== undefined && value !== null && typeof value !== 'string' && typeof value !== 'number')
    throw new BadRecord(`${name} is no text`);
  return cleanText(typeof value === 'number' ? String(value) : value, maxLength);
}

function list(from: Record<string, unknown>, name: string): string[] {
  const value = from[name];
  if (value === undefined || value === null) return [];
  const values = Array.isArray(value) ? value : [value];
  return values.slice(0, MAX_LIST).flatMap((each) => cleanText(each, MAX_NAME) ?? []);
}

function number(
  from: Record<string, unknown>,
  name: string,
  min: number,
  max: number,
  whole = true,
): number | undefined {
  const value = from[name];
  if (value === undefined || value === null || value === '') return undefined;
  const parsed = typeof value === 'string' ? Number(value) : value;
  if (typeof parsed !== 'number' || !Number.isFinite(parsed) || parsed < min || parsed > max)
    throw new BadRecord(`${name} must be a number from ${min} to ${max}`);
  return whole ? Math.round(parsed) : parsed;
}

/** Minutes; 0 is how many sources say that they do not know. */
function runtimeOf(from: Record<string, unknown>): number | undefined {
  return number(from, 'runtime', 0, 60_000) || undefined;
}

function kindOf(value: unknown): 'movie' | 'show' {
  if (value === undefined || value === null || value === 'movie') return 'movie';
  if (value === 'show') return 'show';
  throw new BadRecord('kind must be movie or show');
}

function idOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && isMovieId(value)) return value;
  throw new BadRecord('id is no movie id');
}

function otherTitles(value: unknown): OtherTitle[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_LIST).flatMap((each: unknown) => {
    const raw = typeof each === 'object' && each !== null ? (each as Record<string, unknown>) : { title: each };
    const title = cleanText(raw.title, MAX_TITLE);
    const language = languageOf(raw.language);
    return title ? [{ title, ...(language && { language }) }] : [];
  });
}

function outsideIds(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).flatMap(([source, id]) => {
    const clean = cleanText(typeof id === 'number' ? String(id) : id, MAX_NAME);
    return clean && clean !== '0' ? [[source, clean] as const] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function languageOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z]{2}$/iu.test(value) ? value.toLowerCase() : undefined;
}

function date(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : undefined;
}

function httpsOnly(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 2000 && URL.parse(value)?.protocol === 'https:' ? value : undefined;
}

function differing(original: string | undefined, title: string): string | undefined {
  return original === title ? undefined : original;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
