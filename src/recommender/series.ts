import type { MovieId } from '../catalogue/movie.ts';
import { belongTogether, type Meeting, type NameOf, type SeriesMember } from './series-evidence.ts';
import { beginningOf, fragmentsOf, type Stem, stemsOf } from './series-title.ts';

export interface Series {
  /** Its usual name: what the catalogue calls it, else the stem of its titles. */
  readonly name: string;
  readonly members: ReadonlySet<MovieId>;
}

interface Entry {
  readonly member: SeriesMember;
  readonly stems: readonly Stem[];
  /** Those it belongs together with; absent for most, who stand alone. */
  linked: Set<Entry> | undefined;
  /** Worked out when it is asked for. */
  series: Series | undefined;
}

/** A stem that more movies share is a common phrase. */
const MOST_NAMESAKES = 60;
/** Movies compared because they begin or end with a stem. */
const MOST_WITH_FRAGMENT = 200;
/** More movies that begin with the same words, and no stem among them, have nothing but the words in common. */
const MOST_OF_ONE_BEGINNING = 25;

/**
 * Finds out which movies are parts of one series, from titles, people and years: the catalogue rarely says.
 * Precision before recall: a film left out of its series is one line more, a film put into a wrong one is a lie.
 * Kept up to date movie by movie, in any order; `put` takes some hundredths of a millisecond.
 */
export class SeriesFinder {
  readonly #entries = new Map<MovieId, Entry>();
  readonly #byStem = new Index();
  readonly #byBeginning = new Index();
  readonly #byEnding = new Index();
  readonly #nameOf: NameOf;

  constructor(nameOf: NameOf) {
    this.#nameOf = nameOf;
  }

  put(member: SeriesMember): void {
    this.delete(member.id);
    const entry: Entry = {
      member,
      stems: stemsOf(member.title),
      linked: undefined,
      series: undefined,
    };
    this.#link(entry);
    this.#entries.set(member.id, entry);
    for (const [index, keys] of this.#placesOf(entry)) for (const key of keys) index.add(key, entry);
  }

  delete(id: MovieId): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    forget(entry);
    this.#entries.delete(id);
    for (const other of entry.linked ?? []) other.linked?.delete(entry);
    for (const [index, keys] of this.#placesOf(entry)) for (const key of keys) index.remove(key, entry);
  }

  /** The series of a movie; `undefined` where it stands alone as far as can be told. */
  of(id: MovieId): Series | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (!entry.linked?.size && !entry.member.franchise) return undefined;
    if (!entry.series) describe(connected(entry));
    return entry.series;
  }

  /** Fragments are made anew when they are needed: kept, they would take more memory than all else. */
  #placesOf({ member, stems }: Entry): [Index, readonly string[]][] {
    const { beginnings, endings } = fragmentsOf(member.title);
    return [
      [this.#byStem, stems.map(({ key }) => key)],
      [this.#byBeginning, beginnings],
      [this.#byEnding, endings],
    ];
  }

  #link(entry: Entry): void {
    for (const stem of entry.stems) {
      const { key } = stem;
      for (const other of this.#byStem.few(key, MOST_NAMESAKES))
        for (const its of other.stems)
          if (its.key === key) this.#join(entry, other, { a: stem, b: its, key });
      for (const index of [this.#byBeginning, this.#byEnding])
        for (const other of index.few(key, MOST_WITH_FRAGMENT)) this.#join(entry, other, { a: stem, key });
    }
    const { beginnings, endings } = fragmentsOf(entry.member.title);
    for (const key of [...beginnings, ...endings])
      for (const other of this.#byStem.few(key, MOST_NAMESAKES))
        for (const its of other.stems) if (its.key === key) this.#join(other, entry, { a: its, key });
    for (const key of beginnings)
      for (const other of this.#byBeginning.few(key, MOST_OF_ONE_BEGINNING))
        this.#join(entry, other, { key });
  }

  /** `meeting.a` is a stem of the first, `meeting.b` of the second. */
  #join(first: Entry, second: Entry, meeting: Meeting): void {
    if (first.linked?.has(second)) return;
    if (!belongTogether(first.member, second.member, meeting, this.#nameOf)) return;
    forget(first);
    forget(second);
    first.linked = (first.linked ?? new Set()).add(second);
    second.linked = (second.linked ?? new Set()).add(first);
  }
}

/** What was worked out of the series of an entry no longer holds. */
function forget(entry: Entry): void {
  if (entry.series) for (const member of connected(entry)) member.series = undefined;
}

function connected(start: Entry): Entry[] {
  const found = new Set([start]);
  for (const entry of found) for (const other of entry.linked ?? []) found.add(other);
  return [...found];
}

/** Those of which the catalogue knows another series stay in that one. */
function describe(entries: readonly Entry[]): void {
  const name = nameOf(entries);
  for (const [its, parts] of Map.groupBy(entries, ({ member }) => member.franchise ?? name)) {
    const series = { name: its, members: new Set(parts.map(({ member }) => member.id)) };
    for (const entry of parts) entry.series = series;
  }
}

interface Candidate {
  readonly key: string;
  readonly name: string;
  readonly weight: number;
}

/** What most of its parts are called by; where each has a name of its own, what most begin with. */
function nameOf(entries: readonly Entry[]): string {
  const given = entries.flatMap(({ member }) => member.franchise ?? []);
  if (given.length > 0) return mostCommon(given.map((name) => ({ key: name, name, weight: 1 }))).name;
  const stem = mostCommon(
    entries.flatMap(({ member, stems }) =>
      stems.map(({ key, name, form }) => ({
        key,
        name,
        weight: (form === 'whole' ? 1.5 : 1) + member.popularity / 10,
      })),
    ),
  );
  const calledSo = entries.filter(({ member, stems }) => {
    if (stems.some(({ key }) => key === stem.key)) return true;
    const { beginnings, endings } = fragmentsOf(member.title);
    return beginnings.includes(stem.key) || endings.includes(stem.key);
  });
  return calledSo.length > 1 ? stem.name : mostCommon(entries.flatMap(beginnings)).name;
}

function beginnings({ member }: Entry): Candidate[] {
  return fragmentsOf(member.title).beginnings.map((key) => ({
    key,
    name: beginningOf(member.title, key),
    // Of two that as many begin with, the longer says more.
    weight: 1 + key.length / 1000,
  }));
}

function mostCommon(names: readonly Candidate[]): Candidate {
  const byKey = Map.groupBy(names, ({ key }) => key);
  const ranked = [...byKey.values()].map((group) => ({
    ...heaviest(group),
    weight: group.reduce((sum, { weight }) => sum + weight, 0),
  }));
  return heaviest(ranked);
}

function heaviest(names: readonly Candidate[]): Candidate {
  return names.reduce((best, each) => (each.weight > best.weight ? each : best));
}

/** Entries by a key. Most have theirs to themselves: that costs no list. */
class Index {
  readonly #entries = new Map<string, Entry | Entry[]>();

  add(key: string, entry: Entry): void {
    const known = this.#entries.get(key);
    if (known === undefined) this.#entries.set(key, entry);
    else if (Array.isArray(known)) known.push(entry);
    else this.#entries.set(key, [known, entry]);
  }

  remove(key: string, entry: Entry): void {
    const rest = this.#of(key).filter((other) => other !== entry);
    if (rest.length > 0) this.#entries.set(key, rest);
    else this.#entries.delete(key);
  }

  /** Those of a key; nothing where there are too many. */
  few(key: string, most: number): readonly Entry[] {
    const entries = this.#of(key);
    return entries.length > most ? [] : entries;
  }

  #of(key: string): readonly Entry[] {
    const known = this.#entries.get(key) ?? [];
    return Array.isArray(known) ? known : [known];
  }
}
