import { autoRetry } from '@grammyjs/auto-retry';
import type { InlineKeyboardMarkup, Poll } from '@grammyjs/types';
import { Api, Bot, GrammyError, HttpError, InputFile, type Transformer } from 'grammy';
import { RefusedCredential } from '../../src/chat/adapter.ts';
import { download } from '../../src/chat/download.ts';
import { type Attachment, TooLarge } from '../../src/chat/invocation.ts';
import type { FileBlock } from '../../src/chat/reply.ts';
import type { TelegramConfig } from '../../src/config.ts';
import { countOutside } from '../../src/metrics.ts';
import type { About, Menu } from './commands.ts';
import type { SearchAnswer } from './inline.ts';
import type { PollMessage } from './poll.ts';
import type { Place, Press, SentFile } from './read.ts';
import type { Rendered } from './render.ts';

/** What a pressed button shows to the one who pressed it. */
export interface Note {
  readonly text: string;
  /** Until it is closed; otherwise it goes by itself. */
  readonly stays: boolean;
}

/** The kinds of update we ask for: edits of old questions, for one, are left alone. */
const ALLOWED_UPDATES = ['message', 'callback_query', 'inline_query'] as const;

const CALL_TIMEOUT_SECONDS = 20;
/** A long poll, and what a slow line may add. */
const POLL_TIMEOUT_SECONDS = 45;
const RETRIES = { maxRetryAttempts: 5, maxDelaySeconds: 60 };

/** The grammY shell: every call to the Bot API is made here, and what comes back is told apart. */
export class TelegramClient {
  readonly grammy: Bot;
  readonly #direct: Api;
  readonly #config: TelegramConfig;

  constructor(config: TelegramConfig) {
    const { token, apiUrl: apiRoot } = config;
    this.#config = config;
    this.grammy = new Bot(token, { client: { apiRoot, timeoutSeconds: CALL_TIMEOUT_SECONDS } });
    this.grammy.api.config.use(countTries, onceMoreAtOnce, autoRetry(RETRIES), countFailures);
    this.#direct = new Api(token, { apiRoot, timeoutSeconds: POLL_TIMEOUT_SECONDS });
  }

  /**
   * Finds out who we are and settles how updates come in. Throws {@link RefusedCredential} where that will never
   * work with these settings; anything else may mend. Not retried: the caller does that.
   */
  async connect(signal: AbortSignal): Promise<void> {
    const { webhook } = this.#config;
    try {
      this.grammy.botInfo = await this.#direct.getMe(own(signal));
    } catch (error) {
      // 404: what stands in the address is no token at all.
      throw isCode(error, 401, 404) ? new RefusedCredential('TELEGRAM_BOT_TOKEN', { cause: error }) : error;
    }
    if (!webhook) {
      await this.#direct.deleteWebhook({}, own(signal));
      return;
    }
    try {
      const options = { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES };
      await this.#direct.setWebhook(webhookAddress(webhook.url), options, own(signal));
    } catch (error) {
      throw isCode(error, 400) ? new RefusedCredential('TELEGRAM_WEBHOOK_URL', { cause: error }) : error;
    }
  }

  /** One long poll. Updates before `offset` are thereby done with. Not retried. */
  poll(options: { offset: number; limit: number; timeout: number }, signal: AbortSignal) {
    return this.#direct.getUpdates({ ...options, allowed_updates: ALLOWED_UPDATES }, own(signal));
  }

  /** Sends a message; into the supergroup where the group has become one. */
  async send(place: Place, message: Rendered, signal: AbortSignal): Promise<void> {
    await plainIfRefused(message, (shown) =>
      intoSupergroup(place, (where) => this.grammy.api.raw.sendMessage({ ...where, ...shown }, own(signal))),
    );
  }

  /** Edits a message in place. False where it is too old or gone. */
  async edit(
    target: NonNullable<Press['message']>,
    message: Rendered,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await plainIfRefused(message, (shown) =>
        this.grammy.api.raw.editMessageText({ ...target, ...shown }, own(signal)),
      );
      return true;
    } catch (error) {
      if (says(error, 'message is not modified')) return true;
      if (
        says(error, 'message to edit not found', "message can't be edited", 'MESSAGE_ID_INVALID', 'upgraded')
      )
        return false;
      throw error;
    }
  }

  /** Sends a poll; answers where it stands. */
  async sendPoll(
    place: Place,
    poll: PollMessage,
    signal: AbortSignal,
  ): Promise<{ chat: number; message: number }> {
    const sent = await intoSupergroup(place, (where) =>
      this.grammy.api.raw.sendPoll({ ...where, ...poll }, own(signal)),
    );
    return { chat: sent.chat.id, message: sent.message_id };
  }

  /** Ends a poll of ours. */
  stopPoll(
    target: { chat_id: number; message_id: number; reply_markup: InlineKeyboardMarkup },
    signal: AbortSignal,
  ): Promise<Poll> {
    return this.grammy.api.raw.stopPoll(target, own(signal));
  }

  /** Takes the buttons of a message away; answers with the message, where it is not one of inline mode. */
  clearButtons(target: { chat_id: number; message_id: number }, signal: AbortSignal) {
    return this.grammy.api.raw.editMessageReplyMarkup(target, own(signal));
  }

  /** Who we are, once connected. */
  get username(): string {
    return this.grammy.botInfo.username;
  }

  /** Sends a text file as a document. */
  async sendFile(place: Place, { name, text }: FileBlock, signal: AbortSignal): Promise<void> {
    const document = () => new InputFile(Buffer.from(text), name);
    await intoSupergroup(place, (where) =>
      this.grammy.api.raw.sendDocument({ ...where, document: document() }, own(signal)),
    );
  }

  /** A sent file, to be fetched through the Bot API's own host and from nowhere else. */
  attachment({ id, name, size }: SentFile): Attachment {
    return {
      name,
      ...(size !== undefined && { size }),
      fetch: async (max, signal = AbortSignal.timeout(CALL_TIMEOUT_SECONDS * 1000)) =>
        download(await this.#addressOf(id, signal), max, signal),
    };
  }

  async #addressOf(id: string, signal: AbortSignal): Promise<URL> {
    const { token, apiUrl } = this.#config;
    try {
      const { file_path = '' } = await this.grammy.api.getFile(id, own(signal));
      const path = file_path.split('/').map(encodeURIComponent).join('/');
      return new URL(`${apiUrl.replace(/\/$/u, '')}/file/bot${token}/${path}`);
    } catch (error) {
      throw says(error, 'file is too big')
        ? new TooLarge('more than Telegram hands out', { cause: error })
        : error;
    }
  }

  /** Ends the spinner on a pressed button; with a note, shows it to the one who pressed. */
  async answerPress(queryId: string, note: Note | undefined, signal: AbortSignal): Promise<void> {
    const answer = {
      callback_query_id: queryId,
      ...(note && { text: note.text, show_alert: note.stays }),
    };
    await this.grammy.api.raw.answerCallbackQuery(answer, own(signal));
  }

  async answerSearch(queryId: string, answer: SearchAnswer, signal: AbortSignal): Promise<void> {
    await this.grammy.api.raw.answerInlineQuery({ inline_query_id: queryId, ...answer }, own(signal));
  }

  async showTyping({ chat_id, message_thread_id }: Place, signal: AbortSignal): Promise<void> {
    const thread = message_thread_id === undefined ? {} : { message_thread_id };
    await this.grammy.api.raw.sendChatAction({ chat_id, action: 'typing', ...thread }, own(signal));
  }

  /** Publishes the menu where it is not what is published already. */
  async publishMenu({ commands, ...where }: Menu, signal: AbortSignal): Promise<void> {
    const published = await this.grammy.api.getMyCommands(where, own(signal));
    const listed = (list: Menu['commands']) =>
      JSON.stringify(list.map((each) => [each.command, each.description]));
    if (listed(published) !== listed(commands))
      await this.grammy.api.setMyCommands(commands, where, own(signal));
  }

  async publishAbout(
    { description, short_description, ...where }: About,
    signal: AbortSignal,
  ): Promise<void> {
    const { api } = this.grammy;
    const long = await api.getMyDescription(where, own(signal));
    if (long.description !== description) await api.setMyDescription(description, where, own(signal));
    const short = await api.getMyShortDescription(where, own(signal));
    if (short.short_description !== short_description)
      await api.setMyShortDescription(short_description, where, own(signal));
  }
}

/** grammY's types know the signal of an older package; its calls take Node's own just as well. */
function own(signal: AbortSignal): NonNullable<Parameters<Api['getMe']>[0]> {
  return signal as never;
}

/** auto-retry waits for seconds before it repeats a call that broke or met a fault; most of that mends at once. */
const onceMoreAtOnce: Transformer = async (call, method, payload, signal) => {
  try {
    const response = await call(method, payload, signal);
    if (response.ok || response.error_code < 500) return response;
  } catch (error) {
    if (signal?.aborted || !(error instanceof HttpError)) throw error;
  }
  return call(method, payload, signal);
};

/** Tries of a call, by its payload, which stays the same however often it is sent. */
const tries = new WeakMap<object, number>();

const countTries: Transformer = (call, method, payload, signal) => {
  const before = tries.get(payload) ?? 0;
  if (before > 0) countOutside('telegram', 'retried');
  tries.set(payload, before + 1);
  return call(method, payload, signal);
};

/** What a retry could not mend. A call that Telegram finds wrong is an answer, not trouble. */
const countFailures: Transformer = async (call, method, payload, signal) => {
  try {
    const response = await call(method, payload, signal);
    if (!response.ok && (response.error_code === 429 || response.error_code >= 500))
      countOutside('telegram', 'failed');
    return response;
  } catch (error) {
    if (!signal?.aborted) countOutside('telegram', 'failed');
    throw error;
  }
};

/** A picture's address that Telegram does not like must not cost the answer: then it goes without a picture. */
async function plainIfRefused<T>(message: Rendered, call: (shown: Rendered) => Promise<T>): Promise<T> {
  try {
    return await call(message);
  } catch (error) {
    if (!message.link_preview_options.url || !says(error, 'WEBPAGE', 'URL')) throw error;
    return call({ ...message, link_preview_options: { is_disabled: true } });
  }
}

async function intoSupergroup<T>(place: Place, call: (place: Place) => Promise<T>): Promise<T> {
  try {
    return await call(place);
  } catch (error) {
    const chat_id = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
    // What was replied to has another number there.
    if (chat_id !== undefined) return call({ chat_id });
    throw error;
  }
}

/** How long Telegram asks us to wait, in milliseconds; undefined where it does not say. */
export function waitAsked(error: unknown): number | undefined {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}

export function isCode(error: unknown, ...codes: number[]): boolean {
  return error instanceof GrammyError && codes.includes(error.error_code);
}

function says(error: unknown, ...words: string[]): boolean {
  return isCode(error, 400) && words.some((word) => (error as GrammyError).description.includes(word));
}

/** The contract's path where the address names none. */
function webhookAddress(url: string): string {
  const { pathname } = new URL(url);
  return pathname === '/' ? new URL('/telegram', url).href : url;
}
