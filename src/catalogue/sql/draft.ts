import { isDeepStrictEqual } from 'node:util';
import { type KeptFacts, mergeFacts } from '../merge.ts';
import type { MovieId, MovieRecord } from '../movie.ts';
import { factColumns, factsOf } from './rows.ts';
import type { MovieRow } from './schema.ts';

interface Votes {
  readonly votes: number;
  readonly rating: number | null;
}

/** What the database holds of a movie, as far as a merge needs it. */
export interface Stored {
  readonly row: MovieRow;
  readonly outside: readonly { readonly source: string; readonly value: string }[];
  readonly votes: readonly (Votes & { readonly source: string })[];
}

/** One movie while a batch is being taken in: its stored state and what the batch adds. */
export class Draft {
  readonly number: number;
  readonly id: MovieId;
  /** Outside ids, the first known of each source: what tells two movies apart. */
  readonly ids = new Map<string, string>();
  facts: KeptFacts;
  touched = false;
  readonly #source: string;
  readonly #votes = new Map<string, Votes>();
  readonly #newVotes = new Set<string>();
  readonly #newIds: MovieId[] = [];
  readonly #newOutside: { source: string; kind: string; value: string }[] = [];
  #givenPopularity: number | null;
  readonly #popularity: number | null;
  #mergedInto: number | null = null;

  private constructor(
    number: number,
    id: MovieId,
    facts: KeptFacts,
    source: string,
    popularity: [number | null, number | null],
  ) {
    this.number = number;
    this.id = id;
    this.facts = facts;
    this.#source = source;
    [this.#givenPopularity, this.#popularity] = popularity;
  }

  static stored({ row, outside, votes }: Stored): Draft {
    const draft = new Draft(row.number, row.id, factsOf(row), row.source, [
      row.given_popularity,
      row.popularity,
    ]);
    for (const { source, value } of outside) if (!draft.ids.has(source)) draft.ids.set(source, value);
    for (const vote of votes) draft.#votes.set(vote.source, vote);
    return draft;
  }

  static created(number: number, id: MovieId, record: MovieRecord): Draft {
    const draft = new Draft(number, id, keptFacts(record), record.source, [null, null]);
    draft.touched = true;
    draft.#newIds.push(id);
    draft.#takeIds(record);
    draft.#takeVotes(record);
    return draft;
  }

  /** Takes in another record of the same movie. Answers whether that changed anything. */
  take(record: MovieRecord): boolean {
    const facts = mergeFacts(this.facts, keptFacts(record), record.source);
    const changed = !isDeepStrictEqual(factColumns(facts), factColumns(this.facts));
    this.facts = facts;
    const ids = this.#takeIds(record);
    const votes = this.#takeVotes(record);
    if (changed || ids || votes) this.touched = true;
    return changed || ids || votes;
  }

  /** Takes in another movie that was found to be this one; its ids and votes lead here from now on. */
  absorb(other: Draft): void {
    this.facts = mergeFacts(this.facts, other.facts, other.#source);
    for (const [source, value] of other.ids) {
      if (!this.ids.has(source)) this.ids.set(source, value);
      this.#newOutside.push({ source, kind: this.facts.kind, value });
    }
    for (const [source, vote] of other.#votes) this.#vote(source, vote);
    this.#newIds.push(other.id, ...other.#newIds);
    this.#givenPopularity = Math.max(this.#givenPopularity ?? 0, other.#givenPopularity ?? 0) || null;
    this.touched = true;
    other.touched = true;
    other.#mergedInto = this.number;
  }

  /** Makes a further id resolve to this movie. */
  alias(id: MovieId): void {
    this.#newIds.push(id);
    this.touched = true;
  }

  row(revision: number): MovieRow {
    const [best] = [...this.#votes.values()].sort((a, b) => b.votes - a.votes);
    return {
      number: this.number,
      id: this.id,
      revision,
      merged_into: this.#mergedInto,
      ...factColumns(this.facts),
      rating: best?.rating ?? null,
      votes: best?.votes ?? null,
      given_popularity: this.#givenPopularity,
      popularity: this.#popularity ?? this.#givenPopularity,
      source: this.#source,
    };
  }

  newIds(): { id: MovieId; movie: number }[] {
    return this.#mergedInto === null ? this.#newIds.map((id) => ({ id, movie: this.number })) : [];
  }

  newOutsideIds(): { source: string; kind: string; value: string; movie: number }[] {
    return this.#mergedInto === null ? this.#newOutside.map((row) => ({ ...row, movie: this.number })) : [];
  }

  changedVotes(): { movie: number; source: string; votes: number; rating: number | null }[] {
    return [...this.#newVotes].map((source) => ({ movie: this.number, source, ...this.#votes.get(source)! }));
  }

  #takeIds(record: MovieRecord): boolean {
    let changed = false;
    for (const [source, value] of Object.entries(record.ids)) {
      if (this.ids.has(source)) continue;
      this.ids.set(source, value);
      this.#newOutside.push({ source, kind: this.facts.kind, value });
      changed = true;
    }
    return changed;
  }

  #takeVotes(record: MovieRecord): boolean {
    const given = record.popularity ?? null;
    const raised = given !== null && given !== this.#givenPopularity;
    if (raised) this.#givenPopularity = given;
    if (record.votes === undefined && record.rating === undefined) return raised;
    return this.#vote(record.source, { votes: record.votes ?? 0, rating: record.rating ?? null }) || raised;
  }

  /** Within one source the higher count is the newer one. */
  #vote(source: string, vote: Votes): boolean {
    const known = this.#votes.get(source);
    if (known && known.votes >= vote.votes) return false;
    this.#votes.set(source, { votes: vote.votes, rating: vote.rating });
    this.#newVotes.add(source);
    return true;
  }
}

function keptFacts(record: MovieRecord): KeptFacts {
  const {
    id: _id,
    ids: _ids,
    source,
    rating: _rating,
    votes: _votes,
    popularity: _popularity,
    ...facts
  } = record;
  return {
    ...facts,
    ...(record.overview && { overviewSource: source }),
    ...(record.poster && { posterSource: source }),
  };
}
