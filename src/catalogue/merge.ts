import { titleKey } from './identity.ts';
import type { MovieFacts, OtherTitle } from './movie.ts';

/** What the catalogue keeps of a movie beside its ids and votes. */
export interface KeptFacts extends MovieFacts {
  readonly overviewSource?: string;
  readonly posterSource?: string;
}

/** The source whose facts and texts were written and checked for this project: it has the last word. */
export const OWN_SOURCE = 'starter';

/**
 * What is known of one movie from two records. What is there stays, what is missing is filled in, lists are united,
 * the better text wins (ours, else the longer). The order of two imports does not matter for texts and lists, and
 * the same record twice changes nothing.
 */
export function mergeFacts(old: KeptFacts, added: KeptFacts, source: string): KeptFacts {
  const own = source === OWN_SOURCE;
  const [first, second] = own ? [added, old] : [old, added];
  const overview = better(
    { text: old.overview, source: old.overviewSource },
    { text: added.overview, source: added.overviewSource },
  );
  const poster = old.poster ? old : added;
  return {
    ...defined(second),
    ...defined(first),
    title: first.title,
    kind: old.kind,
    aka: mergeTitles(first, second),
    genres: own ? added.genres : union(old.genres, added.genres),
    keywords: own ? added.keywords : union(old.keywords, added.keywords),
    directors: first.directors.length > 0 ? first.directors : second.directors,
    cast: longer(first.cast, second.cast, own),
    countries: first.countries.length > 0 ? first.countries : second.countries,
    adult: old.adult || added.adult,
    ...(overview.text && { overview: overview.text }),
    ...(overview.text && overview.source && { overviewSource: overview.source }),
    ...(poster.poster && { poster: poster.poster }),
    ...(poster.poster && poster.posterSource && { posterSource: poster.posterSource }),
  };
}

interface Text {
  readonly text: string | undefined;
  readonly source: string | undefined;
}

function better(a: Text, b: Text): Text {
  if (!a.text || !b.text) return a.text ? a : b;
  const rank = (text: Text) => (text.source === OWN_SOURCE ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b;
  if (rank(a) === 1) return b; // our own text, written anew
  return b.text.length > a.text.length ? b : a;
}

/** Every title the two were known by, except the main and the original one; none twice. */
function mergeTitles(first: KeptFacts, second: KeptFacts): OtherTitle[] {
  const original = first.original ?? second.original;
  const seen = new Map<string, OtherTitle>();
  const taken = new Set([titleKey(first.title), ...(original ? [titleKey(original)] : [])]);
  const rest: OtherTitle[] =
    second.original && second.original !== original ? [{ title: second.original }] : [];
  const all: OtherTitle[] = [...first.aka, { title: second.title }, ...rest, ...second.aka];
  for (const other of all) {
    const key = titleKey(other.title);
    const known = seen.get(key);
    if (!key || taken.has(key) || (known && (known.language || !other.language))) continue;
    seen.set(key, other);
  }
  return [...seen.values()];
}

function union<T extends string>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function longer<T>(a: readonly T[], b: readonly T[], preferFirst: boolean): readonly T[] {
  if (preferFirst) return a.length > 0 ? a : b;
  return b.length > a.length ? b : a;
}

function defined<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
