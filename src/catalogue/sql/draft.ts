import { type KeptFacts, keptFacts, mergeFacts, sameFacts } from '../merge.ts';
import type { MovieId, MovieRecord, SourceVotes } from '../movie.ts';
import { factsOf, idsOf, idsText, rowOf } from './rows.ts';
import type { MovieRow, Schema } from './schema.ts';

/** Whether an outside id may be given to this movie: not where it is another one's. */
export type IsFree = (source: string, value: string) => boolean;

/** One movie while a batch is being taken in: its stored state and what the batch adds. */
export class Draft {
  readonly number: number;
  readonly id: MovieId;
  readonly ids: Map<string, string[]>;
  facts: KeptFacts;
  /** Its row has to be written. */
  touched = false;
  /** It has no row yet. */
  isNew = false;
  readonly newIds: MovieId[] = [];
  readonly newOutsideIds: { source: string; value: string }[] = [];
  readonly #votes = new Map<string, Schema['vote']>();
  readonly #newVotes = new Set<string>();
  #givenPopularity: number | null;
  readonly #popularity: number | null;
  #mergedInto: Draft | undefined;

  private constructor(
    row: Pick<MovieRow, 'number' | 'id' | 'given_popularity' | 'popularity' | 'ids'>,
    facts: KeptFacts,
  ) {
    this.number = row.number;
    this.id = row.id;
    this.ids = idsOf(row.ids);
    this.facts = facts;
    this.#givenPopularity = row.given_popularity;
    this.#popularity = row.popularity;
  }

  static stored(row: MovieRow, votes: readonly Schema['vote'][]): Draft {
    const draft = new Draft(row, factsOf(row));
    for (const vote of votes) draft.#votes.set(vote.source, vote);
    return draft;
  }

  static created(number: number, id: MovieId, record: MovieRecord, isFree: IsFree): Draft {
    const row = { number, id, given_popularity: null, popularity: null, ids: null };
    const draft = new Draft(row, keptFacts(record));
    draft.#takeIds(record, isFree);
    draft.#takeVotes(record);
    draft.touched = true;
    draft.isNew = true;
    return draft;
  }

  /** The movie that this one was found to be; itself where it stands alone. */
  get living(): Draft {
    return this.#mergedInto?.living ?? this;
  }

  /** Takes in another record of the same movie. Answers whether that changed anything. */
  take(record: MovieRecord, isFree: IsFree): boolean {
    const facts = mergeFacts(this.facts, keptFacts(record));
    const changed = [
      !sameFacts(facts, this.facts),
      this.#takeIds(record, isFree),
      this.#takeVotes(record),
    ].includes(true);
    this.facts = facts;
    if (changed) this.touched = true;
    return changed;
  }

  /** Takes in another movie that was found to be this one. Its rows stay and lead here from now on. */
  absorb(other: Draft): void {
    this.facts = mergeFacts(this.facts, other.facts);
    for (const [source, values] of other.ids) for (const value of values) this.#addId(source, value);
    for (const vote of other.#votes.values()) this.#takeVote(vote);
    this.#takePopularity(other.#givenPopularity);
    this.touched = true;
    other.touched = true;
    other.#newVotes.clear();
    other.#mergedInto = this;
  }

  row(revision: number): MovieRow {
    // Where two sources have as many, their names settle it: not which one came first.
    const [best] = [...this.#votes.values()].sort(
      (a, b) => b.votes - a.votes || (a.source < b.source ? -1 : 1),
    );
    return rowOf(this.facts, {
      number: this.number,
      id: this.id,
      revision,
      merged_into: this.#mergedInto ? this.living.number : null,
      rating: best?.rating ?? null,
      rating_source: best?.rating == null ? null : best.source,
      votes: best?.votes ?? null,
      given_popularity: this.#givenPopularity,
      popularity: this.#popularity ?? this.#givenPopularity,
      ids: idsText(this.ids),
    });
  }

  changedVotes(): Schema['vote'][] {
    return [...this.#newVotes].map((source) => ({ ...this.#votes.get(source)!, movie: this.number }));
  }

  #takeIds(record: MovieRecord, isFree: IsFree): boolean {
    const all = [...Object.entries(record.ids), ...(record.past?.otherIds ?? [])];
    const added = all.filter(([source, value]) => isFree(source, value) && this.#addId(source, value));
    for (const [source, value] of added) this.newOutsideIds.push({ source, value });
    return added.length > 0;
  }

  #addId(source: string, value: string): boolean {
    const known = this.ids.get(source);
    if (known?.includes(value)) return false;
    if (known) known.push(value);
    else this.ids.set(source, [value]);
    return true;
  }

  #takeVotes(record: MovieRecord): boolean {
    const raised = this.#takePopularity(record.popularity ?? null);
    return votesOf(record).reduce((changed, { rating, ...vote }) => {
      return this.#takeVote({ ...vote, rating: rating ?? null, movie: this.number }) || changed;
    }, raised);
  }

  #takePopularity(given: number | null): boolean {
    if (given === null || given <= (this.#givenPopularity ?? -1)) return false;
    this.#givenPopularity = given;
    return true;
  }

  /** Within one source the higher count is the newer one. */
  #takeVote(vote: Schema['vote']): boolean {
    const known = this.#votes.get(vote.source);
    if (known && known.votes >= vote.votes) return false;
    this.#votes.set(vote.source, vote);
    this.#newVotes.add(vote.source);
    return true;
  }
}

function votesOf({ source, votes, rating, past }: MovieRecord): readonly SourceVotes[] {
  if (past?.votes) return past.votes;
  if (votes === undefined && rating === undefined) return [];
  return [{ source, votes: votes ?? 0, ...(rating !== undefined && { rating }) }];
}
