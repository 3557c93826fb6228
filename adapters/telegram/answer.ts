import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Bot } from '../../src/chat/bot.ts';
import { withDeadline } from '../../src/chat/deadline.ts';
import type { Invocation } from '../../src/chat/invocation.ts';
import { pollOf } from '../../src/chat/poll.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import { languageFor } from '../../src/messages/languages.ts';
import { type Message, say } from '../../src/messages/message.ts';
import type { Note, TelegramClient } from './client.ts';
import { article, SEARCH_PAGE, searchAnswer } from './inline.ts';
import { renderPoll } from './poll.ts';
import { allowed, pollName } from './polls.ts';
import type { Incoming, Place, Press, Question, Search } from './read.ts';
import { filesOf, type Rendered, type RenderOptions, renderMessage, renderNote } from './render.ts';
import { soon } from './under-way.ts';

/** Milliseconds. */
export interface Timing {
  /** After this long a person sees that we are at it. */
  readonly slow: number;
  /** So long the next question in a chat waits for the one before it. */
  readonly patience: number;
  /** After this long there will be no answer. */
  readonly giveUp: number;
}

export interface AnsweringOptions extends Pick<RenderOptions, 'posters'> {
  readonly log: Logger;
  readonly timing: Timing;
}

/** A client shows "typing…" for five seconds. */
const TYPING_AGAIN = 4500;

/** Takes what came in to the bot, and the bot's reply to where it belongs. */
export class Answering {
  readonly #bot: Bot;
  readonly #client: TelegramClient;
  readonly #options: AnsweringOptions;

  constructor(bot: Bot, client: TelegramClient, options: AnsweringOptions) {
    this.#bot = bot;
    this.#client = client;
    this.#options = options;
  }

  /** Rejects where Telegram does not take the answer; once `signal` fires there is none. */
  answer(incoming: Incoming, signal: AbortSignal): Promise<void> {
    switch (incoming.kind) {
      case 'question':
        return this.#question(incoming, signal);
      case 'press':
        return this.#press(incoming, signal);
      case 'search':
        return this.#search(incoming, signal);
      case 'move':
        return this.#bot.moved(incoming.from, incoming.to);
    }
  }

  async #question({ invocation, place, file }: Question, signal: AbortSignal): Promise<void> {
    const attachments = file && [this.#client.attachment(file)];
    const asked = this.#ask({ ...invocation, ...(attachments && { attachments }) }, signal);
    const reply = await this.#whileTyping(place, asked, signal);
    if (reply.saidBefore) return;
    if (await this.#sendPoll(place, reply, signal)) return;
    await this.#client.send(place, this.#render(reply), signal);
    await this.#sendFiles(place, reply, signal);
  }

  /** Sends the poll that the reply asks for. False where there is none, or Telegram does not let us. */
  async #sendPoll(place: Place, reply: SealedReply, signal: AbortSignal): Promise<boolean> {
    const poll = pollOf(reply);
    if (!poll) return false;
    const sent = await allowed(() => this.#client.sendPoll(place, renderPoll(poll, reply.language), signal));
    if (sent) await this.#bot.polled(poll.night, pollName(sent.chat, sent.message, poll.end.id));
    else this.#options.log.warn('Telegram takes no poll here, so we count the votes');
    return sent !== undefined;
  }

  /** Writes where nobody asked just now. False where we may not. */
  async post(place: Place, reply: SealedReply, signal: AbortSignal): Promise<boolean> {
    const sent = await allowed(async () => {
      await this.#client.send(place, this.#render(reply), signal);
      return true;
    });
    return sent ?? false;
  }

  async #sendFiles(place: Place, reply: SealedReply, signal: AbortSignal): Promise<void> {
    for (const file of filesOf(reply)) await this.#client.sendFile(place, file, signal);
  }

  /**
   * The press is answered first, which ends its spinner. A refusal goes into that very answer, where only the one who
   * pressed sees it: so it waits a moment for the reply.
   */
  async #press(press: Press, signal: AbortSignal): Promise<void> {
    const asked = this.#ask(press.invocation, signal);
    const quick = await soon(asked, this.#options.timing.slow);
    const note = quick && (isNote(quick) || isUnshowable(press, quick)) ? noteOf(quick) : undefined;
    const answered = this.endSpinner(press, note, signal);
    if (note === undefined) {
      const reply = quick ?? (await this.#whileTyping(press.place, asked, signal, 0));
      await this.#show(press, reply, signal);
    }
    await answered;
  }

  /** Never rejects: a press that is too old to be answered can still be acted on. */
  async endSpinner(press: Press, note: Note | undefined, signal: AbortSignal): Promise<void> {
    try {
      await this.#client.answerPress(press.queryId, note, signal);
    } catch (error) {
      this.#options.log.debug({ err: error }, 'a pressed button could not be answered');
    }
  }

  async #show(press: Press, reply: SealedReply, signal: AbortSignal): Promise<void> {
    const { place, message } = press;
    if (place && (await this.#sendPoll(place, reply, signal))) return;
    const rendered = this.#render(reply);
    const inPlace = message !== undefined && (reply.replaces || !place);
    const edited = inPlace && (await this.#client.edit(message, rendered, signal));
    if (!place) return;
    if (!edited) await this.#client.send(place, rendered, signal);
    if (reply.tells !== undefined) await this.#bot.told(reply.tells);
    await this.#sendFiles(place, reply, signal);
  }

  async #search({ invocation, queryId, typed, offset }: Search, signal: AbortSignal): Promise<void> {
    const all = await this.#patiently(
      (patience) => this.#bot.complete('similar', 'title', typed, { ...invocation, signal: patience }),
      signal,
    );
    const language = await this.#bot.language(invocation);
    const page = (all ?? []).slice(offset, offset + SEARCH_PAGE);
    const articles = await Promise.all(
      page.map(async (suggestion) => {
        const ask = { kind: 'command', command: 'movie', args: { title: suggestion.value } } as const;
        // Nobody asks: the card's buttons are for everyone in the chat where it is posted.
        const card = await this.#ask({ ask, locale: language }, signal);
        return article(suggestion, card, this.#drawing);
      }),
    );
    const found = articles.filter((each) => each !== undefined);
    const answer = searchAnswer({ articles: found, offset, all: all?.length ?? 0 }, typed, language);
    await this.#client.answerSearch(queryId, answer, signal);
  }

  async #ask(invocation: Invocation, signal: AbortSignal): Promise<SealedReply> {
    const reply = await this.#patiently(
      (patience) => this.#bot.handle({ ...invocation, signal: patience }),
      signal,
    );
    if (!reply) this.#options.log.warn('gave up waiting for an answer');
    return reply ?? sentence(say('slow.gaveUp'), invocation.locale);
  }

  /** Undefined where the work does not end in time, even where it does not heed its signal. */
  #patiently<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    return withDeadline(this.#options.timing.giveUp, signal, work);
  }

  async #whileTyping<T>(
    place: Place | undefined,
    work: Promise<T>,
    signal: AbortSignal,
    after = this.#options.timing.slow,
  ): Promise<T> {
    if (!place) return work;
    let timer: NodeJS.Timeout | undefined;
    const show = () => {
      // A courtesy: nothing is lost without it.
      this.#client.showTyping(place, signal).catch(() => {});
      timer = setTimeout(show, TYPING_AGAIN);
    };
    timer = setTimeout(show, after);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }

  get #drawing(): RenderOptions {
    return { posters: this.#options.posters, username: this.#client.username };
  }

  /** A reply that cannot be drawn is our fault, and still no reason for silence. */
  #render(reply: SealedReply): Rendered {
    try {
      return renderMessage(reply, this.#drawing);
    } catch (error) {
      const reference = randomUUID().slice(0, 6);
      this.#options.log.error({ err: error, reference }, 'a reply could not be drawn');
      return renderMessage(sentence(say('error.ours', { reference }), reply.language), this.#drawing);
    }
  }
}

/** What only the one who pressed should see, and what fits into a notice. */
function isNote(reply: SealedReply): boolean {
  if (reply.note) return !reply.replaces;
  return reply.refused && reply.onlyForAsker === true && reply.blocks.every((block) => block.kind === 'text');
}

/** A message posted in inline mode is everybody's: what is for one person alone does not take its place. */
function isUnshowable({ place }: Press, reply: SealedReply): boolean {
  return !place && !reply.replaces && reply.onlyForAsker === true;
}

function noteOf(reply: SealedReply): Note {
  return { text: renderNote(reply), stays: reply.note !== 'brief' };
}

function sentence(message: Message, locale: string | undefined): SealedReply {
  return {
    blocks: [{ kind: 'text', lines: [message] }],
    onlyForAsker: true,
    language: languageFor(locale) ?? 'en',
    replaces: false,
    refused: true,
  };
}
