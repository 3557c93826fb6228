import { randomBytes } from 'node:crypto';
import { setImmediate as nextRound } from 'node:timers/promises';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { DiscordAPIError, type REST } from 'discord.js';
import {
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  RESTJSONErrorCodes,
  Routes,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Bot } from '../../src/chat/bot.ts';
import { withDeadline, within } from '../../src/chat/deadline.ts';
import { pollOf } from '../../src/chat/poll.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import { type Language, languageFor } from '../../src/messages/languages.ts';
import { type Message, say } from '../../src/messages/message.ts';
import {
  ACKNOWLEDGED,
  type Ask,
  deferral,
  firstResponse,
  isPrivate,
  replacesPressed,
  suggestions,
  withVisibility,
} from './answer.ts';
import { attachmentOf } from './files.ts';
import { pollName, renderPoll } from './poll.ts';
import { isRefused } from './posts.ts';
import { type Incoming, readInteraction } from './read.ts';
import { filesOf, type MessageBody, renderMessage } from './render.ts';

/** How long things may take, in milliseconds. */
export interface Timings {
  /** Discord gives up on an interaction without a first response after 3 s; after this we ask it to wait. */
  readonly firstResponse: number;
  /** Suggestions cannot be deferred: after this they are none. */
  readonly suggestions: number;
  /** After this there will be no answer, and the person is told. */
  readonly answer: number;
  /** The same press again within this, after it opened a message, is the second half of a double click. */
  readonly doubleClick: number;
  /** First pause before an edit is tried again that Discord was not ready for. */
  readonly tooEarly: number;
  /** After this a start that neither succeeds nor fails goes on in the background. */
  readonly start: number;
  /** When stopping, so long we wait for answers to be there. */
  readonly grace: number;
  /** When stopping, so long the last messages have to leave, and then the gateway to say goodbye. */
  readonly farewell: number;
}

export const TIMINGS: Timings = {
  firstResponse: 1500,
  suggestions: 2000,
  answer: 30_000,
  doubleClick: 1000,
  tooEarly: 250,
  start: 10_000,
  grace: 5000,
  farewell: 750,
};

export interface AnswererParts {
  /** Where the API is reached: files may come from there too. */
  readonly apiUrl: string;
  readonly rest: REST;
  readonly log: Logger;
  readonly posters: boolean;
  readonly timings: Timings;
}

/** Gives Discord the first response to an interaction: over REST, or as the body of an HTTP response. */
export type Respond = (response: APIInteractionResponse) => Promise<unknown>;

/** The person closed it, or it took too long: there is nobody left to answer. */
const GONE: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
]);

/** Answers interactions, wherever they come from. Keeps count of what is under way. */
export class Answerer {
  readonly #parts: AnswererParts;
  readonly #underWay = new Set<Promise<void>>();
  readonly #thinking = new Set<Promise<unknown>>();
  readonly #outOfTime = new AbortController();
  readonly #pressed = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: AnswererParts) {
    this.#parts = parts;
  }

  /** Never rejects. Resolves when the whole answer has left, or cannot any more. */
  answer(bot: Bot, interaction: APIInteraction, respond: Respond): Promise<void> {
    const answered = this.#answer(bot, interaction, respond)
      .catch((error: unknown) => this.#report(error))
      .finally(() => this.#underWay.delete(answered));
    this.#underWay.add(answered);
    return answered;
  }

  /** Resolves when nothing is under way, or when that lasts too long: late answers are given up, then late messages. */
  async finish(): Promise<void> {
    const { grace, farewell } = this.#parts.timings;
    await within(grace, Promise.allSettled(this.#thinking));
    this.#outOfTime.abort();
    await within(farewell, Promise.all(this.#underWay));
  }

  async #answer(bot: Bot, interaction: APIInteraction, respond: Respond): Promise<void> {
    const incoming = readInteraction(interaction);
    switch (incoming.kind) {
      case 'ask':
        return incoming.press
          ? this.#once(incoming.press.key, respond, () => this.#reply(bot, interaction, incoming, respond))
          : void (await this.#reply(bot, interaction, inPrivate(bot, incoming), respond));
      case 'complete':
        return this.#complete(bot, incoming, respond);
      case 'ping':
      case 'unknown':
        this.#parts.log.warn({ type: interaction.type }, 'an interaction of a kind that we do not offer');
    }
  }

  /** A press that is under way already is only acknowledged. */
  async #once(key: string, respond: Respond, reply: () => Promise<SealedReply>): Promise<void> {
    if (this.#pressed.has(key)) return void (await respond(ACKNOWLEDGED));
    this.#pressed.add(key);
    let again = 0;
    try {
      // What replaces its message can be pressed again at once: it gives the same message.
      if (!(await reply()).replaces) again = this.#parts.timings.doubleClick;
    } finally {
      setTimeout(() => this.#pressed.delete(key), again).unref();
    }
  }

  async #reply(bot: Bot, interaction: APIInteraction, ask: Ask, respond: Respond): Promise<SealedReply> {
    const { timings } = this.#parts;
    const answer = this.#ask(bot, ask);
    const early = await within(timings.firstResponse, answer);
    if (early && filesOf(early).length === 0 && !pollOf(early)) {
      await this.#deliver(early, (reply, body) => respond(firstResponse(ask, reply, body)));
      if (early.tells !== undefined) await bot.told(early.tells);
      return early;
    }
    // A file cannot leave with the first response where that is the body of an HTTP answer, and of a poll we have to
    // learn what message it became.
    const settled = early ? { ...ask, private: isPrivate(ask, early) } : ask;
    await respond(deferral(settled));
    const reply = await answer;
    if (await this.#sendPoll(bot, interaction, ask, reply)) return reply;
    await this.#deliver(reply, (drawn, body) => this.#sendLater(interaction, settled, drawn, body));
    if (reply.tells !== undefined) await bot.told(reply.tells);
    return reply;
  }

  async #ask(bot: Bot, { invocation, files }: Ask): Promise<SealedReply> {
    const attachments = files?.map((file) => attachmentOf(file, this.#parts.apiUrl));
    const reply = await this.#patiently(this.#parts.timings.answer, (signal) =>
      bot.handle({ ...invocation, ...(attachments && { attachments }), signal }),
    );
    if (reply) return reply;
    this.#parts.log.warn('gave up waiting for an answer');
    return privateNote(say('slow.gaveUp'), languageFor(invocation.locale) ?? 'en');
  }

  /** Undefined where it takes longer, or longer than stopping can wait. */
  #patiently<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const inTurn = (signal: AbortSignal) => this.#inTurn().then(() => work(signal));
    const thought = withDeadline(milliseconds, this.#outOfTime.signal, inTurn).finally(() =>
      this.#thinking.delete(thought),
    );
    this.#thinking.add(thought);
    return thought;
  }

  /**
   * One question begins in each round of the event loop. Two hundred at once would keep the timers waiting until the
   * last of them is answered, and none could be put off in time.
   */
  #inTurn(): Promise<unknown> {
    this.#turn = this.#turn.then(() => nextRound());
    return this.#turn;
  }

  async #sendLater(
    interaction: APIInteraction,
    ask: Ask,
    reply: SealedReply,
    body: MessageBody,
  ): Promise<void> {
    const { rest } = this.#parts;
    const hook = Routes.webhook(interaction.application_id, interaction.token);
    const original = Routes.webhookMessage(interaction.application_id, interaction.token);
    const hidden = isPrivate(ask, reply);
    const files = filesOf(reply);
    const takenBack = !ask.press && hidden && !ask.private;
    await this.#whenReady(async () => {
      if (takenBack) await rest.delete(original, { auth: false });
      else if (!ask.press || replacesPressed(ask, reply))
        await rest.patch(original, { body, files, auth: false });
    });
    if (takenBack || (ask.press && !replacesPressed(ask, reply)))
      await this.#whenReady(() =>
        rest.post(hook, { body: withVisibility(body, hidden), files, auth: false }),
      );
  }

  /** Sends the poll that the reply asks for. False where there is none, or Discord does not let us. */
  async #sendPoll(bot: Bot, interaction: APIInteraction, ask: Ask, reply: SealedReply): Promise<boolean> {
    const poll = pollOf(reply);
    if (!poll) return false;
    const { rest, log } = this.#parts;
    const body = renderPoll(poll, reply.language);
    const hook = Routes.webhook(interaction.application_id, interaction.token);
    const original = Routes.webhookMessage(interaction.application_id, interaction.token);
    try {
      const sent = await this.#whenReady(() =>
        // What follows "thinking…" loses its poll; an edit of that does not.
        ask.press ? rest.post(hook, { body, auth: false }) : rest.patch(original, { body, auth: false }),
      );
      await bot.polled(poll.night, pollName(sent as APIMessage));
      return true;
    } catch (error) {
      if (!isRefused(error) || isGone(error)) throw error;
      log.warn({ err: error }, 'Discord takes no poll here, so we count the votes');
      return false;
    }
  }

  /** Over HTTP our edit can overtake our own first response; Discord then does not know the webhook yet. */
  #whenReady(send: () => Promise<unknown>): Promise<unknown> {
    const tooEarly = handleWhen(
      (error) => error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownWebhook,
    );
    const backoff = new ExponentialBackoff({ initialDelay: this.#parts.timings.tooEarly });
    return retry(tooEarly, { maxAttempts: 4, backoff }).execute(send);
  }

  /**
   * Draws and sends a reply. Where Discord does not take it, a picture may be the reason, so it is tried without;
   * then a calm sentence goes out instead, and the log says what happened.
   */
  async #deliver(
    reply: SealedReply,
    send: (reply: SealedReply, body: MessageBody) => Promise<unknown>,
  ): Promise<void> {
    const { log, posters } = this.#parts;
    const reference = randomBytes(3).toString('hex');
    for (const attempt of [
      () => send(reply, renderMessage(reply, { posters })),
      () => send(reply, renderMessage(reply, { posters: false })),
    ])
      try {
        await attempt();
        return;
      } catch (error) {
        if (!isOurFault(error)) throw error;
        log.error({ err: error, reference }, 'a message was not fit to be sent');
      }
    const apology = privateNote(say('error.ours', { reference }), reply.language);
    await send(apology, renderMessage(apology, { posters: false }));
  }

  async #complete(
    bot: Bot,
    incoming: Extract<Incoming, { kind: 'complete' }>,
    respond: Respond,
  ): Promise<void> {
    const { command, argument, typed, invocation } = incoming;
    const found = await this.#patiently(this.#parts.timings.suggestions, (signal) =>
      bot.complete(command, argument, typed, { ...invocation, signal }),
    );
    await respond(suggestions(found ?? []));
  }

  #report(error: unknown): void {
    if (isGone(error)) this.#parts.log.info({ code: error.code }, 'an answer came too late and was dropped');
    else this.#parts.log.error({ err: error }, 'an answer could not be delivered');
  }
}

/** A personal command is answered in private from the first sign of life on. */
function inPrivate(bot: Bot, ask: Ask): Ask {
  const { ask: asked } = ask.invocation;
  const command = asked.kind === 'command' ? asked.command : undefined;
  const personal = bot.commands.some((each) => each.name === command && each.personal);
  return personal ? { ...ask, private: true } : ask;
}

function isGone(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && GONE.has(error.code);
}

/** Discord's 400, or a limit that our renderer noticed: the message itself is wrong, and sending it again is no use. */
function isOurFault(error: unknown): boolean {
  return (
    error instanceof RangeError ||
    (error instanceof DiscordAPIError && error.status === 400 && !GONE.has(error.code))
  );
}

function privateNote(message: Message, language: Language): SealedReply {
  return {
    blocks: [{ kind: 'text', lines: [message] }],
    language,
    onlyForAsker: true,
    replaces: false,
    refused: true,
  };
}
