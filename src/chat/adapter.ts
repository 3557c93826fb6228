import type { Bot } from './bot.ts';

export { RefusedCredential } from '../errors.ts';

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
}
