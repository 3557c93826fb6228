import type { Kind } from '../catalogue/movie.ts';
import { type HistoryEntry, starsOf, timeOf, yearOf } from './entry.ts';

type Item = Readonly<Record<string, unknown>>;

interface TraktFile {
  readonly entries: readonly HistoryEntry[];
  readonly unread: number;
  /** It has Trakt's form, though perhaps nothing that says what was seen. */
  readonly isTrakt: boolean;
}

/** A JSON file of a Trakt export: lists of ratings, of what was watched, or of anything else, told by their items. */
export function readTraktFile(text: string): TraktFile {
  const items = itemsOf(text);
  const entries: HistoryEntry[] = [];
  let unread = 0;
  let isTrakt = false;
  for (const item of items) {
    const thing = thingOf(item);
    if (!thing) continue;
    isTrakt = true;
    if (!saysSeen(item)) continue;
    const entry = entryOf(item, thing);
    if (entry) entries.push(entry);
    else unread += 1;
  }
  return { entries, unread, isTrakt };
}

function itemsOf(text: string): Item[] {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    return Array.isArray(parsed) ? parsed.filter((each) => typeof each === 'object' && each !== null) : [];
  } catch {
    return [];
  }
}

/** The film or series of an item; nothing where it is about an episode or a season. */
function thingOf(item: Item): { kind: Kind; facts: Item } | undefined {
  if ('episode' in item || (item.type !== undefined && item.type !== 'movie' && item.type !== 'show'))
    return undefined;
  // What was watched of a series lists its seasons; a rating of one season is about that alone.
  if ('season' in item) return undefined;
  for (const kind of ['movie', 'show'] as const) {
    const facts = item[kind];
    if (typeof facts === 'object' && facts !== null && 'ids' in facts) return { kind, facts: facts as Item };
  }
  return undefined;
}

function saysSeen(item: Item): boolean {
  return ['rating', 'plays', 'last_watched_at', 'watched_at'].some((field) => field in item);
}

function entryOf(item: Item, { kind, facts }: { kind: Kind; facts: Item }): HistoryEntry | undefined {
  const title = typeof facts.title === 'string' ? facts.title.trim() : '';
  const stars = 'rating' in item ? starsOf(Number(item.rating) / 2) : undefined;
  if (!title || ('rating' in item && stars === undefined)) return undefined;
  const year = yearOf(facts.year ?? undefined);
  const at = timeOf(item.rated_at ?? item.last_watched_at ?? item.watched_at);
  return {
    title,
    kind,
    ids: idsOf(facts.ids),
    ...(year !== undefined && { year }),
    ...(stars !== undefined && { stars }),
    ...(at !== undefined && { at }),
  };
}

function idsOf(ids: unknown): HistoryEntry['ids'] {
  const { imdb, tmdb, trakt } = (typeof ids === 'object' && ids !== null ? ids : {}) as Record<
    string,
    unknown
  >;
  const isNumber = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
  return {
    ...(typeof imdb === 'string' && /^tt\d{5,10}$/u.test(imdb) && { imdb }),
    ...(isNumber(tmdb) && { tmdb: String(tmdb) }),
    ...(isNumber(trakt) && { trakt: String(trakt) }),
  };
}
