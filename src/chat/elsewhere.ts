import { say } from '../messages/message.ts';
import type { Call, Invocation } from './invocation.ts';
import type { Action, Reply } from './reply.ts';

/** Whether others read every answer: in a group, and in a message posted where we are not ourselves. */
export function isOverheard({ chat }: Pick<Invocation, 'chat'>): boolean {
  return chat === undefined || (chat.kind === 'group' && !chat.whispers);
}

/** The same question, to be asked where nobody else reads the answer. */
export function elsewhere(call: Call): Reply {
  const open: Action = { label: say('personal.open'), run: call, for: 'anyone', opens: 'private' };
  return {
    blocks: [
      { kind: 'text', lines: [say('personal.elsewhere')] },
      { kind: 'buttons', buttons: [open] },
    ],
    onlyForAsker: true,
  };
}
