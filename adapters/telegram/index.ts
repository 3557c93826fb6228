import { setTimeout as sleep } from 'node:timers/promises';
import { sequentialize, type UpdateSink } from '@grammyjs/runner';
import type { CallbackQuery, Update } from '@grammyjs/types';
import type { BotError, Context } from 'grammy';
import type { Logger } from 'pino';
import { type Adapter, type PostPlace, RefusedCredential } from '../../src/chat/adapter.ts';
import type { Bot } from '../../src/chat/bot.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import type { TelegramConfig } from '../../src/config.ts';
import { Answering, type Timing } from './answer.ts';
import { TelegramClient } from './client.ts';
import { abouts, menus } from './commands.ts';
import { createSink, type Polling, retryDelay, startPolling } from './polling.ts';
import { endPoll, placeOf } from './polls.ts';
import { read, type Self } from './read.ts';
import { soon, UnderWay } from './under-way.ts';
import { readWebhook } from './webhook.ts';

export interface TelegramOptions {
  readonly log: Logger;
  /** Show posters. */
  readonly posters: boolean;
  readonly timing?: Partial<Timing>;
}

export interface TelegramAdapter extends Adapter {
  /** There with a webhook: takes what Telegram posts. 401 without the secret. */
  readonly handleWebhook?: (request: Request) => Promise<Response>;
}

export function createTelegramAdapter(config: TelegramConfig, options: TelegramOptions): TelegramAdapter {
  return new Telegram(config, options);
}

const TIMING: Timing = { slow: 1000, patience: 5000, giveUp: 30_000 };
/** An answer may have to wait for Telegram's rate limit as well. */
const JOB_LIMIT = 120_000;
/** A server that says nothing for so long is out of reach. */
const CONNECT_LIMIT = 10_000;
const STOP_GRACE = 10_000;
const CONFIRM_LIMIT = 2000;
/** The same button pressed again this soon after it was done is the same press. */
const DOUBLE_CLICK = 1000;

class Telegram implements TelegramAdapter {
  readonly name = 'telegram';
  readonly handleWebhook?: (request: Request) => Promise<Response>;
  readonly #client: TelegramClient;
  readonly #config: TelegramConfig;
  readonly #log: Logger;
  readonly #options: TelegramOptions;
  readonly #underWay = new UnderWay();
  readonly #stopping = new AbortController();
  readonly #pressed = new Set<string>();
  readonly #sink: UpdateSink<Update>;
  #state: 'starting' | 'up' | 'down' = 'starting';
  #polling: Polling | undefined;
  #answering: Answering | undefined;

  constructor(config: TelegramConfig, options: TelegramOptions) {
    this.#config = config;
    this.#options = options;
    this.#log = options.log.child({ platform: this.name });
    this.#client = new TelegramClient(config);
    const { grammy } = this.#client;
    this.#sink = createSink(
      (update) => this.#underWay.track(grammy.handleUpdate(update)),
      async (error) => {
        await grammy.errorHandler(error as BotError);
      },
    );
    const secret = config.webhook?.secret;
    if (secret !== undefined) this.handleWebhook = (request) => this.#takePosted(request, secret);
  }

  state(): 'starting' | 'up' | 'down' {
    return this.#state;
  }

  /** Resolves in an outage too, and goes on trying: the other platforms need not wait for this one. */
  async start(bot: Bot): Promise<void> {
    this.#listen(bot);
    try {
      await this.#connect(bot);
    } catch (error) {
      if (error instanceof RefusedCredential) throw error;
      this.#state = 'down';
      if (this.#stopping.signal.aborted) return;
      this.#log.warn({ err: error }, 'Telegram cannot be reached; trying again');
      void this.#underWay.track(this.#connectLater(bot, error));
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#state = 'down';
    await this.#polling?.stop();
    await this.#underWay.finish(STOP_GRACE);
    // At worst an answered question is answered once more after the next start.
    await this.#polling?.confirm(AbortSignal.timeout(CONFIRM_LIMIT)).catch(() => {});
    this.#polling = undefined;
  }

  async post(place: PostPlace, reply: SealedReply): Promise<boolean> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(JOB_LIMIT)]);
    return (await this.#answering?.post(placeOf(place), reply, signal)) ?? false;
  }

  endPoll(poll: string): Promise<readonly number[] | undefined> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(JOB_LIMIT)]);
    return endPoll(this.#client, poll, signal);
  }

  async #connect(bot: Bot): Promise<void> {
    await this.#client.connect(AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(CONNECT_LIMIT)]));
    if (this.#stopping.signal.aborted) return;
    this.#state = 'up';
    if (!this.#config.webhook)
      this.#polling = startPolling({
        client: this.#client,
        sink: this.#sink,
        log: this.#log,
        onReachable: (reachable) => {
          if (!this.#stopping.signal.aborted) this.#state = reachable ? 'up' : 'down';
        },
      });
    this.#log.info({ updates: this.#config.webhook ? 'webhook' : 'polling' }, 'Telegram is connected');
    void this.#underWay.track(this.#publish(bot, this.#stopping.signal));
  }

  async #connectLater(bot: Bot, first: unknown): Promise<void> {
    const { signal } = this.#stopping;
    let error = first;
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await sleep(retryDelay(error, failures), undefined, { signal });
        return await this.#connect(bot);
      } catch (thrown) {
        if (thrown instanceof RefusedCredential) {
          this.#log.error({ err: thrown }, 'Telegram stays off');
          return;
        }
        error = thrown;
      }
    }
  }

  /** Menus and descriptions are for comfort: without them everything works. */
  async #publish(bot: Bot, signal: AbortSignal): Promise<void> {
    try {
      for (const menu of menus(bot.commands)) await this.#client.publishMenu(menu, signal);
      for (const about of abouts()) await this.#client.publishAbout(about, signal);
    } catch (error) {
      if (!signal.aborted) this.#log.warn({ err: error }, 'the menu could not be published');
    }
  }

  /** The way of an update: a second click goes, then one after another in a chat, then the answer. */
  #listen(bot: Bot): void {
    const { grammy } = this.#client;
    const answering = new Answering(bot, this.#client, {
      log: this.#log,
      posters: this.#options.posters,
      timing: { ...TIMING, ...this.#options.timing },
    });
    this.#answering = answering;
    const commands = ['start', ...bot.commands.map((command) => command.name)];
    grammy.catch(({ error }) => this.#log.warn({ err: error }, 'an answer could not be delivered'));
    grammy.use((context, next) => this.#once(context, next));
    grammy.use(sequentialize(chatsOf));
    grammy.use(async ({ update, me }) => {
      const incoming = read(update, { id: me.id, username: me.username, commands } satisfies Self);
      if (incoming) await this.#answer((signal) => answering.answer(incoming, signal));
    });
  }

  /** Returns when the job is done, or when the next in the same chat has waited long enough for it. */
  async #answer(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const done = this.#underWay.run(job, JOB_LIMIT);
    const patience = this.#options.timing?.patience ?? TIMING.patience;
    if (
      await soon(
        done.then(() => true),
        patience,
      )
    )
      return;
    done.catch((error) => this.#log.warn({ err: error }, 'an answer could not be delivered'));
  }

  async #once({ callbackQuery }: Context, next: () => Promise<void>): Promise<void> {
    if (!callbackQuery) return next();
    const press = pressKey(callbackQuery);
    if (this.#pressed.has(press)) {
      const signal = this.#stopping.signal;
      return this.#client.answerPress(callbackQuery.id, undefined, signal).catch(() => {});
    }
    this.#pressed.add(press);
    try {
      await next();
    } finally {
      setTimeout(() => this.#pressed.delete(press), DOUBLE_CLICK).unref();
    }
  }

  async #takePosted(request: Request, secret: string): Promise<Response> {
    const update = await readWebhook(request, secret);
    if (update instanceof Response) return update;
    // Telegram brings it again.
    if (this.#state !== 'up') return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
    void this.#sink.handle([update]);
    return new Response(null, { status: 200 });
  }
}

/** The chats that an update is about: two, where a group becomes a supergroup. */
function chatsOf({ chat, message }: Context): string[] {
  const all = [chat?.id, message?.migrate_to_chat_id, message?.migrate_from_chat_id];
  return all.flatMap((id) => id?.toString() ?? []);
}

function pressKey({ from, message, inline_message_id, data }: CallbackQuery): string {
  return [from.id, message?.chat.id, message?.message_id, inline_message_id, data].join(' ');
}
