import {
  type APIApplicationCommandAutocompleteResponse,
  type APIInteractionResponse,
  type APIInteractionResponseChannelMessageWithSource,
  type APIInteractionResponseDeferredChannelMessageWithSource,
  type APIInteractionResponseUpdateMessage,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Suggestion } from '../../src/chat/complete.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import * as limits from './limits.ts';
import { label } from './markdown.ts';
import type { Incoming } from './read.ts';
import type { MessageBody } from './render.ts';

/**
 * Which message an answer becomes, and who sees it: pure functions to the API's JSON. Whether a message is shown to
 * one person or to all is settled by the first response and never changes.
 */
export type Ask = Extract<Incoming, { kind: 'ask' }>;

/** Mistakes and refusals are told privately; so is what was asked in private, and all that follows from it. */
export function isPrivate(ask: Ask, reply: SealedReply): boolean {
  return reply.refused || reply.onlyForAsker === true || ask.private;
}

/** The answer takes the place of the pressed message; never a private one that of a message all can see. */
export function replacesPressed(ask: Ask, reply: SealedReply): boolean {
  return ask.press !== undefined && reply.replaces && (ask.press.ephemeral || !isPrivate(ask, reply));
}

export function withVisibility(body: MessageBody, hidden: boolean): MessageBody {
  return hidden ? { ...body, flags: body.flags | MessageFlags.Ephemeral } : body;
}

/** The answer at once, as the first response. */
export function firstResponse(ask: Ask, reply: SealedReply, body: MessageBody): APIInteractionResponse {
  if (replacesPressed(ask, reply))
    return {
      type: InteractionResponseType.UpdateMessage,
      data: body,
    } satisfies APIInteractionResponseUpdateMessage;
  return {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: withVisibility(body, isPrivate(ask, reply)),
  } satisfies APIInteractionResponseChannelMessageWithSource;
}

/** "Thinking…" for a command; for a press nothing that is seen, and both ways of answering stay open. */
export function deferral(ask: Ask): APIInteractionResponse {
  if (ask.press) return ACKNOWLEDGED;
  return {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(ask.private && { data: { flags: MessageFlags.Ephemeral } }),
  } satisfies APIInteractionResponseDeferredChannelMessageWithSource;
}

/** The press has arrived; nothing changes for now. */
export const ACKNOWLEDGED: APIInteractionResponse = { type: InteractionResponseType.DeferredMessageUpdate };

/** Suggestions for an option. One whose value does not fit is left out: cut, it would mean something else. */
export function suggestions(list: readonly Suggestion[]): APIInteractionResponse {
  const fitting = list.filter(({ value }) => value !== '' && value.length <= limits.SUGGESTION_VALUE);
  return {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: {
      choices: fitting.slice(0, limits.SUGGESTIONS).map((each) => ({
        name: label(each.label, limits.SUGGESTION_LABEL),
        value: each.value,
      })),
    },
  } satisfies APIApplicationCommandAutocompleteResponse;
}
