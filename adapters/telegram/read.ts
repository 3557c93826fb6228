import type { CallbackQuery, Document, InlineQuery, Message, Opts, Update, User } from '@grammyjs/types';
import type { Ask, Invocation } from '../../src/chat/invocation.ts';
import { startParameter } from './limits.ts';
import { votesIn } from './poll.ts';

/** Where an answer goes, as sendMessage takes it. */
export type Place = Pick<Opts<never>['sendMessage'], 'chat_id' | 'message_thread_id' | 'reply_parameters'>;

/** Typed words. */
export interface Question {
  readonly kind: 'question';
  readonly invocation: Invocation;
  readonly place: Place;
  /** A file that was sent with it, not fetched yet. */
  readonly file?: SentFile;
}

export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
}

/** A pressed button. */
export interface Press {
  readonly kind: 'press';
  readonly invocation: Invocation;
  readonly queryId: string;
  /** Absent for a message that was posted in inline mode: nothing new can be sent where it stands. */
  readonly place?: Place;
  /** The message with the button, as editMessageText takes it; absent where it is too old or gone. */
  readonly message?: Pick<Opts<never>['editMessageText'], 'chat_id' | 'message_id' | 'inline_message_id'>;
}

/** A title that is being typed after `@ourbot` in any chat. */
export interface Search {
  readonly kind: 'search';
  readonly invocation: Omit<Invocation, 'ask'>;
  readonly queryId: string;
  readonly typed: string;
  /** How many results were shown before. */
  readonly offset: number;
}

/** A group became a supergroup, and has another number from now on. Told in both, so it comes twice. */
export interface Move {
  readonly kind: 'move';
  readonly from: string;
  readonly to: string;
}

export type Incoming = Question | Press | Search | Move;

/** Who we are: what is meant for us follows from it. */
export interface Self {
  readonly id: number;
  readonly username: string;
  /** Names of our commands. */
  readonly commands: readonly string[];
}

/** The start parameter that opens help; any other is a button id. */
export const HELP_PARAMETER = 'help';

/** One update as what it asks of us; undefined where it asks nothing. Pure. */
export function read(update: Update, self: Self): Incoming | undefined {
  if (update.message) return readMove(update.message) ?? readMessage(update.message, self);
  if (update.callback_query) return readPress(update.callback_query);
  if (update.inline_query) return readSearch(update.inline_query);
  return undefined;
}

function readMove({ chat, migrate_to_chat_id, migrate_from_chat_id }: Message): Move | undefined {
  const from = migrate_from_chat_id ?? chat.id;
  const to = migrate_to_chat_id ?? chat.id;
  return from === to ? undefined : { kind: 'move', from: chatKey(from), to: chatKey(to) };
}

function readMessage(message: Message, self: Self): Question | undefined {
  const ask = isFromPerson(message, self) ? askOf(message, self) : undefined;
  if (!ask) return undefined;
  const group = message.chat.type !== 'private';
  return {
    kind: 'question',
    invocation: {
      ask,
      ...(message.from && who(message.from, message)),
      ...(isReplyToUs(message, self) && { repliedTo: { buttons: buttonsUnder(message.reply_to_message) } }),
      chat: chatOf(message),
    },
    place: { ...threadOf(message), ...(group && replyTo(message.message_id)) },
    ...(message.document && { file: sentFile(message.document) }),
  };
}

function sentFile({ file_id, file_name, file_size }: Document): SentFile {
  return { id: file_id, name: file_name ?? '', ...(file_size !== undefined && { size: file_size }) };
}

/** Not what other bots say, nor what was posted through us in inline mode or forwarded by a linked channel. */
function isFromPerson(message: Message, self: Self): boolean {
  if (message.via_bot?.id === self.id || message.is_automatic_forward) return false;
  return message.sender_chat !== undefined || message.from?.is_bot === false;
}

function askOf(message: Message, self: Self): Ask | undefined {
  const text = message.text ?? message.caption;
  const inPrivate = message.chat.type === 'private';
  // A file that somebody sends us is their history from elsewhere; nothing else is done with files.
  if (inPrivate && message.document && self.commands.includes('history'))
    return { kind: 'command', command: 'history', args: {} };
  if (text === undefined) return inPrivate && hasContent(message) ? { kind: 'text', text: '' } : undefined;
  const command = /^\/([^\s@]*)(?:@(\S+))?(?:\s+(.*))?$/su.exec(text);
  if (!command) return inPrivate || isReplyToUs(message, self) ? { kind: 'text', text } : undefined;
  const [, name = '', addressee, rest = ''] = command;
  if (addressee !== undefined && addressee.toLowerCase() !== self.username.toLowerCase()) return undefined;
  if (name.toLowerCase() === 'start') return startedWith(rest.trim());
  // In a group, a command that is not ours and names nobody is another bot's.
  const ours = inPrivate || addressee !== undefined || self.commands.includes(name.toLowerCase());
  return ours ? { kind: 'text', text } : undefined;
}

function startedWith(parameter: string): Ask {
  if (!parameter || parameter === HELP_PARAMETER) return { kind: 'command', command: 'help', args: {} };
  return { kind: 'button', id: parameter, linked: true };
}

/** A sticker, a photo, a voice: something a person sent and expects an answer to, unlike "a member joined". */
function hasContent(message: Message): boolean {
  const kinds = [
    'sticker',
    'photo',
    'voice',
    'video',
    'video_note',
    'animation',
    'audio',
    'document',
  ] as const;
  return [...kinds, 'location' as const, 'contact' as const].some((kind) => message[kind] !== undefined);
}

/** In a forum, every message "replies" to the one that opened its topic. */
function isReplyToUs({ reply_to_message: replied }: Message, self: Self): boolean {
  return replied?.from?.id === self.id && replied.forum_topic_created === undefined;
}

/** The ids of the buttons that our message still has. */
function buttonsUnder(message: Message | undefined): string[] {
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.flatMap((button) =>
    'url' in button
      ? (startParameter(button.url) ?? [])
      : 'callback_data' in button && button.callback_data
        ? [button.callback_data]
        : [],
  );
}

function readPress(query: CallbackQuery): Press | undefined {
  const { data, message, inline_message_id } = query;
  if (data === undefined) return undefined;
  const ask: Ask = { kind: 'button', id: data };
  if (!message)
    return {
      kind: 'press',
      invocation: { ask, ...who(query.from) },
      queryId: query.id,
      ...(inline_message_id !== undefined && { message: { inline_message_id } }),
    };
  const { chat, message_id } = message;
  const accessible = message.date > 0;
  const poll = votesIn(message);
  return {
    kind: 'press',
    invocation: {
      ask,
      ...who(query.from),
      chat: chatOf(message),
      ...(poll && { poll }),
    },
    queryId: query.id,
    place: { ...threadOf(message), ...(chat.type !== 'private' && accessible && replyTo(message_id)) },
    ...(accessible && { message: { chat_id: chat.id, message_id } }),
  };
}

function readSearch(query: InlineQuery): Search {
  const offset = Number(query.offset);
  return {
    kind: 'search',
    invocation: who(query.from),
    queryId: query.id,
    typed: query.query,
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
}

/** Somebody who writes in the name of a chat has no account of their own here: their buttons are for anyone. */
function who(from: User, message?: Message): Pick<Invocation, 'asker' | 'locale'> {
  return {
    ...(!message?.sender_chat && { asker: `telegram:${from.id}`, name: from.first_name }),
    ...(from.language_code && { locale: from.language_code }),
  };
}

function chatOf(message: Parameters<typeof threadOf>[0]): NonNullable<Invocation['chat']> {
  const { chat_id, message_thread_id: thread } = threadOf(message);
  return {
    kind: message.chat.type === 'private' ? 'private' : 'group',
    key: chatKey(chat_id),
    ...(thread !== undefined && { thread: String(thread) }),
  };
}

function chatKey(id: Place['chat_id']): string {
  return `telegram:${id}`;
}

/** A thread id is taken only where the message stands in a topic: plain replies carry one too. */
function threadOf({
  chat,
  is_topic_message,
  message_thread_id,
}: Pick<Message, 'chat' | 'is_topic_message' | 'message_thread_id'>): Place {
  return {
    chat_id: chat.id,
    ...(is_topic_message && message_thread_id !== undefined && { message_thread_id }),
  };
}

function replyTo(message_id: number): Pick<Place, 'reply_parameters'> {
  return { reply_parameters: { message_id, allow_sending_without_reply: true } };
}
