import { GrammyError } from 'grammy';
import type { PostPlace } from '../../src/chat/adapter.ts';
import type { TelegramClient } from './client.ts';
import { votesIn } from './poll.ts';
import type { Place } from './read.ts';

/** What names a poll of ours: its chat, its message, and the button that it keeps when it has ended. */
export function pollName(chat: number, message: number, button: string): string {
  return `${chat}/${message}/${button}`;
}

/** A poll that has ended shows who won to whoever presses this. */
const WINNER = '🏆';

/**
 * Ends a poll. One that has ended already, by a process that was killed then, still has its button: taking that away
 * gives the message with its votes. Undefined where we may not.
 */
export async function endPoll(
  client: TelegramClient,
  poll: string,
  signal: AbortSignal,
): Promise<readonly number[] | undefined> {
  const [chat, message, button = ''] = poll.split('/');
  const target = { chat_id: Number(chat), message_id: Number(message) };
  const winner = { inline_keyboard: [[{ text: WINNER, callback_data: button }]] };
  const ended = await allowed(() => client.stopPoll({ ...target, reply_markup: winner }, signal));
  if (ended) return votesIn({ poll: ended });
  const edited = await allowed(() => client.clearButtons(target, signal));
  return typeof edited === 'object' ? votesIn(edited) : undefined;
}

export function placeOf({ chat, thread }: PostPlace): Place {
  return {
    chat_id: Number(chat.replace(/^telegram:/u, '')),
    ...(thread !== undefined && { message_thread_id: Number(thread) }),
  };
}

/** Undefined where Telegram says no; an outage rejects. */
export async function allowed<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** Asking again would be no use. */
export function isRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403);
}
