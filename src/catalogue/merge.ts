import { titleKey } from './identity.ts';
import type { MovieFacts, MovieRecord, OtherTitle } from './movie.ts';

/**
 * What the catalogue keeps of a movie beside its ids and votes. An `original` that is the title again is kept too: it
 * is known then, and no other record's takes its place.
 */
export interface KeptFacts extends Omit<MovieFacts, 'rating' | 'votes' | 'popularity'> {
  /** Where the movie comes from: the first source that told of it, or our own once that did. */
  readonly source: string;
  readonly overviewSource?: string;
  readonly posterSource?: string;
}

/** The source whose facts and texts were written and checked for this project: it has the last word. */
export const OWN_SOURCE = 'starter';

/** A record's facts in the form that a merge leaves them in, so that the same record again changes nothing. */
export function keptFacts(record: MovieRecord): KeptFacts {
  const {
    id: _id,
    ids: _ids,
    past,
    rating: _rating,
    votes: _votes,
    popularity: _popularity,
    ...facts
  } = record;
  const kept: { -readonly [Field in keyof KeptFacts]: KeptFacts[Field] } = facts;
  kept.aka = withoutNames(record.aka, record.title, record.original);
  if (record.overview) kept.overviewSource = past?.overviewSource ?? record.source;
  if (record.poster) kept.posterSource = past?.posterSource ?? record.source;
  return kept;
}

/**
 * What is known of one movie from two records. What is there stays, what is missing is filled in, lists are united,
 * the better text wins (ours, else the longer). The same record twice changes nothing.
 */
export function mergeFacts(old: KeptFacts, added: KeptFacts): KeptFacts {
  const addedIsOurs = added.source === OWN_SOURCE;
  const [first, second] = addedIsOurs ? [added, old] : [old, added];
  const ours = first.source === OWN_SOURCE;
  const text = betterText(old, added);
  const poster = first.poster ? first : second;
  return {
    ...second,
    ...first,
    kind: old.kind,
    aka: unitedTitles(first, second),
    genres: ours ? filled(first.genres, second.genres) : united(old.genres, added.genres),
    keywords: ours ? filled(first.keywords, second.keywords) : united(old.keywords, added.keywords),
    directors: filled(first.directors, second.directors),
    cast: ours ? filled(first.cast, second.cast) : longer(old.cast, added.cast),
    countries: filled(first.countries, second.countries),
    adult: old.adult || added.adult,
    ...(text.overview && { overview: text.overview }),
    ...(text.overviewSource && { overviewSource: text.overviewSource }),
    ...(poster.poster && { poster: poster.poster }),
    ...(poster.posterSource && { posterSource: poster.posterSource }),
  };
}

/** Whether two states of a movie say the same. */
export function sameFacts(a: KeptFacts, b: KeptFacts): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof KeptFacts>;
  for (const name of names) if (!sameValue(a[name], b[name])) return false;
  return true;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((each, index) => each === b[index] || sameTitle(each, b[index]));
}

function sameTitle(a: Partial<OtherTitle>, b: Partial<OtherTitle>): boolean {
  return a.title !== undefined && a.title === b.title && a.language === b.language;
}

function betterText(old: KeptFacts, added: KeptFacts): KeptFacts {
  if (!old.overview || !added.overview) return old.overview ? old : added;
  const oldIsOurs = old.overviewSource === OWN_SOURCE;
  const addedIsOurs = added.overviewSource === OWN_SOURCE;
  if (oldIsOurs || addedIsOurs) return addedIsOurs ? added : old; // of two of ours, the one written last
  return added.overview.length > old.overview.length ? added : old;
}

/** Every title the two were known by, except the main and the original one; none twice. */
function unitedTitles(first: KeptFacts, second: KeptFacts): readonly OtherTitle[] {
  const original = first.original ?? second.original;
  const sameNames = first.title === second.title && first.original === original;
  if (sameNames && second.aka.length === 0 && second.original === undefined) return first.aka;
  const names = [second.title, second.original].flatMap((title) => (title === undefined ? [] : { title }));
  return withoutNames([...first.aka, ...names, ...second.aka], first.title, original);
}

/**
 * A name with its language stays although it is the title again: it tells the title's language, and would come as news
 * again once the movie goes by another title.
 */
function withoutNames(all: readonly OtherTitle[], title: string, original: string | undefined): OtherTitle[] {
  if (all.length === 0) return [];
  const taken = new Set([titleKey(title), ...(original === undefined ? [] : [titleKey(original)])]);
  const kept = new Map<string, OtherTitle>();
  for (const other of all) {
    const key = titleKey(other.title);
    const known = kept.get(key);
    if (!key || (taken.has(key) && !other.language)) continue;
    if (!known || (other.language && !known.language)) kept.set(key, other);
  }
  return [...kept.values()];
}

function united<T extends string>(a: readonly T[], b: readonly T[]): readonly T[] {
  return b.every((each) => a.includes(each)) ? a : [...new Set([...a, ...b])];
}

function filled<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.length > 0 ? a : b;
}

function longer<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return b.length > a.length ? b : a;
}
