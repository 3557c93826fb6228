import type { Catalogue, PreferenceStore } from '../catalogue/catalogue.ts';
import type { Language } from '../messages/languages.ts';
import type { MessageKey } from '../messages/message.ts';
import type { Forgetting } from '../people/forgetting.ts';
import type { ImportStore } from '../people/imports.ts';
import type { NightStore } from '../people/nights.ts';
import type { OpinionStore } from '../people/opinions.ts';
import type { UploadLinks } from '../people/upload-links.ts';
import type { Recommender } from '../recommender/recommender.ts';
import type { Titles } from '../titles/titles.ts';
import type { Arg } from './args.ts';
import type { Call, Invocation } from './invocation.ts';
import type { Reply } from './reply.ts';

/** What a command may use. It is handed in, so that a command imports no store and no platform. */
export interface Tools {
  readonly catalogue: Catalogue;
  readonly titles: Titles;
  readonly recommender: Recommender;
  readonly preferences: PreferenceStore;
  readonly opinions: OpinionStore;
  readonly imports: ImportStore;
  readonly uploadLinks: UploadLinks;
  readonly nights: NightStore;
  readonly forgetting: Pick<Forgetting, 'forget'>;
  /**
   * Ends a poll in a chat, by its own name there, and answers with its votes by place; undefined where the platform
   * does not let us.
   */
  endPoll(chat: string, poll: string): Promise<readonly number[] | undefined>;
  readonly commands: readonly Command[];
  /** What people type is sent to a service outside to be embedded. */
  readonly textLeaves: boolean;
  /** Where people reach the web page, where that is known. */
  readonly publicUrl?: string | undefined;
  /** The call being answered, its arguments as text: what buttons repeat with one thing changed. */
  readonly call: Call;
  readonly invocation: Invocation;
  readonly language: Language;
  readonly signal?: AbortSignal;
}

export type Args = Readonly<Record<string, Arg<unknown>>>;

/** The values of declared arguments: a required one is there, any other may be absent. */
export type Values<A extends Args> = {
  readonly [Name in keyof A as A[Name] extends { required: true } ? Name : never]: ValueOf<A[Name]>;
} & {
  readonly [Name in keyof A as A[Name] extends { required: true } ? never : Name]?: ValueOf<A[Name]>;
};

type ValueOf<A> = A extends Arg<infer T> ? T : never;

/**
 * A command is data plus a function. Platforms register it, help describes it and the parser reads its arguments
 * from this declaration alone.
 */
export interface Command<A extends Args = Args> {
  readonly name: string;
  /** Stands for the command in button ids: 1 to 255, never reused. */
  readonly code: number;
  readonly summary: MessageKey;
  readonly args: A;
  /** Answers are for the asker alone; where that cannot be, the way to our chat with them is shown instead. */
  readonly personal?: boolean;
  run(args: Values<A>, tools: Tools): Promise<Reply>;
}

/** Checks a command's shape and infers the types of its arguments. The first declared argument takes free words. */
export function defineCommand<const A extends Args>(command: Command<A>): Command {
  return command as unknown as Command;
}
