import type { Message } from '../messages/message.ts';
import type { Action } from './reply.ts';

/**
 * A person's mistake, or something they can do something about: its message is shown to them, and to nobody else.
 * Everything else that is thrown is ours: logged with its cause, answered with one calm sentence.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly shown: Message;
  /** Ways to go on, as buttons. */
  readonly actions: readonly Action[];

  constructor(shown: Message, actions: readonly Action[] = []) {
    super(shown.key);
    this.shown = shown;
    this.actions = actions;
  }
}
