import type { Language } from '../messages/languages.ts';
import type { MovieFilters } from '../recommender/filters.ts';

/** People gather, five films are proposed, they vote on them, and it is over. */
export type NightPhase = 'gathering' | 'proposed' | 'voting' | 'over';

/** What somebody wants to see. */
export interface Wish {
  /** One of our moods, by name. */
  readonly mood?: string;
  /** In their own words. */
  readonly words?: string;
  readonly filters: MovieFilters;
}

/** A proposed film; of several the best for the group is the first. */
export interface Candidate {
  /** The movie's number. */
  readonly movie: number;
  /** How likely the least pleased is to like it, 0 to 1, and the mean of all. */
  readonly score: number;
  readonly mean: number;
}

/** How a movie night begins. */
export interface NewNight {
  /** `platform:id` of the chat, and its topic where it has such. Never logged. */
  readonly chat: string;
  readonly thread?: string;
  /** A private chat, which its people share as one screen: its name is as personal as an account's. */
  readonly shared: boolean;
  /** `platform:id` of who may propose and end the vote; anybody may where it is absent. Never logged. */
  readonly starter?: string;
  readonly language: Language;
  /** Adult titles may be proposed. */
  readonly adult: boolean;
  /** Holds for everybody: what was asked for when it began. */
  readonly wish: Wish;
  /** How long the vote lasts. */
  readonly hours: number;
  /** Milliseconds since 1970, as all times here. */
  readonly began: number;
}

export interface Night extends NewNight {
  readonly id: number;
  readonly phase: NightPhase;
  readonly proposal: readonly Candidate[];
  /** The platform's own name for the poll, once it stands in the chat. */
  readonly poll?: string;
  /**
   * When the vote ends. Absent where its votes could not be read then: the button still can. Of a night that is over,
   * when its winner is to be told at the latest.
   */
  readonly ends?: number;
  /** Number of the movie that won. */
  readonly winner?: number;
}

export interface NightMember extends Wish {
  readonly owner: string;
  /** As the chat knows them. */
  readonly name?: string;
  /** Reasons may name films they liked. */
  readonly named: boolean;
}

/** What is held about somebody of one movie night. */
export interface NightRecord {
  readonly began: number;
  readonly chat: string;
  readonly name?: string;
  readonly named: boolean;
  readonly mood?: string;
  readonly words?: string;
  readonly filters: MovieFilters;
  /** The place of the film they voted for, from 0, where we counted the votes. */
  readonly vote?: number;
  /** Names given for others on the same screen. */
  readonly companions?: readonly string[];
  /** They began it. */
  readonly starter: boolean;
  /** What they asked for then, for everybody. */
  readonly forAll?: Wish;
}

/** Movie nights. Every call is one transaction: of two at the same moment none is lost. */
export interface NightStore {
  /** Begins one, with its first members; where one is open in the chat, answers with that instead. */
  begin(night: NewNight, members: readonly NightMember[]): Promise<{ night: Night; isNew: boolean }>;
  get(id: number): Promise<Night | undefined>;
  /** The one of this chat that is not over. */
  openIn(chat: string): Promise<Night | undefined>;
  /** In the order in which they joined. */
  members(id: number): Promise<NightMember[]>;
  /** Joins, or changes what one joined with. False where it is full, or people no longer gather. */
  join(id: number, member: Omit<NightMember, keyof Wish>, now: number): Promise<boolean>;
  leave(id: number, owner: string): Promise<boolean>;
  /** What a member wants. */
  wish(id: number, owner: string, wish: Wish): Promise<void>;
  /** From gathering to proposed, or again. */
  propose(id: number, proposal: readonly Candidate[]): Promise<boolean>;
  /** From proposed back to gathering. */
  gather(id: number): Promise<boolean>;
  /**
   * From proposed to voting, for one caller alone; again where no poll appeared within `POLL_PATIENCE`. `ends` is when
   * the vote ends.
   */
  startVote(id: number, now: number, ends: number): Promise<boolean>;
  /** The poll stands in the chat. */
  polled(id: number, poll: string): Promise<void>;
  /** Where we count ourselves; of two votes of one person the last counts. False where no vote is on. */
  vote(id: number, owner: string, choice: number): Promise<boolean>;
  /** Votes that we counted, by the place of the film. */
  votes(id: number): Promise<ReadonlyMap<string, number>>;
  /**
   * Ends it, and forgets who took part; without a winner where it was called off. True for the one caller that did.
   * With `tellBy`, who won is still to be told without anybody asking: by this caller, or where it has not said so by
   * then with `announce`, by whoever claims it. Until then a private chat goes on being named.
   */
  finish(id: number, winner?: number, tellBy?: number): Promise<boolean>;
  /**
   * Who won is told: true for the one caller that is to tell the chat, or just did. With `now` only where nobody else is
   * about to.
   */
  announce(id: number, now?: number): Promise<boolean>;
  /** Nights whose winner was to be told by now and was not. */
  untold(now: number): Promise<Night[]>;
  /** True for one caller, who is to tell such a winner; for another one after `tellBy`. */
  claim(id: number, now: number, tellBy: number): Promise<boolean>;
  /** Ends what nobody waits for any more, and forgets who took part; of what is over for so long, no winner is told. */
  endStale(now: number): Promise<void>;
  /** Votes whose time is over. */
  due(now: number): Promise<Night[]>;
  /**
   * A chat goes by another name from now on, and its nights with it. Messages do not go along: a vote that was on can
   * be begun anew.
   */
  move(from: string, to: string): Promise<void>;
  /** Looks at a vote again later, or at a winner that is to be told; or no more, where the button shows it. */
  postpone(id: number, ends: number | undefined): Promise<void>;
  /** What is held about an account. */
  of(owner: string): Promise<NightRecord[]>;
}

/** So many people can take part. */
export const MAX_MEMBERS = 50;

/** A night that nobody voted in for so long is over when the next one begins. Of one over for so long no winner is told. Milliseconds. */
export const STALE = 24 * 3_600_000;

/**
 * A winner that nobody has told so long after the vote's end was lost on the way: longer than any platform may take.
 * Milliseconds.
 */
export const TELL_PATIENCE = 3 * 60_000;

/** A poll that is not there after so long will not come. Milliseconds. */
export const POLL_PATIENCE = 60_000;
