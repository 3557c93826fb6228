import type { UpsertOutcome } from '../catalogue.ts';
import { apartInOneArticle, contradiction, isArticle, sameMovie, titleKey, yearsAgree } from '../identity.ts';
import type { Kind, MovieId, MovieRecord } from '../movie.ts';
import {
  type Asked,
  asked,
  hasArticlesOnly,
  idsAskedFor,
  nameKey,
  outsideKey,
  ownIdsAskedFor,
  sharedIds,
  sharingOf,
} from './asked.ts';
import { Draft, type IsFree } from './draft.ts';
import { idsOf } from './rows.ts';
import type { Statements } from './statements.ts';

/** Decides which movie a record is, among those stored and those of the same batch. */
export class Matcher {
  readonly #asked: readonly Asked[];
  readonly #drafts = new Map<number, Draft>();
  readonly #byId = new Map<MovieId, Draft>();
  readonly #byOutside = new Map<string, Draft>();
  readonly #byName = new Map<string, Draft[]>();
  /** Records that a numbering source keeps apart from a stored namesake, and why: for the explanation. */
  readonly #apart = new Map<MovieRecord, string>();
  #nextNumber: number;

  /** Reads everything that the records could turn out to be. */
  constructor(statements: Statements, records: readonly MovieRecord[]) {
    this.#asked = records.map(asked);
    this.#nextNumber = statements.lastNumber() + 1;
    const outside = this.#outsideOwners(statements);
    const ids = statements.idOwners([
      ...this.#asked.flatMap(idsAskedFor),
      ...ownIdsAskedFor(this.#asked, new Set(outside.map(([key]) => key))),
    ]);
    const named = this.#namesakes(statements);
    this.#load(statements, [...new Set([...outside, ...ids].map(([, movie]) => movie).concat(named))]);
    for (const [key, movie] of outside) this.#byOutside.set(key, this.#drafts.get(movie)!);
    for (const [id, movie] of ids) this.#byId.set(id, this.#drafts.get(movie)!);
  }

  /** Every movie that was read or made, the older first. */
  get drafts(): Draft[] {
    return [...new Set(this.#drafts.values())];
  }

  /** What becomes of each record, in their order. */
  takeAll(): UpsertOutcome[] {
    return this.#asked.map((each) => this.#take(each));
  }

  #take(asked: Asked): UpsertOutcome {
    const [oldest, ...others] = this.#owners(asked);
    if (!oldest) return this.#takeWithoutOwner(asked);
    for (const other of others) this.#merge(oldest, other);
    // An article may turn out to be another movie's: the record has to be found again without it.
    if (hasArticlesOnly(asked) && !this.#leadsTo(oldest, asked.record.id)) this.#alias(oldest, asked.firstId);
    const outcome = this.#update(oldest, asked, `has the same id: ${sharedIds(oldest, asked)}`);
    if (others.length === 0) return outcome;
    const absorbed = others.map((other) => other.id);
    return {
      ...outcome,
      outcome: 'merged',
      absorbed,
      because: `has ids of them all: ${sharedIds(oldest, asked)}`,
    };
  }

  /** The movies whose outside ids the record has, the oldest first. */
  #owners(asked: Asked): Draft[] {
    const owners = new Set(this.#ownersOf(asked, (source) => !isArticle(source)));
    const told = this.#ownersOf(asked, isArticle);
    // What was told from its article's movie once stays apart from whatever that movie turns out to be.
    if (told.length > 0 && !this.#byId.has(asked.ownId())) {
      const sharing = [sharingOf(asked), ...[...owners].map(({ ids, facts: { year } }) => ({ ids, year }))];
      for (const owner of told) {
        const { year } = owner.facts;
        if (!sharing.some((each) => apartInOneArticle({ ids: owner.ids, year }, each))) owners.add(owner);
      }
    }
    return [...owners].sort((a, b) => a.number - b.number);
  }

  #ownersOf({ record, outsideIds }: Asked, from: (source: string) => boolean): Draft[] {
    return outsideIds.flatMap(([source, value]) => {
      const owner = from(source) && this.#ownerOf(source, record.kind, value);
      return owner ? [owner] : [];
    });
  }

  #ownerOf(source: string, kind: Kind, value: string): Draft | undefined {
    return this.#byOutside.get(outsideKey(source, kind, value))?.living;
  }

  #takeWithoutOwner(asked: Asked): UpsertOutcome {
    const { record, outsideIds, firstId, ownId } = asked;
    const pinned = outsideIds.some(([source]) => isArticle(source)) && this.#byId.get(ownId())?.living;
    if (pinned) return this.#update(pinned, asked, 'was seen before');
    const given = record.id === undefined ? undefined : this.#byId.get(record.id)?.living;
    // An id names a movie or a show: that of the other kind is none of the record's.
    if (given?.facts.kind === record.kind) return this.#update(given, asked, 'has its id');
    if (record.past?.distinct && !given)
      return this.#create(asked, 'its own catalogue told it from all others');
    // A record without an id of its own is found again by the hash of its name, whatever came since.
    const taken = outsideIds.every(([source, value]) => this.#ownerOf(source, record.kind, value));
    if (!taken) return this.#takeByName(asked, hasArticlesOnly(asked) ? firstId : undefined);
    const hashed = this.#byId.get(firstId)?.living;
    if (hashed && contradiction(hashed.ids, record.ids) === undefined)
      return this.#update(hashed, asked, 'was seen before');
    return this.#takeByName(asked, firstId);
  }

  /** Where the record has nothing else to be found again by, `hash` leads to its movie from now on. */
  #takeByName(asked: Asked, hash?: MovieId): UpsertOutcome {
    const { record } = asked;
    let apart = this.#apart.get(record);
    const fits: { draft: Draft; because: string }[] = [];
    for (const draft of this.#byName.get(asked.name) ?? []) {
      const because = draft.living === draft ? sameMovie(draft.facts, record) : undefined;
      const source = because && contradiction(draft.ids, record.ids);
      if (source) apart = keptApart(draft.id, source);
      else if (because) fits.push({ draft, because });
    }
    const [only] = fits;
    if (only && fits.length === 1) {
      if (hash) this.#alias(only.draft, hash);
      return this.#update(only.draft, asked, only.because);
    }
    if (only) apart = `it fits ${fits.map(({ draft }) => draft.id).join(' and ')}, so it stays apart`;
    const [told] = this.#ownersOf(asked, isArticle);
    if (told) apart ??= `${told.id} has the same article, but another year or number`;
    return this.#create(asked, apart ?? 'nothing like it was there');
  }

  #update(draft: Draft, asked: Asked, because: string): UpsertOutcome {
    const before = draft.facts.title;
    const changed = draft.take(asked.record, this.#isFree(asked.record.kind, draft));
    this.#renamed(draft, before);
    this.#remember(draft, asked);
    return { outcome: changed ? 'changed' : 'unchanged', id: draft.id, because };
  }

  #merge(into: Draft, other: Draft): void {
    const before = into.facts.title;
    into.absorb(other);
    this.#renamed(into, before);
  }

  #create(asked: Asked, because: string): UpsertOutcome {
    const number = this.#nextNumber++;
    const draft = Draft.created(number, this.#freeId(asked), asked.record, this.#isFree(asked.record.kind));
    this.#drafts.set(number, draft);
    this.#byId.set(draft.id, draft);
    this.#addName(asked.name, draft);
    this.#remember(draft, asked);
    return { outcome: 'added', id: draft.id, because };
  }

  /** The record's own id, else the one its outside ids give; where both are another movie's, one made from all it has. */
  #freeId({ record, firstId, ownId }: Asked): MovieId {
    const free = [record.id, firstId].find((id) => id !== undefined && !this.#byId.has(id));
    return free ?? ownId();
  }

  #isFree(kind: Kind, draft?: Draft): IsFree {
    return (source, value) => {
      const owner = this.#ownerOf(source, kind, value);
      return owner === undefined || owner === draft;
    };
  }

  /** Makes the record's ids lead to its movie from now on. */
  #remember(draft: Draft, asked: Asked): void {
    const { record, outsideIds } = asked;
    for (const [source, value] of outsideIds) {
      const key = outsideKey(source, record.kind, value);
      if (!this.#byOutside.has(key)) this.#byOutside.set(key, draft);
    }
    for (const id of [record.id, ...(record.past?.formerIds ?? [])])
      if (id !== undefined) this.#alias(draft, id);
    if (this.#hasToBePinned(draft, asked)) this.#alias(draft, asked.ownId());
  }

  /** Whether what leads to the record's movie now could lead to another one later: an article, or a namesake's hash. */
  #hasToBePinned(draft: Draft, asked: Asked): boolean {
    const articles = asked.outsideIds.filter(([source]) => isArticle(source));
    if (articles.length === 0) return false;
    const owners = articles.map(([source, value]) => this.#ownerOf(source, asked.record.kind, value));
    if (owners.some((owner) => owner !== draft)) return true;
    if (!hasArticlesOnly(asked)) return false;
    return !this.#leadsTo(draft, asked.record.id) && !this.#leadsTo(draft, asked.firstId);
  }

  #leadsTo(draft: Draft, id: MovieId | undefined): boolean {
    return id !== undefined && this.#byId.get(id)?.living === draft;
  }

  #alias(draft: Draft, id: MovieId): void {
    if (this.#byId.has(id)) return;
    draft.newIds.push(id);
    this.#byId.set(id, draft);
  }

  /** Keeps the names true where a better source gave a movie another title. */
  #renamed(draft: Draft, before: string): void {
    if (draft.facts.title === before) return;
    const old = nameKey(titleKey(before), draft.facts.kind);
    this.#byName.set(
      old,
      (this.#byName.get(old) ?? []).filter((each) => each !== draft),
    );
    this.#addName(nameKey(titleKey(draft.facts.title), draft.facts.kind), draft);
  }

  #addName(name: string, draft: Draft): void {
    const namesakes = this.#byName.get(name);
    if (namesakes) namesakes.push(draft);
    else this.#byName.set(name, [draft]);
  }

  #outsideOwners(statements: Statements): [key: string, movie: number][] {
    const wanted = new Map<string, { source: string; kind: string; values: Set<string> }>();
    for (const { record, outsideIds } of this.#asked)
      for (const [source, value] of outsideIds) {
        const group = wanted.get(nameKey(source, record.kind));
        if (group) group.values.add(value);
        else
          wanted.set(nameKey(source, record.kind), { source, kind: record.kind, values: new Set([value]) });
      }
    return [...wanted.values()].flatMap(({ source, kind, values }) =>
      statements
        .outsideOwners(source, kind, [...values])
        .map(([value, movie]): [string, number] => [outsideKey(source, kind, value), movie]),
    );
  }

  /** Numbers of stored movies that a record of the batch could be by its title. */
  #namesakes(statements: Statements): number[] {
    const byName = Map.groupBy(this.#asked, (each) => each.name);
    const keys = new Set(this.#asked.map(({ name }) => name.slice(name.indexOf('\n') + 1)));
    return statements.namesakes([...keys]).flatMap((stored) => {
      const ids = idsOf(stored.ids);
      const fits = (byName.get(nameKey(stored.titleKey, stored.kind)) ?? []).filter(({ record }) => {
        if (!yearsAgree(stored.year ?? undefined, record.year)) return false;
        const source = contradiction(ids, record.ids);
        if (source) this.#apart.set(record, keptApart(stored.id, source));
        return source === undefined;
      });
      return fits.length > 0 ? [stored.number] : [];
    });
  }

  #load(statements: Statements, numbers: readonly number[]): void {
    if (numbers.length === 0) return;
    const found = statements.movies(numbers);
    const living = new Map(found.map((row) => [row.number, row.merged_into ?? row.number]));
    const missing = [...new Set(living.values())].filter((number) => !living.has(number));
    const rows = [...found, ...(missing.length > 0 ? statements.movies(missing) : [])];
    const votes = Map.groupBy(statements.votes(rows.map((row) => row.number)), (vote) => vote.movie);
    for (const row of rows.filter((each) => each.merged_into === null)) {
      const draft = Draft.stored(row, votes.get(row.number) ?? []);
      this.#drafts.set(row.number, draft);
      this.#addName(nameKey(row.title_key, row.kind), draft);
    }
    for (const [number, into] of living) this.#drafts.set(number, this.#drafts.get(into)!);
  }
}

function keptApart(id: MovieId, source: string): string {
  return `${id} has the same title, but another ${source} id`;
}
