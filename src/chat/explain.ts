import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { say } from '../messages/message.ts';
import type { Outcome } from '../metrics.ts';
import { NotAsked } from '../resilience.ts';
import { IndexUnavailable } from '../vectors/vector-index.ts';
import { UserError } from './errors.ts';
import type { Reply } from './reply.ts';

export interface Explained {
  readonly reply: Reply;
  readonly outcome: Outcome;
}

interface Circumstances {
  readonly log: Logger;
  readonly command: string | undefined;
  /** Whoever asked has gone: what fails then is nobody's fault. */
  readonly gone: boolean;
}

/**
 * What somebody is told when an answer failed: their own mistake in its words; ours in one calm sentence with a
 * reference, under which the log has the cause. The one place where an error becomes an answer.
 */
export function explain(error: unknown, { log, command, gone }: Circumstances): Explained {
  if (error instanceof UserError) return { reply: mistake(error), outcome: 'refused' };
  if (error instanceof IndexUnavailable) {
    log[error.cause instanceof NotAsked ? 'debug' : 'warn'](
      { err: error, command },
      'the index cannot be reached',
    );
    return { reply: sentence('error.unavailable'), outcome: 'unavailable' };
  }
  const reference = randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0');
  if (!gone) log.error({ err: error, command, reference }, 'an answer failed');
  return { reply: sentence('error.ours', { reference }), outcome: 'failed' };
}

function mistake({ shown, actions }: UserError): Reply {
  const buttons = actions.length > 0 ? [{ kind: 'buttons', buttons: actions } as const] : [];
  return { blocks: [{ kind: 'text', lines: [shown] }, ...buttons], onlyForAsker: true };
}

function sentence(...words: Parameters<typeof say>): Reply {
  return { blocks: [{ kind: 'text', lines: [say(...words)] }], onlyForAsker: true };
}
