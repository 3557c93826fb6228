import type { MovieId } from '../catalogue/movie.ts';
import { belongTogether, type Meeting, type SeriesMember } from './series-evidence.ts';
import { beginningOf, type Fragments, fragmentsOf, type Stem, stemsOf } from './series-title.ts';

export interface Series {
  /** Its usual name: what the catalogue calls it, else the stem of its titles. */
  readonly name: string;
  readonly members: ReadonlySet<MovieId>;
}

interface Entry {
  readonly member: SeriesMember;
  readonly stems: readonly Stem[];
  readonly fragments: Fragments;
  /** Those it belongs together with. */
  readonly linked: Set<Entry>;
  /** Worked out when it is asked for. */
  series?: Series | undefined;
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
  readonly #byStem: Index = new Map();
  readonly #byBeginning: Index = new Map();
  readonly #byEnding: Index = new Map();

  put(member: SeriesMember): void {
    this.delete(member.id);
    const stems = stemsOf(member.title);
    const entry: Entry = { member, stems, fragments: fragmentsOf(member.title), linked: new Set() };
    this.#link(entry);
    this.#entries.set(member.id, entry);
    for (const { key } of stems) add(this.#byStem, key, entry);
    for (const key of entry.fragments.beginnings) add(this.#byBeginning, key, entry);
    for (const key of entry.fragments.endings) add(this.#byEnding, key, entry);
  }

  delete(id: MovieId): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    forget(entry);
    this.#entries.delete(id);
    for (const other of entry.linked) other.linked.delete(entry);
    for (const { key } of entry.stems) remove(this.#byStem, key, entry);
    for (const key of entry.fragments.beginnings) remove(this.#byBeginning, key, entry);
    for (const key of entry.fragments.endings) remove(this.#byEnding, key, entry);
  }

  /** The series of a movie; `undefined` where it stands alone as far as can be told. */
  of(id: MovieId): Series | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (entry.linked.size === 0 && !entry.member.franchise) return undefined;
    if (!entry.series) describe(connected(entry));
    return entry.series;
  }

  #link(entry: Entry): void {
    for (const stem of entry.stems) {
      const { key } = stem;
      for (const other of few(this.#byStem.get(key), MOST_NAMESAKES))
        for (const its of other.stems) if (its.key === key) link(entry, other, { a: stem, b: its, key });
      for (const index of [this.#byBeginning, this.#byEnding])
        for (const other of few(index.get(key), MOST_WITH_FRAGMENT)) link(entry, other, { a: stem, key });
    }
    for (const key of [...entry.fragments.beginnings, ...entry.fragments.endings])
      for (const other of few(this.#byStem.get(key), MOST_NAMESAKES))
        for (const its of other.stems) if (its.key === key) link(other, entry, { a: its, key });
    for (const key of entry.fragments.beginnings)
      for (const other of few(this.#byBeginning.get(key), MOST_OF_ONE_BEGINNING)) link(entry, other, { key });
  }
}

/** `meeting.a` is a stem of the first, `meeting.b` of the second. */
function link(first: Entry, second: Entry, meeting: Meeting): void {
  if (first.linked.has(second) || !belongTogether(first.member, second.member, meeting)) return;
  forget(first);
  forget(second);
  first.linked.add(second);
  second.linked.add(first);
}

/** What was worked out of the series of an entry no longer holds. */
function forget(entry: Entry): void {
  if (entry.series) for (const member of connected(entry)) member.series = undefined;
}

function connected(start: Entry): Entry[] {
  const found = new Set([start]);
  for (const entry of found) for (const other of entry.linked) found.add(other);
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
  const calledSo = entries.filter(
    ({ stems, fragments }) =>
      stems.some(({ key }) => key === stem.key) ||
      fragments.beginnings.includes(stem.key) ||
      fragments.endings.includes(stem.key),
  );
  return calledSo.length > 1 ? stem.name : mostCommon(entries.flatMap(beginnings)).name;
}

function beginnings({ member, fragments }: Entry): Candidate[] {
  return fragments.beginnings.map((key) => ({
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

/** Most words begin or end one title only: lists, since sets of one would take ten times the memory. */
type Index = Map<string, Entry[]>;

/** Nothing where there are too many. */
function few(entries: readonly Entry[] | undefined, most: number): readonly Entry[] {
  return entries === undefined || entries.length > most ? [] : entries;
}

function add(index: Index, key: string, entry: Entry): void {
  const known = index.get(key);
  if (known) known.push(entry);
  else index.set(key, [entry]);
}

function remove(index: Index, key: string, entry: Entry): void {
  const rest = index.get(key)?.filter((other) => other !== entry) ?? [];
  if (rest.length > 0) index.set(key, rest);
  else index.delete(key);
}
