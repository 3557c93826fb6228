import type { InlineKeyboardMarkup, Message, Opts } from '@grammyjs/types';
import type { PollBlock, SealedAction } from '../../src/chat/reply.ts';
import type { Language } from '../../src/messages/languages.ts';
import { titleWithYear } from '../../src/messages/movie-words.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';
import { fitText } from './limits.ts';

/** A poll as sendPoll takes it. We end it ourselves, so it has no time of its own. */
export interface PollMessage
  extends Required<Pick<Opts<never>['sendPoll'], 'question' | 'options' | 'is_anonymous'>> {
  readonly reply_markup: InlineKeyboardMarkup;
}

/** Pure. Throws RangeError where our own code went beyond a limit. */
export function renderPoll(block: PollBlock<SealedAction>, language: Language): PollMessage {
  const words = new Wording(language);
  const { question, choices, end } = block;
  if (choices.length > limits.POLL_OPTIONS)
    throw new RangeError(`a poll has ${choices.length} options; Telegram takes ${limits.POLL_OPTIONS}`);
  return {
    question: fitText(words.text(question), limits.POLL_QUESTION),
    options: choices.map(({ movie }) => ({
      text: fitText(words.text(titleWithYear(movie)), limits.POLL_OPTION),
    })),
    // Friends see who wants what.
    is_anonymous: false,
    reply_markup: {
      inline_keyboard: [
        [
          {
            text: fitText(words.text(end.label), limits.BUTTON_LABEL),
            callback_data: limits.callbackData(end.id),
          },
        ],
      ],
    },
  };
}

/** Votes by the place of the option; undefined for a message without a poll. */
export function votesIn(message: Pick<Message, 'poll'>): number[] | undefined {
  return message.poll?.options.map((option) => option.voter_count);
}
