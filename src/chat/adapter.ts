import type { Bot } from './bot.ts';
import type { SealedReply } from './reply.ts';

export { RefusedCredential } from '../errors.ts';

/** A chat, `platform:id`, and its topic where it has such. */
export interface PostPlace {
  readonly chat: string;
  readonly thread?: string;
}

/** One platform. It translates and never decides. */
export interface Adapter {
  readonly name: string;
  /**
   * Called once. Resolves when the platform is being served; rejects only on what will not mend by itself (a refused
   * token: {@link RefusedCredential}). An outage is not an error: it retries in the background.
   */
  start(bot: Bot): Promise<void>;
  /** Takes nothing new, answers what is under way, then closes. Called once, also when `start` rejected. */
  stop(): Promise<void>;
  /** For readiness reports: whether the platform can reach us now. */
  state(): 'starting' | 'up' | 'down';
  /** Writes where nobody asked just now. False where we may not; rejects in an outage. */
  post?(place: PostPlace, reply: SealedReply): Promise<boolean>;
  /**
   * Ends a poll of ours by the name that was given to `Bot.polled`, and answers with its votes by place. Undefined where
   * we may not; rejects in an outage.
   */
  endPoll?(poll: string): Promise<readonly number[] | undefined>;
}
