import type { Logger } from 'pino';
import { toldReply, winnerReply } from '../answers/night-winner.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Reply, SealedReply } from '../chat/reply.ts';
import type { Forgetting } from '../people/forgetting.ts';
import { type Night, type NightStore, STALE, TELL_PATIENCE } from '../people/nights.ts';
import type { UploadLinks } from '../people/upload-links.ts';
import { decide } from './decide.ts';
import type { Desk } from './desk.ts';
import { votesOf } from './votes-of.ts';

/** How often it looks for votes whose time is over, in milliseconds. Looking costs one tiny query. */
const INTERVAL = 5000;
/** After a failure a vote is looked at again this much later; what is over for a day is left to its button. */
const AGAIN = 60_000;

export interface KeeperParts {
  readonly nights: NightStore;
  readonly catalogue: Catalogue;
  readonly uploadLinks: Pick<UploadLinks, 'deleteEnded'>;
  readonly forgetting: Pick<Forgetting, 'emptyLog'>;
  readonly desk: Pick<Desk, 'serves' | 'post' | 'endPoll'>;
  readonly seal: (reply: Reply, night: Night) => Promise<SealedReply>;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Keeper {
  /**
   * Ends the votes whose time is over, and tells their chats who won; deletes upload links whose time is over, so that
   * they name nobody for longer, and what is left in the log of people who were forgotten. Never rejects.
   */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Ends votes by their time. It knows nothing but the rows, so a restart in the middle loses nothing, and a vote that
 * ended while nobody ran is told at the next start.
 */
export function keepNights(parts: KeeperParts): Keeper {
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = looking.then(() => lookAt(parts));
    return looking;
  };
  const timer = setInterval(look, INTERVAL);
  timer.unref();
  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function lookAt(parts: KeeperParts): Promise<void> {
  const { nights, uploadLinks, forgetting, desk, log, now } = parts;
  try {
    for (const night of await nights.due(now())) {
      // Another process may serve that platform, or none does today.
      if (!desk.serves(night.chat)) continue;
      await endByTime(parts, night).catch(async (error: unknown) => {
        log.warn({ err: error }, 'a vote could not be ended; trying again');
        await nights.postpone(night.id, isLongOver(night, now()) ? undefined : now() + AGAIN);
      });
    }
    await nights.endStale(now());
    for (const night of await nights.untold(now())) await tellLate(parts, night);
    await uploadLinks.deleteEnded(now());
    await forgetting.emptyLog();
  } catch (error) {
    log.warn({ err: error }, 'votes could not be looked at; trying again');
  }
}

async function endByTime(parts: KeeperParts, night: Night): Promise<void> {
  const { nights, desk, log } = parts;
  const votes = await votesOf(night, { nights, endPoll: (chat, poll) => desk.endPoll(chat, poll) });
  const outcome = votes && decide(night.proposal, votes);
  if (!outcome) {
    // Whoever presses the button under the poll brings its votes along.
    log.info('the votes of a poll cannot be read here; its button shows the winner');
    await nights.postpone(night.id, undefined);
    return;
  }
  if (!(await nights.finish(night.id, outcome.winner, parts.now() + TELL_PATIENCE))) return;
  await tell(parts, night, await winnerReply(outcome, parts));
}

/** Tells a winner that was lost on the way: the process was killed after the vote's end, or the platform was away. */
async function tellLate(parts: KeeperParts, night: Night): Promise<void> {
  const { nights, desk, log, now } = parts;
  try {
    if (!desk.serves(night.chat) || !(await nights.claim(night.id, now(), now() + TELL_PATIENCE))) return;
    await tell(parts, night, await toldReply(night.winner!, { card: true }, parts));
  } catch (error) {
    log.warn({ err: error }, 'a winner could not be announced; trying again');
  }
}

async function tell({ nights, desk, seal, log }: KeeperParts, night: Night, reply: Reply): Promise<void> {
  const place = { chat: night.chat, ...(night.thread !== undefined && { thread: night.thread }) };
  if (await desk.post(place, await seal(reply, night))) {
    await nights.announce(night.id);
    return;
  }
  log.info('a winner cannot be announced here; the button shows it');
  // As long as it does, a private chat has to be known.
  await nights.postpone(night.id, night.shared ? endOf(night) + STALE : undefined);
}

function isLongOver(night: Night, now: number): boolean {
  return now - endOf(night) > STALE;
}

function endOf({ began, hours }: Night): number {
  return began + hours * 3_600_000;
}
