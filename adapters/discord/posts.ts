import { DiscordAPIError, type REST } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { PostPlace } from '../../src/chat/adapter.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import { votesIn } from './poll.ts';
import { renderMessage } from './render.ts';

/** Writes into a channel where nobody asked just now. False where the bot may not. */
export async function post(
  rest: REST,
  { chat }: PostPlace,
  reply: SealedReply,
  options: { posters: boolean },
): Promise<boolean> {
  const channel = chat.replace(/^discord:/u, '');
  const body = renderMessage(reply, options);
  return (await allowed(() => rest.post(Routes.channelMessages(channel), { body }))) !== undefined;
}

/** Ends a poll, or reads one that has ended by itself. Undefined where the bot may do neither. */
export async function endPoll(rest: REST, poll: string): Promise<readonly number[] | undefined> {
  const [channel = '', message = ''] = poll.split('/');
  const ended = await allowed<APIMessage>(() => rest.post(Routes.expirePoll(channel, message)));
  const shown = ended ?? (await allowed<APIMessage>(() => rest.get(Routes.channelMessage(channel, message))));
  return shown && votesIn(shown);
}

/** Undefined where Discord says no; an outage rejects. */
async function allowed<T = unknown>(call: () => Promise<unknown>): Promise<T | undefined> {
  try {
    return (await call()) as T;
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** Asking again would be no use. */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429
  );
}
