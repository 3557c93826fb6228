import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIMessage,
  ButtonStyle,
  ComponentType,
  type RESTAPIPoll,
} from 'discord-api-types/v10';
import type { PollBlock, SealedAction } from '../../src/chat/reply.ts';
import type { Language } from '../../src/messages/languages.ts';
import { titleWithYear } from '../../src/messages/movie-words.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';
import { label } from './markdown.ts';

/** A message with a poll. Polls do not go with Components V2, so the button is one of the first kind. */
export interface PollBody {
  readonly poll: RESTAPIPoll;
  readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
  readonly allowed_mentions: { readonly parse: [] };
}

/** Pure. Throws RangeError where our own code goes beyond a limit of Discord's. */
export function renderPoll(block: PollBlock<SealedAction>, language: Language): PollBody {
  const words = new Wording(language);
  const { question, choices, hours, end } = block;
  limits.assertAtMost('answers of a poll', choices.length, limits.POLL_ANSWERS);
  limits.assertAtMost('hours of a poll', hours, limits.POLL_HOURS);
  limits.assertAtMost('custom_id', end.id.length, limits.CUSTOM_ID);
  return {
    poll: {
      question: { text: label(words.text(question), limits.POLL_QUESTION) },
      answers: choices.map(({ movie }) => ({
        poll_media: { text: label(words.text(titleWithYear(movie)), limits.POLL_ANSWER) },
      })),
      duration: hours,
      allow_multiselect: false,
    },
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Secondary,
            label: label(words.text(end.label), limits.BUTTON_LABEL),
            custom_id: end.id,
          },
        ],
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** Votes by the place of the answer; undefined for a message without a poll. Answers are numbered from 1. */
export function votesIn({ poll }: Pick<APIMessage, 'poll'>): number[] | undefined {
  if (!poll) return undefined;
  const counts = new Map(poll.results?.answer_counts.map(({ id, count }) => [id, count]));
  return poll.answers.map(({ answer_id }) => counts.get(answer_id) ?? 0);
}

/** What names a poll of ours: its channel and its message. */
export function pollName({ channel_id, id }: Pick<APIMessage, 'channel_id' | 'id'>): string {
  return `${channel_id}/${id}`;
}
