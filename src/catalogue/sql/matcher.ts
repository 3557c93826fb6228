import { type Kysely, sql } from 'kysely';
import type { UpsertOutcome } from '../catalogue.ts';
import { contradicts, firstId, hashId, isMovieId, sameMovie, titleKey } from '../identity.ts';
import type { MovieId, MovieRecord } from '../movie.ts';
import { Draft } from './draft.ts';
import type { Schema } from './schema.ts';

const outsideKey = (source: string, kind: string, value: string) => `${source}\n${kind}\n${value}`;
const nameKey = (title: string, kind: string) => `${kind}\n${titleKey(title)}`;

/** Decides which movie a record is, among those stored and those of the same batch. */
export class Matcher {
  readonly #byNumber = new Map<number, Draft>();
  readonly #byId = new Map<MovieId, Draft>();
  readonly #byOutside = new Map<string, Draft>();
  readonly #byName = new Map<string, Draft[]>();
  #nextNumber = 1;

  private constructor() {}

  /** Reads everything that the records could turn out to be. */
  static async load(trx: Kysely<Schema>, records: readonly MovieRecord[]): Promise<Matcher> {
    const matcher = new Matcher();
    const last = await trx
      .selectFrom('movie')
      .select(sql<number>`max(number)`.as('number'))
      .executeTakeFirst();
    matcher.#nextNumber = (last?.number ?? 0) + 1;
    const outside = await outsideRows(trx, records);
    const ids = await trx
      .selectFrom('movie_id')
      .selectAll()
      .where('id', 'in', records.flatMap(idsAskedFor))
      .execute();
    const named = await trx
      .selectFrom('movie')
      .select('number')
      .where('title_key', 'in', [...new Set(records.map((record) => titleKey(record.title)))])
      .where('merged_into', 'is', null)
      .execute();
    await matcher.#loadDrafts(trx, [
      ...new Set([...outside, ...ids].map((row) => row.movie).concat(named.map((row) => row.number))),
    ]);
    for (const row of outside)
      matcher.#byOutside.set(outsideKey(row.source, row.kind, row.value), matcher.#byNumber.get(row.movie)!);
    for (const row of ids) matcher.#byId.set(row.id, matcher.#byNumber.get(row.movie)!);
    return matcher;
  }

  get drafts(): Draft[] {
    return [...this.#byNumber.values()];
  }

  take(record: MovieRecord): UpsertOutcome {
    const owners = this.#byOutsideIds(record);
    const [oldest, ...others] = owners;
    if (oldest) {
      for (const other of others) this.#merge(oldest, other);
      const outcome = this.#update(oldest, record, 'shares an outside id');
      return others.length === 0
        ? outcome
        : {
            outcome: 'merged',
            id: oldest.id,
            absorbed: others.map((other) => other.id),
            because: 'the record has outside ids of several movies',
          };
    }
    const given = record.id === undefined ? undefined : this.#byId.get(record.id);
    if (given) return this.#update(given, record, 'has its id');
    return this.#takeByName(record);
  }

  #takeByName(record: MovieRecord): UpsertOutcome {
    const fits = (this.#byName.get(nameKey(record.title, record.kind)) ?? [])
      .map((draft) => ({ draft, because: sameMovie(known(draft), record) }))
      .filter((fit) => fit.because !== undefined);
    const hashed = this.#byId.get(hashId(record.title, record.year, record.kind));
    // A record without ids that was taken in before is found again by the hash of its name, year known or not.
    if (
      hashed &&
      !contradicts(Object.fromEntries(hashed.ids), record.ids) &&
      Object.keys(record.ids).length === 0
    )
      return this.#update(hashed, record, 'was seen before');
    const [only] = fits;
    if (only && fits.length === 1) return this.#update(only.draft, record, only.because!);
    return this.#create(
      record,
      fits.length > 1 ? `fits ${fits.length} movies, so it stays apart` : undefined,
    );
  }

  #byOutsideIds(record: MovieRecord): Draft[] {
    const owners = Object.entries(record.ids).map(([source, value]) =>
      this.#byOutside.get(outsideKey(source, record.kind, value)),
    );
    return [...new Set(owners.filter((owner) => owner !== undefined))].sort((a, b) => a.number - b.number);
  }

  #update(draft: Draft, record: MovieRecord, because: string): UpsertOutcome {
    const changed = draft.take(record);
    this.#remember(draft, record);
    if (record.id && isMovieId(record.id) && !this.#byId.has(record.id)) {
      draft.alias(record.id);
      this.#byId.set(record.id, draft);
    }
    return { outcome: changed ? 'changed' : 'unchanged', id: draft.id, because };
  }

  #create(record: MovieRecord, because: string | undefined): UpsertOutcome {
    const draft = Draft.created(this.#nextNumber++, this.#freeId(record), record);
    this.#byNumber.set(draft.number, draft);
    this.#byId.set(draft.id, draft);
    this.#byName.set(nameKey(record.title, record.kind), [
      ...(this.#byName.get(nameKey(record.title, record.kind)) ?? []),
      draft,
    ]);
    this.#remember(draft, record);
    return { outcome: 'added', id: draft.id, ...(because && { because }) };
  }

  /** The record's own id, else the one its outside ids give; where both are another movie's, one made unique. */
  #freeId(record: MovieRecord): MovieId {
    const wished = record.id && isMovieId(record.id) ? [record.id] : [];
    const free = [...wished, firstId(record)].find((id) => !this.#byId.has(id));
    return (
      free ??
      hashId(`${record.title} ${JSON.stringify(record.ids)} ${this.#nextNumber}`, record.year, record.kind)
    );
  }

  #merge(into: Draft, from: Draft): void {
    into.absorb(from);
    for (const [key, draft] of this.#byOutside) if (draft === from) this.#byOutside.set(key, into);
    for (const [id, draft] of this.#byId) if (draft === from) this.#byId.set(id, into);
    const key = nameKey(from.facts.title, from.facts.kind);
    this.#byName.set(
      key,
      (this.#byName.get(key) ?? []).filter((draft) => draft !== from),
    );
  }

  #remember(draft: Draft, record: MovieRecord): void {
    for (const [source, value] of Object.entries(record.ids)) {
      const key = outsideKey(source, record.kind, value);
      if (!this.#byOutside.has(key)) this.#byOutside.set(key, draft);
    }
  }

  async #loadDrafts(trx: Kysely<Schema>, numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    const rows = await trx.selectFrom('movie').selectAll().where('number', 'in', numbers).execute();
    const outside = await trx
      .selectFrom('outside_id')
      .selectAll()
      .where('movie', 'in', numbers)
      .orderBy('value')
      .execute();
    const votes = await trx.selectFrom('vote').selectAll().where('movie', 'in', numbers).execute();
    const outsideOf = Map.groupBy(outside, (row) => row.movie);
    const votesOf = Map.groupBy(votes, (row) => row.movie);
    for (const row of rows) {
      const stored = { row, outside: outsideOf.get(row.number) ?? [], votes: votesOf.get(row.number) ?? [] };
      const draft = Draft.stored(stored);
      this.#byNumber.set(row.number, draft);
      const key = nameKey(row.title, row.kind);
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), draft]);
    }
  }
}

function known(draft: Draft) {
  return { ...draft.facts, ids: Object.fromEntries(draft.ids) };
}

function idsAskedFor(record: MovieRecord): MovieId[] {
  const ids = [firstId(record), hashId(record.title, record.year, record.kind)];
  return record.id ? [record.id, ...ids] : ids;
}

async function outsideRows(trx: Kysely<Schema>, records: readonly MovieRecord[]) {
  const wanted = records.flatMap((record) =>
    Object.entries(record.ids).map(([source, value]) => ({ source, kind: record.kind, value })),
  );
  const groups = Map.groupBy(wanted, ({ source, kind }) => `${source}\n${kind}`);
  const found = await Promise.all(
    [...groups.values()].map((group) =>
      trx
        .selectFrom('outside_id')
        .selectAll()
        .where('source', '=', group[0]!.source)
        .where('kind', '=', group[0]!.kind)
        .where('value', 'in', [...new Set(group.map((each) => each.value))])
        .execute(),
    ),
  );
  return found.flat();
}
