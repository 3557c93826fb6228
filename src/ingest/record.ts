import { canonicalGenres } from '../catalogue/genres.ts';
import { isMovieId, isOutsideId, outsideIdOf } from '../catalogue/identity.ts';
import type { Kind, MoviePast, MovieRecord, OtherTitle, SourceVotes } from '../catalogue/movie.ts';
import { toldDirectors } from './told-directors.ts';

/** Why a line of a source is no movie. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord';
}

export interface ReadRecord {
  readonly record: MovieRecord;
  /** Genre spellings that are not in our table and became keywords. */
  readonly unknownGenres: readonly string[];
}

type Raw = Readonly<Record<string, unknown>>;

const MAX_TITLE = 1000;
const MAX_TEXT = 20_000;
const MAX_LIST = 1000;
const MAX_NAME = 300;
const MAX_VOTES = 1e12;

/**
 * One movie of the `jsonl` format, or anything a source was turned into. Throws {@link BadRecord} where it is no movie
 * at all or a number in it makes no sense; what is merely odd (a poster that is no https address, an empty name) is
 * left out.
 */
export function readRecord(raw: unknown, source: string): ReadRecord {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new BadRecord('is no JSON object');
  const from = raw as Raw;
  const title = text(from, 'title', MAX_TITLE);
  if (!title) throw new BadRecord('has no title');
  const spelled = canonicalGenres(list(from, 'genres'));
  const id = idOf(from.id);
  const { ids, otherIds } = outsideIds(from.ids, id);
  const kind = kindOf(from.kind);
  const overview = text(from, 'overview', MAX_TEXT);
  const record: MovieRecord = {
    title,
    kind,
    aka: otherTitles(from.aka),
    genres: spelled.genres,
    keywords: keywordsOf(from, spelled.unknown),
    directors: directorsOf(from, kind, overview),
    cast: list(from, 'cast'),
    countries: countriesOf(from),
    adult: from.adult === true || from.adult === 1 || from.adult === 'true',
    ids,
    source: text(from, 'source', 40) ?? source,
  };
  fill(record, {
    id,
    original: text(from, 'original', MAX_TITLE),
    year: number(from, 'year', 1870, 2100),
    released: date(from.released),
    overview,
    tagline: text(from, 'tagline', MAX_TEXT),
    runtime: runtimeOf(from),
    language: languageOf(from.language),
    rating: number(from, 'rating', 0, 10, false),
    votes: number(from, 'votes', 0, MAX_VOTES),
    popularity: number(from, 'popularity', 0, 1, false),
    poster: httpsOnly(from.poster),
    franchise: text(from, 'franchise', MAX_TITLE),
    past: pastOf(from, otherIds),
  });
  return { record, unknownGenres: spelled.unknown };
}

/** What {@link cleanText} would change, or might: most texts are clean and pass in one look. */
const UNCLEAN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|[^\S ]|^ | $| {2}/u;

/** Text without control characters, spaces folded; undefined where nothing is left, cut where it is endless. */
export function cleanText(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const clean = UNCLEAN.test(value)
    ? value
        .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim()
        .toWellFormed()
    : value;
  if (clean.length <= maxLength) return clean || undefined;
  return `${clean
    .slice(0, maxLength - 1)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')}…`;
}

function text(from: Raw, name: string, maxLength: number): string | undefined {
  const value = from[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') throw new BadRecord(`${name} is no text`);
  return cleanText(typeof value === 'number' ? String(value) : value, maxLength);
}

function list(from: Raw, name: string): string[] {
  const value = from[name];
  if (value === undefined || value === null) return [];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const texts: string[] = [];
  for (const each of values) {
    if (texts.length >= MAX_LIST) break;
    const clean = cleanText(each, MAX_NAME);
    if (clean) texts.push(clean);
  }
  return texts;
}

function keywordsOf(from: Raw, unknownGenres: readonly string[]): string[] {
  const words = list(from, 'keywords').concat(unknownGenres);
  return words.length === 0 ? words : [...new Set(words.map((word) => word.toLowerCase()))];
}

/** Those that the source names; of a film of which it names none, those that the overview tells. */
function directorsOf(from: Raw, kind: Kind, overview: string | undefined): string[] {
  const named = [...list(from, 'directors'), ...list(from, 'director')];
  if (named.length > 0) return [...new Set(named)];
  return kind === 'movie' && overview ? toldDirectors(overview) : [];
}

function countriesOf(from: Raw): string[] {
  return list(from, 'countries')
    .filter((code) => /^[a-z]{2}$/iu.test(code))
    .map((code) => code.toUpperCase());
}

function number(from: Raw, name: string, min: number, max: number, whole = true): number | undefined {
  const value = from[name];
  if (value === undefined || value === null || value === '') return undefined;
  const parsed = typeof value === 'string' ? Number(value) : value;
  if (typeof parsed !== 'number' || !Number.isFinite(parsed) || parsed < min || parsed > max)
    throw new BadRecord(`${name} must be a number from ${min} to ${max}`);
  return whole ? Math.round(parsed) : parsed;
}

/** Minutes; 0 is how many sources say that they do not know. */
function runtimeOf(from: Raw): number | undefined {
  return number(from, 'runtime', 0, 60_000) || undefined;
}

function kindOf(value: unknown): Kind {
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
    const raw = typeof each === 'object' && each !== null ? (each as Raw) : { title: each };
    const title = cleanText(raw.title, MAX_TITLE);
    const language = languageOf(raw.language);
    return title ? [{ title, ...(language && { language }) }] : [];
  });
}

type OutsideId = readonly [source: string, value: string];

/** One id to a source, in the sources' order, and the further ones where a list was given. */
function outsideIds(
  value: unknown,
  id: string | undefined,
): { ids: Record<string, string>; otherIds: OutsideId[] } {
  const given: Raw =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
  const ids: Record<string, string> = {};
  const otherIds: OutsideId[] = [];
  for (const source of Object.keys(given).sort()) {
    const [first, ...others] = outsideIdsOf(source, given[source]);
    if (first === undefined || !/^[\w.-]{1,40}$/u.test(source)) continue;
    ids[source] = first;
    for (const other of others) otherIds.push([source, other]);
  }
  const own = id === undefined ? undefined : outsideIdOf(id);
  if (own && !(own[0] in ids)) ids[own[0]] = own[1];
  return { ids, otherIds };
}

/** One, or several in a list; a list within it is none, however deep. */
function outsideIdsOf(source: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return idsIn(source, value);
  return [...new Set(value.flatMap((each) => idsIn(source, each)))];
}

function idsIn(source: string, value: unknown): readonly string[] {
  const clean = outsideIdText(value);
  return clean !== undefined && isOutsideId(source, clean) ? [clean] : [];
}

function outsideIdText(value: unknown): string | undefined {
  const clean = cleanText(typeof value === 'number' ? String(value) : value, MAX_NAME);
  return clean === '0' ? undefined : clean;
}

const PAST = ['distinct', 'formerIds', 'votesBySource', 'overviewSource', 'posterSource'] as const;

/** What only our own export writes: see `MoviePast`. */
function pastOf(from: Raw, otherIds: readonly OutsideId[]): MoviePast | undefined {
  if (otherIds.length === 0 && !PAST.some((name) => name in from)) return undefined;
  const formerIds = list(from, 'formerIds').filter(isMovieId);
  const votes = Array.isArray(from.votesBySource) ? from.votesBySource.flatMap(sourceVotes) : [];
  const overviewSource = text(from, 'overviewSource', 40);
  const posterSource = text(from, 'posterSource', 40);
  const past: MoviePast = {
    ...(from.distinct === true && { distinct: true }),
    ...(formerIds.length > 0 && { formerIds }),
    ...(otherIds.length > 0 && { otherIds }),
    ...(votes.length > 0 && { votes }),
    ...(overviewSource && { overviewSource }),
    ...(posterSource && { posterSource }),
  };
  return Object.keys(past).length > 0 ? past : undefined;
}

function sourceVotes(value: unknown): SourceVotes[] {
  if (typeof value !== 'object' || value === null) return [];
  const from = value as Raw;
  const source = text(from, 'source', 40);
  const votes = number(from, 'votes', 0, MAX_VOTES) ?? 0;
  const rating = number(from, 'rating', 0, 10, false);
  return source ? [{ source, votes, ...(rating !== undefined && { rating }) }] : [];
}

function languageOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z]{2}$/iu.test(value) ? value.toLowerCase() : undefined;
}

function date(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : undefined;
}

function httpsOnly(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2000) return undefined;
  return URL.parse(value)?.protocol === 'https:' ? value : undefined;
}

/** Sets what is known; several times faster, for a million fields, than spreading an object for each. */
function fill<T extends object>(record: T, fields: { [K in keyof T]?: T[K] | undefined }): void {
  for (const name in fields) if (fields[name] !== undefined) record[name] = fields[name];
}
