import type { Movie } from '../catalogue/movie.ts';
import type { Language } from '../messages/languages.ts';
import type { Message } from '../messages/message.ts';
import type { Reason } from '../recommender/reasons.ts';
import type { Call } from './invocation.ts';

/** A button that runs a command: a pre-filled question that comes in through the same door as a typed one. */
export interface Action {
  readonly label: Message;
  readonly run: Call;
  /** Picks and pages are for the one who asked; rating and joining are for anyone. */
  readonly for: 'asker' | 'anyone';
  /**
   * `here`: the answer replaces this message. `new`: it is a message of its own. `private`: it is for the one who
   * presses alone, in our chat with them where it cannot be shown here.
   */
  readonly opens: 'here' | 'new' | 'private';
}

/** An action with the id that the platform sends back when it is pressed (see `button-id.ts`). */
export interface SealedAction extends Action {
  readonly id: string;
}

export interface Link {
  readonly label: Message;
  readonly href: string;
}

/** What a reader can say of a movie on the way. */
export interface RatingActions<A> {
  /** One press each, with labels short enough for a row: good, bad, seen. */
  readonly quick: readonly A[];
  /** Opens all that can be said of it, stars too. */
  readonly whole: A;
}

export interface ResultItem<A> {
  readonly rank: number;
  readonly movie: Movie;
  /** Relevance, 0 to 1; shown in percent. */
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** "Similar to this one". */
  readonly similar: A;
  readonly rating?: RatingActions<A>;
}

export interface ResultsBlock<A> {
  readonly kind: 'results';
  /** The movies the list starts from; empty for a plot search. */
  readonly seeds: readonly Movie[];
  readonly items: readonly ResultItem<A>[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Filters in effect, one message each. */
  readonly filters: readonly Message[];
  /** What the reader should know about the list: weak matches, little known of the seed, how many were left out. */
  readonly notes: readonly Message[];
  readonly previous?: A;
  readonly more?: A;
  /** Filters that would narrow this very list; each label is the filter alone. */
  readonly narrow?: readonly A[];
  /** The list without its filters; there where some are in effect. */
  readonly clear?: A;
  /** The whole list from its beginning, for anyone who is handed its id. */
  readonly share?: A;
}

export interface ChoicesBlock<A> {
  readonly kind: 'choices';
  /** Up to ten, best first. */
  readonly items: readonly {
    readonly movie: Movie;
    /** What distinguishes it from its namesakes, most telling first. */
    readonly tellsApart: readonly Message[];
    readonly pick: A;
  }[];
}

export interface CardBlock<A> {
  readonly kind: 'card';
  readonly movie: Movie;
  readonly actions: readonly A[];
  readonly links: readonly Link[];
}

/** A text file to keep. Only in replies for the asker alone. */
export interface FileBlock {
  readonly kind: 'file';
  /** Letters, digits, dots and hyphens. */
  readonly name: string;
  readonly text: string;
}

/** A vote on films: a message of its own, in the platform's own way where it has one. */
export interface PollBlock<A> {
  readonly kind: 'poll';
  /** The movie night it belongs to: what the adapter tells the bot, with the poll's own name, once it is posted. */
  readonly night: number;
  readonly question: Message;
  /** Two to five or so; `pick` is a vote where the platform has no polls. */
  readonly choices: ChoicesBlock<A>['items'];
  /** How long it lasts. */
  readonly hours: number;
  /** Ends it and shows who won. */
  readonly end: A;
}

export type Block<A> =
  | { readonly kind: 'text'; readonly lines: readonly Message[] }
  | ResultsBlock<A>
  | ChoicesBlock<A>
  | CardBlock<A>
  | { readonly kind: 'buttons'; readonly buttons: readonly (A | Link)[] }
  | PollBlock<A>
  | FileBlock;

/** What a command answers: data to be drawn, not text. Closed: a new kind stops every renderer compiling. */
export interface Reply<A = Action> {
  readonly blocks: readonly Block<A>[];
  /** Shown to the asker alone, where the platform can. */
  readonly onlyForAsker?: boolean;
  /** The language to word it in, where it is not the one that the question was answered for. */
  readonly language?: Language;
  /**
   * What a press did, in a sentence or two of text: never more than a notice beside the message. An `important` one has
   * to be read before it goes away.
   */
  readonly note?: 'brief' | 'important';
  /** It tells who won this movie night: `Bot.told` is to be called once it stands in the chat. */
  readonly tells?: number;
}

/** A reply ready to be drawn: buttons have their ids, the language is settled. */
export interface SealedReply extends Reply<SealedAction> {
  readonly language: Language;
  /** The reply takes the place of the message whose button was pressed. */
  readonly replaces: boolean;
  /** Nothing went as asked: a mistake, a refusal or a fault. Such replies are private wherever that is possible. */
  readonly refused: boolean;
  /** The same was said to them a moment ago: where a question can be left without an answer, this one is. */
  readonly saidBefore?: boolean;
}

export function isLink<A extends Action>(button: A | Link): button is Link {
  return 'href' in button;
}
