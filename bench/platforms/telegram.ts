import type { User } from '@grammyjs/types';
import type { Movie } from '../../src/catalogue/movie.ts';
import { type Call, FakeTelegram } from '../../test/fakes/telegram.ts';
import type { Answered, Crowd } from './load.ts';
import { question } from './questions.ts';

/** Milliseconds; only we still wait then, to know how long it takes. */
const OUR_PATIENCE = 20_000;
const KEPT = 500;

interface List {
  readonly asker: User;
  readonly message: number;
  readonly page: string;
  readonly pick: string | undefined;
}

/** A call that the platform took, and what it answered. */
interface Taken {
  readonly call: Call;
  readonly result: unknown;
}

type Button = { readonly text: string; readonly callback_data?: string };

/** People on Telegram, each in a chat of their own with the bot. */
export class TelegramCrowd implements Crowd {
  readonly platform = 'Telegram';
  /** Telegram has no limit of its own; people have. */
  readonly patience = 10_000;
  readonly fake: FakeTelegram;
  readonly #movies: readonly Movie[];
  /** What waits for a call, by the chat or the query that it belongs to. */
  readonly #waiting = new Map<string, (taken: Taken) => void>();
  readonly #lists: List[] = [];
  #people = 0;

  static async gather(movies: readonly Movie[]): Promise<TelegramCrowd> {
    const fake = await FakeTelegram.start();
    fake.recording = false;
    return new TelegramCrowd(fake, movies);
  }

  private constructor(fake: FakeTelegram, movies: readonly Movie[]) {
    this.fake = fake;
    this.#movies = movies;
    fake.onCall = (call, result) => {
      const { chat_id, inline_query_id } = call.payload;
      if (call.method === 'sendChatAction') return;
      this.#waiting.get(String(inline_query_id ?? chat_id))?.({ call, result });
    };
  }

  async ask(number: number): Promise<Answered> {
    const asked = question(number, this.#movies);
    const asker: User = {
      id: 700_000 + ++this.#people,
      is_bot: false,
      first_name: 'A',
      language_code: 'en',
    };
    const began = performance.now();
    const taken = await this.#answer(asked, asker);
    return { what: asked.what, ...(taken && { milliseconds: performance.now() - began, atOnce: true }) };
  }

  async #answer(asked: ReturnType<typeof question>, asker: User): Promise<Taken | undefined> {
    switch (asked.what) {
      case 'typing':
        return this.#next(this.fake.search(asked.typed, '', asker));
      case 'page':
      case 'pick': {
        const list = this.#lists.shift();
        if (!list) return this.#say('/help', asker);
        return this.#press(list, asked.what);
      }
      case 'plot':
        return this.#say(`/plot ${asked.text}`, asker);
      default:
        return this.#say(`/${asked.what} ${asked.title}`, asker);
    }
  }

  async #say(text: string, asker: User): Promise<Taken | undefined> {
    const next = this.#next(String(asker.id));
    this.fake.say(text, { from: asker });
    const taken = await next;
    if (taken) this.#keep(taken, asker);
    return taken;
  }

  async #press(list: List, what: 'page' | 'pick'): Promise<Taken | undefined> {
    const { asker, message, page, pick } = list;
    const next = this.#next(String(asker.id));
    const shown = { chat: asker.id, id: message, text: '', html: '', buttons: [] };
    this.fake.press(shown, what === 'page' ? page : (pick ?? page), { from: asker });
    const taken = await next;
    this.fake.deleteMessage({ chat: asker.id, id: message });
    return taken;
  }

  #next(key: string): Promise<Taken | undefined> {
    const { promise, resolve } = Promise.withResolvers<Taken | undefined>();
    const timer = setTimeout(resolve, OUR_PATIENCE, undefined);
    this.#waiting.set(key, resolve);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(key);
    });
  }

  /** Remembers a list that can be turned and picked from; the chat forgets everything else. */
  #keep({ call, result }: Taken, asker: User): void {
    const { message_id: message } = result as { message_id: number };
    const markup = call.payload.reply_markup as { inline_keyboard: Button[][] } | undefined;
    const buttons = markup?.inline_keyboard.flat() ?? [];
    const page = buttons.find(({ text }) => text === 'More')?.callback_data;
    const pick = buttons.find(({ text }) => text === '1')?.callback_data;
    if (page) this.#lists.push({ asker, message, page, pick });
    else this.fake.deleteMessage({ chat: asker.id, id: message });
    const oldest = this.#lists.length > KEPT ? this.#lists.shift() : undefined;
    if (oldest) this.fake.deleteMessage({ chat: oldest.asker.id, id: oldest.message });
  }
}
