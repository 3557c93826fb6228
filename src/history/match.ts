import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Movie } from '../catalogue/movie.ts';
import type { Opinion } from '../people/opinions.ts';
import type { Titles } from '../titles/titles.ts';
import type { HistoryEntry } from './entry.ts';

export interface Matched {
  /** One to a movie. */
  readonly opinions: readonly Opinion[];
  /** Entries that are no movie of the catalogue, each title once. */
  readonly missing: readonly HistoryEntry[];
}

export interface Matching {
  readonly catalogue: Pick<Catalogue, 'byOutsideIds'>;
  readonly titles: Pick<Titles, 'resolve'>;
  readonly signal?: AbortSignal | undefined;
  /** Of an entry without a date; milliseconds since 1970. */
  readonly now: number;
}

/** The sources of ids, the most trusted first. */
const SOURCES = ['imdb', 'tmdb', 'trakt'] as const;
const PAGE = 500;

/** Entries → opinions of movies: by outside id, then by exact title and year. */
export async function matchHistory(entries: readonly HistoryEntry[], parts: Matching): Promise<Matched> {
  const films = together(entries);
  const found = new Map<HistoryEntry, number>();
  for (const source of SOURCES)
    for (const kind of ['movie', 'show'] as const) {
      const open = films.filter(
        (each) => !found.has(each) && each.ids[source] && (each.kind ?? kind) === kind,
      );
      for (let start = 0; start < open.length; start += PAGE) {
        const page = open.slice(start, start + PAGE);
        const movies = await parts.catalogue.byOutsideIds(
          source,
          page.map(({ ids }) => ids[source]!),
          kind,
          parts.signal ? { signal: parts.signal } : {},
        );
        for (const entry of page) note(found, entry, movies.get(entry.ids[source]!));
        await breath();
      }
    }
  for (const entry of films) if (!found.has(entry)) note(found, entry, await byTitle(entry, parts));
  return {
    opinions: opinionsOf(found, parts.now),
    missing: films.filter((entry) => !found.has(entry)),
  };
}

function note(
  found: Map<HistoryEntry, number>,
  entry: HistoryEntry,
  movie: Pick<Movie, 'number'> | undefined,
) {
  if (movie) found.set(entry, movie.number);
}

/** What several files say of one film as one entry: the newest stars, and the newest date. */
function together(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const films = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    const { imdb, tmdb, trakt } = entry.ids;
    const key = JSON.stringify(
      imdb ?? [tmdb, trakt, tmdb || trakt ? '' : entry.title.toLowerCase(), entry.year, entry.kind],
    );
    const before = films.get(key);
    films.set(key, before ? both(before, entry) : entry);
  }
  return [...films.values()];
}

function both(a: HistoryEntry, b: HistoryEntry): HistoryEntry {
  const [older, newer] = (a.at ?? 0) <= (b.at ?? 0) ? [a, b] : [b, a];
  const stars = newer.stars ?? older.stars;
  return { ...older, ...newer, ids: { ...older.ids, ...newer.ids }, ...(stars !== undefined && { stars }) };
}

/** Exactly one of a movie's titles, in exactly its year. */
async function byTitle(
  entry: HistoryEntry,
  { titles, signal }: Matching,
): Promise<{ number: number } | undefined> {
  if (!entry.title || entry.year === undefined) return undefined;
  await breath();
  const found = await titles.resolve(`${entry.title} (${entry.year})`, {
    ...(entry.kind && { kind: entry.kind }),
    ...(signal && { signal }),
  });
  if (found.outcome !== 'match' || !found.exact || found.best.year !== entry.year) return undefined;
  return found.best;
}

function opinionsOf(found: ReadonlyMap<HistoryEntry, number>, now: number): Opinion[] {
  const opinions = new Map<number, Opinion>();
  for (const [{ stars, at = now }, movie] of found) {
    const before = opinions.get(movie);
    if (before && (before.at >= at || stars === undefined)) continue;
    opinions.set(movie, { movie, ...(stars !== undefined && { stars }), seen: true, dismissed: false, at });
  }
  return [...opinions.values()];
}

/** Lets others have the event loop between two steps. */
function breath(): Promise<void> {
  return new Promise(setImmediate);
}
