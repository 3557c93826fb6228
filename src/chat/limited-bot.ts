import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Language } from '../messages/languages.ts';
import { say } from '../messages/message.ts';
import type { Bot } from './bot.ts';
import type { SealedReply } from './reply.ts';

export interface Limits {
  /** Questions that one person may ask within `seconds`. */
  readonly perPerson: number;
  /** Questions that everybody in one chat may ask together within `seconds`. */
  readonly perChat: number;
  /** Suggestions that one person may ask for within `seconds`: there is one for every key. */
  readonly typing: number;
  readonly seconds: number;
}

/** Nobody reads more than this; a script that presses buttons does. */
export const LIMITS: Limits = { perPerson: 12, perChat: 60, typing: 80, seconds: 10 };

/**
 * The same bot, for a platform that strangers reach: a burst of one person or one chat is told to wait a moment, so
 * that nobody can slow others down. Whoever types faster
 * than people do gets no suggestions.
 */
export function limitedBot(bot: Bot, limits: Limits = LIMITS): Bot {
  const duration = limits.seconds;
  const people = new RateLimiterMemory({ points: limits.perPerson, duration });
  const chats = new RateLimiterMemory({ points: limits.perChat, duration });
  const typing = new RateLimiterMemory({ points: limits.typing, duration });
  return {
    ...bot,
    async complete(command, argument, typed, invocation) {
      const { asker } = invocation;
      const over = asker === undefined ? 0 : await take(typing, asker);
      return over === 0 ? bot.complete(command, argument, typed, invocation) : [];
    },
    async handle(invocation) {
      const { asker, chat } = invocation;
      const over =
        (asker === undefined ? 0 : await take(people, asker)) ||
        (chat?.key === undefined || chat.kind === 'private' ? 0 : await take(chats, chat.key));
      return over === 0 ? bot.handle(invocation) : oneMoment(await bot.language(invocation), over > 1);
    },
  };
}

/** How many questions this one is above the limit: 0 where it is allowed. */
async function take(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return rejected.consumedPoints - limiter.points;
    throw rejected;
  }
}

function oneMoment(language: Language, saidBefore: boolean): SealedReply {
  return {
    blocks: [{ kind: 'text', lines: [say('error.oneMoment')] }],
    onlyForAsker: true,
    language,
    replaces: false,
    refused: true,
    saidBefore,
  };
}
