import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InlineKeyboardButton, Message, Poll, Update, User } from '@grammyjs/types';
import { parseHtml, violationsOf } from './telegram-rules.ts';

/** One call that reached the server. */
export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
}

/** A message as it stands in a chat now. */
export interface Shown {
  readonly chat: number;
  readonly id: number;
  readonly text: string;
  readonly html: string;
  readonly thread?: number;
  readonly replyTo?: number;
  readonly preview?: string;
  /** A document that was sent. */
  readonly file?: { readonly name: string; readonly text: string };
  readonly buttons: readonly InlineKeyboardButton[];
  readonly poll?: Poll;
}

/** What happens to the next calls of a method instead of an answer. */
export type Fault =
  | { readonly code: number; readonly description?: string; readonly parameters?: Record<string, unknown> }
  /** The connection breaks after the request was read. */
  | 'cut';

export const ANNA: User = { id: 700_001, is_bot: false, first_name: 'Anna', language_code: 'en' };
export const BEN: User = { id: 700_002, is_bot: false, first_name: 'Ben', language_code: 'en' };
const SELF = { id: 4242, username: 'KindredTestBot' } as const;

const TOKEN = '4242:AAfake-token_of_the_tests-0123456789ab';

class Refused extends Error {
  readonly answer: Exclude<Fault, 'cut'>;

  constructor(answer: Exclude<Fault, 'cut'>) {
    super(answer.description);
    this.answer = answer;
  }
}

/**
 * A Bot API server on 127.0.0.1, for one bot. It keeps chats, holds long polls, answers each press once, refuses what
 * Telegram refuses, and writes down every call and what is wrong with it.
 */
export class FakeTelegram {
  readonly token = TOKEN;
  readonly calls: Call[] = [];
  /** Keep every call. Off, memory stays small; `onCall` gets them all the same. */
  recording = true;
  /** Gets every call that is taken, with what it is answered. */
  onCall: (call: Call, result: unknown) => void = () => {};
  /** What the official description or its limits forbid, of all calls so far. */
  readonly violations: string[] = [];
  readonly #server: Server;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #updates: Update[] = [];
  readonly #messages = new Map<string, Shown>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #answered = new Set<string>();
  readonly #settings = new Map<string, unknown>();
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly size: number }>();
  readonly #migrated = new Map<number, number>();
  #poll: { end(): void; conflict(): void } | undefined;
  #webhook: { url: string; secret: string } | undefined;
  #refusesToken = false;
  #next = { update: 1000, message: 50, query: 1 };

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      this.#serve(request, response).catch((error) => {
        if (error.code !== 'ECONNRESET') this.violations.push(`the fake failed: ${error.stack}`);
      });
    });
  }

  static async start(): Promise<FakeTelegram> {
    const server = createServer();
    const fake = new FakeTelegram(server);
    await fake.#listen(0);
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.#close();
  }

  /** Cuts every connection and refuses new ones. Resolves with what brings the server back. */
  async cut(): Promise<() => Promise<void>> {
    const { port } = this.#server.address() as AddressInfo;
    await this.#close();
    return () => this.#listen(port);
  }

  fail(method: string, ...faults: Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }

  refuseToken(): void {
    this.#refusesToken = true;
  }

  /** Turns a group into a supergroup: its old number is refused from now on. */
  migrate(from: number, to: number): void {
    this.#migrated.set(from, to);
  }

  deleteMessage({ chat, id }: Pick<Shown, 'chat' | 'id'>): void {
    this.#messages.delete(`${chat} ${id}`);
  }

  get webhook(): { url: string; secret: string } | undefined {
    return this.#webhook;
  }

  /** Puts an update into the queue. */
  push(update: Omit<Update, 'update_id'>): Update {
    const whole = this.numbered(update);
    this.#updates.push(whole);
    this.#poll?.end();
    return whole;
  }

  numbered(update: Omit<Update, 'update_id'>): Update {
    return { update_id: this.#next.update++, ...update };
  }

  /** A person writes; in a private chat where no chat is given. */
  say(text: string, options: { from?: User; chat?: Message['chat']; more?: Partial<Message> } = {}): Message {
    const message = this.message(text, options);
    this.push({ message: message as Message & Update.NonChannel });
    return message;
  }

  message(text: string, { from = ANNA, chat, more }: Parameters<FakeTelegram['say']>[1] = {}): Message {
    const privately = { id: from.id, type: 'private', first_name: from.first_name } as const;
    return {
      message_id: this.#next.message++,
      date: 1_760_000_000,
      from,
      chat: chat ?? privately,
      text,
      ...more,
    } as Message;
  }

  /** A person presses the button with this label, or with this id. */
  press(shown: Shown, button: string, options: { from?: User; chat?: Message['chat'] } = {}): string {
    const known = shown.buttons.find((each) => each.text === button || each.text.startsWith(`${button} `));
    const data = known && 'callback_data' in known ? known.callback_data : button;
    const id = `query-${this.#next.query++}`;
    const { from = ANNA, chat = { id: shown.chat, type: 'private', first_name: 'Anna' } } = options;
    const me = { id: SELF.id, is_bot: true, first_name: 'Kindred', username: SELF.username };
    const message = {
      message_id: shown.id,
      date: 1_760_000_000,
      chat,
      from: me,
      ...(shown.poll ? { poll: this.#now(shown).poll } : { text: shown.text }),
    } as Message;
    this.push({ callback_query: { id, from, message, chat_instance: '1', data } });
    return id;
  }

  pressInline(inline_message_id: string, data: string, from = ANNA): string {
    const id = `query-${this.#next.query++}`;
    this.push({ callback_query: { id, from, inline_message_id, chat_instance: '1', data } });
    return id;
  }

  search(query: string, offset = '', from = ANNA): string {
    const id = `inline-${this.#next.query++}`;
    this.push({ inline_query: { id, from, query, offset } });
    return id;
  }

  /** A person sends a file; a bot that asks for more than Telegram hands out is refused. */
  sendFile(
    name: string,
    bytes: Uint8Array,
    { size = bytes.length, ...options }: Parameters<FakeTelegram['say']>[1] & { size?: number } = {},
  ): Message {
    const file_id = `file-${this.#next.query++}`;
    this.#files.set(file_id, { bytes, size });
    const document = { file_id, file_unique_id: file_id, file_name: name, file_size: size };
    return this.say('', {
      ...options,
      more: { text: undefined, document, ...options.more } as Partial<Message>,
    });
  }

  /** What stands in the chats, oldest first. */
  shown(chat?: number): Shown[] {
    return [...this.#messages.values()].filter((message) => chat === undefined || message.chat === chat);
  }

  of(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Resolves once `look` finds something; it looks again after every call that was answered. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    while (true) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => this.#events.once('call', resolve));
    }
  }

  /** The call of `method` after the first `after`, once it has been answered. */
  call(method: string, after = 0): Promise<Call> {
    return this.until(() => this.of(method)[after]);
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  async #close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(request.url ?? '') ?? [];
    const fileId = new RegExp(`^/file/bot${TOKEN}/documents/(.+)$`, 'u').exec(request.url ?? '')?.[1];
    if (fileId !== undefined) {
      response.end(this.#files.get(fileId)?.bytes);
      return;
    }
    const { payload, files } = await bodyOf(request);
    const call = { method, payload };
    this.violations.push(...violationsOf(method, payload));
    const fault = this.#faults.get(method)?.shift();
    if (fault === 'cut') {
      this.#record(call);
      response.destroy();
      this.#events.emit('call');
      return;
    }
    let body: object;
    try {
      if (fault) throw new Refused(fault);
      if (token !== TOKEN || this.#refusesToken)
        throw new Refused({ code: 401, description: 'Unauthorized' });
      const result =
        method === 'getUpdates'
          ? await this.#getUpdates(payload, response)
          : this.#do(method, payload, files);
      this.onCall(call, result);
      body = { ok: true, result };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, description = 'Some Error', parameters } = error.answer;
      body = { ok: false, error_code: code, description, ...(parameters && { parameters }) };
    }
    const status = 'error_code' in body ? (body.error_code as number) : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    this.#record(call);
    this.#events.emit('call');
  }

  #record(call: Call): void {
    if (this.recording) this.calls.push(call);
  }

  async #getUpdates(payload: Record<string, unknown>, response: ServerResponse): Promise<Update[]> {
    if (this.#webhook)
      throw new Refused({
        code: 409,
        description: "Conflict: can't use getUpdates method while webhook is active",
      });
    this.#poll?.conflict();
    const offset = Number(payload.offset ?? 0);
    while (this.#updates[0] && this.#updates[0].update_id < offset) this.#updates.shift();
    if (this.#updates.length === 0 && Number(payload.timeout ?? 0) > 0) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const conflict = () =>
        reject(new Refused({ code: 409, description: 'Conflict: terminated by other getUpdates request' }));
      const poll = { end: resolve, conflict };
      this.#poll = poll;
      response.on('close', resolve);
      const timer = setTimeout(resolve, Number(payload.timeout) * 1000);
      await promise.finally(() => {
        clearTimeout(timer);
        if (this.#poll === poll) this.#poll = undefined;
      });
    }
    return this.#updates.slice(0, Number(payload.limit ?? 100));
  }

  #do(method: string, payload: Record<string, unknown>, files: Body['files']): unknown {
    switch (method) {
      case 'getMe':
        return {
          id: SELF.id,
          is_bot: true,
          first_name: 'Kindred',
          username: SELF.username,
          supports_inline_queries: true,
        };
      case 'deleteWebhook':
        this.#webhook = undefined;
        return true;
      case 'setWebhook':
        this.#webhook = { url: String(payload.url), secret: String(payload.secret_token) };
        return true;
      case 'sendMessage':
        return this.#send(payload);
      case 'sendDocument':
        return this.#send({ ...payload, text: '' }, { file: files.get(String(payload.document))! });
      case 'sendPoll':
        return this.#send({ ...payload, text: '' }, { poll: pollFrom(payload, this.#next.message) });
      case 'stopPoll':
        return this.#stopPoll(payload);
      case 'editMessageReplyMarkup':
        return this.#clearButtons(payload);
      case 'editMessageText':
        return this.#edit(payload);
      case 'answerCallbackQuery':
      case 'answerInlineQuery':
        return this.#answer(String(payload.callback_query_id ?? payload.inline_query_id));
      case 'sendChatAction':
        return true;
      case 'getFile':
        return this.#file(String(payload.file_id));
      default:
        return this.#setting(method, payload);
    }
  }

  #send(payload: Record<string, unknown>, more: Pick<Shown, 'file' | 'poll'> = {}): unknown {
    const chat = Number(payload.chat_id);
    const moved = this.#migrated.get(chat);
    if (moved !== undefined)
      throw new Refused({
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: moved },
      });
    const shown = { ...shownOf(payload, chat, this.#next.message++), ...more };
    this.#messages.set(`${chat} ${shown.id}`, shown);
    return {
      message_id: shown.id,
      date: 1_760_000_001,
      chat: { id: chat, type: 'private', first_name: 'A' },
      text: shown.text,
    };
  }

  /** People vote: so many for each option. */
  vote(shown: Shown, votes: readonly number[]): void {
    const now = this.#now(shown);
    const options = now.poll!.options.map((option, at) => ({ ...option, voter_count: votes[at] ?? 0 }));
    this.#messages.set(`${shown.chat} ${shown.id}`, { ...now, poll: { ...now.poll!, options } });
  }

  #stopPoll(payload: Record<string, unknown>): Poll {
    const old = this.#standing(payload);
    if (!old.poll || old.poll.is_closed)
      throw new Refused({ code: 400, description: 'Bad Request: poll has already been closed' });
    const poll = { ...old.poll, is_closed: true };
    this.#messages.set(`${old.chat} ${old.id}`, { ...old, poll, buttons: buttonsOf(payload) });
    return poll;
  }

  #clearButtons(payload: Record<string, unknown>): unknown {
    const old = this.#standing(payload);
    if (old.buttons.length === 0)
      throw new Refused({ code: 400, description: 'Bad Request: message is not modified' });
    this.#messages.set(`${old.chat} ${old.id}`, { ...old, buttons: buttonsOf(payload) });
    return { message_id: old.id, date: 1_760_000_001, chat: { id: old.chat }, poll: old.poll };
  }

  #now({ chat, id }: Pick<Shown, 'chat' | 'id'>): Shown {
    return this.#messages.get(`${chat} ${id}`)!;
  }

  #standing({ chat_id, message_id }: Record<string, unknown>): Shown {
    const found = this.#messages.get(`${chat_id} ${message_id}`);
    if (!found) throw new Refused({ code: 400, description: 'Bad Request: message to edit not found' });
    return found;
  }

  #file(id: string): unknown {
    if ((this.#files.get(id)?.size ?? 0) > 20_000_000)
      throw new Refused({ code: 400, description: 'Bad Request: file is too big' });
    return { file_id: id, file_unique_id: id, file_path: `documents/${id}` };
  }

  #edit(payload: Record<string, unknown>): unknown {
    if (payload.inline_message_id !== undefined) return true;
    const chat = Number(payload.chat_id);
    const id = Number(payload.message_id);
    const old = this.#messages.get(`${chat} ${id}`);
    if (!old) throw new Refused({ code: 400, description: 'Bad Request: message to edit not found' });
    const { thread, replyTo, ...edited } = shownOf(payload, chat, id);
    const shown = {
      ...edited,
      ...(old.thread && { thread: old.thread }),
      ...(old.replyTo && { replyTo: old.replyTo }),
    };
    if (JSON.stringify(look(shown)) === JSON.stringify(look(old)))
      throw new Refused({
        code: 400,
        description:
          'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      });
    this.#messages.set(`${chat} ${id}`, shown);
    return {
      message_id: id,
      date: 1_760_000_001,
      edit_date: 1_760_000_002,
      chat: { id: chat, type: 'private' },
      text: shown.text,
    };
  }

  #answer(id: string): true {
    if (this.#answered.has(id))
      throw new Refused({
        code: 400,
        description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
      });
    this.#answered.add(id);
    return true;
  }

  /** getMyX reads what setMyX wrote, for each scope and language apart. */
  #setting(method: string, payload: Record<string, unknown>): unknown {
    const { scope, language_code, ...value } = payload;
    const key = JSON.stringify([method.slice(3), scope, language_code]);
    if (method.startsWith('set')) {
      this.#settings.set(key, 'commands' in value ? value.commands : value);
      return true;
    }
    const unset = {
      getMyCommands: [],
      getMyDescription: { description: '' },
      getMyShortDescription: { short_description: '' },
    };
    if (!(method in unset)) throw new Refused({ code: 404, description: `Not Found: ${method}` });
    return this.#settings.get(key) ?? unset[method as keyof typeof unset];
  }
}

function buttonsOf({ reply_markup }: Record<string, unknown>): InlineKeyboardButton[] {
  return (
    (reply_markup as { inline_keyboard: InlineKeyboardButton[][] } | undefined)?.inline_keyboard.flat() ?? []
  );
}

function pollFrom(payload: Record<string, unknown>, id: number): Poll {
  const options = payload.options as { text: string }[];
  return {
    id: String(id),
    question: String(payload.question),
    options: options.map(({ text }) => ({ text, voter_count: 0 })),
    is_closed: false,
  } as unknown as Poll;
}

function shownOf(payload: Record<string, unknown>, chat: number, id: number): Shown {
  const html = String(payload.text);
  const reply = payload.reply_parameters as { message_id: number } | undefined;
  const preview = payload.link_preview_options as { url?: string } | undefined;
  return {
    chat,
    id,
    text: textOf(html),
    html,
    buttons: buttonsOf(payload),
    ...(payload.message_thread_id !== undefined && { thread: Number(payload.message_thread_id) }),
    ...(reply && { replyTo: reply.message_id }),
    ...(preview?.url && { preview: preview.url }),
  };
}

function textOf(html: string): string {
  try {
    return parseHtml(html).text;
  } catch (error) {
    throw new Refused({ code: 400, description: `Bad Request: ${(error as Error).message}` });
  }
}

function look({ html, buttons, preview }: Shown): unknown {
  return [html, buttons, preview];
}

interface Body {
  readonly payload: Record<string, unknown>;
  /** By what the payload says in their place. */
  readonly files: ReadonlyMap<string, { readonly name: string; readonly text: string }>;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/'))
    return { payload: bytes.length > 0 ? JSON.parse(bytes.toString()) : {}, files: new Map() };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload: Record<string, unknown> = {};
  const files = new Map<string, { name: string; text: string }>();
  for (const [name, value] of form)
    if (typeof value === 'string') payload[name] = readField(value);
    else files.set(`attach://${name}`, { name: value.name, text: await value.text() });
  return { payload, files };
}

/** In a form everything is text; what is no text is JSON. */
function readField(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
