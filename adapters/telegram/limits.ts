import type { Span } from '../../src/messages/wording.ts';

/*
 * What the Bot API takes (https://core.telegram.org/bots/api), and how what is too long is fitted. Texts are counted
 * in UTF-16 units after entity parsing: the strictest reading of "characters".
 *
 * What the data made too long is cut with "…"; what only our own code can make too long throws.
 */

/** sendMessage, editMessageText, InputTextMessageContent. */
export const MESSAGE_TEXT = 4096;
/** Further entities lose their style without an error. */
export const MESSAGE_ENTITIES = 100;

/** Bytes. */
const CALLBACK_DATA = 64;
/** Characters, of those that base64url has. */
const START_PARAMETER = 64;
export const KEYBOARD_BUTTONS = 100;
export const ROW_BUTTONS = 8;
/** Not a limit of the API: clients cut longer labels in the middle, where the year stands. */
export const BUTTON_LABEL = 64;

/** sendPoll. */
export const POLL_QUESTION = 300;
export const POLL_OPTIONS = 12;
export const POLL_OPTION = 100;

/** answerCallbackQuery. */
export const NOTE_TEXT = 200;

export const INLINE_RESULTS = 50;
/** Bytes. */
const INLINE_RESULT_ID = 64;
/** Not limits of the API: what a client shows. */
export const INLINE_TITLE = 128;
export const INLINE_DESCRIPTION = 160;
/** Clients hide the rest. */
export const INLINE_BUTTON = 64;

export const COMMANDS = 100;
export const COMMAND_NAME = /^[a-z0-9_]{1,32}$/u;
export const COMMAND_DESCRIPTION = 256;
export const BOT_DESCRIPTION = 512;
export const BOT_SHORT_DESCRIPTION = 120;

/** Not a limit of the API: how long an address a server can be expected to take. */
const ADDRESS = 2048;

/** Control characters and line separators become one space; marks that turn the direction of what follows go. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** The text in at most `max` UTF-16 units, never empty: a blank text becomes "…". */
export function fitText(text: string, max: number): string {
  const whole = clean(text).trim();
  if (!isVisible(whole)) return '…';
  return whole.length <= max ? whole : `${head(whole, max - 1)}…`;
}

/** A text that shows anything at all: Telegram refuses the others. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}\p{M}\u3164\uFFA0\u2800\u115F\u1160]/u.test(text);
}

/** The beginning of a text, whole characters, ending with a word where one ends near. */
function head(text: string, max: number): string {
  if (max <= 0) return '';
  const cut = text.slice(0, max).replace(/[\uD800-\uDBFF]$/u, '');
  const space = cut.lastIndexOf(' ');
  return (space >= max * 0.6 ? cut.slice(0, space) : cut).trimEnd();
}

export type Line = readonly Span[];

export function textOf(span: Span): string {
  return typeof span === 'string' ? span : span.text;
}

export function lineLength(line: Line): number {
  return line.reduce((sum, span) => sum + textOf(span).length, 0);
}

/** The line in at most `max` units: the span that crosses the end is cut, those after it go. */
export function fitLine(line: Line, max: number): Line {
  if (lineLength(line) <= max) return line;
  const kept: Span[] = [];
  let left = max;
  for (const span of line) {
    const text = textOf(span);
    if (text.length < left) kept.push(span);
    else {
      const cut = `${head(text, left - 1)}…`;
      if (left > 0) kept.push(typeof span === 'string' ? cut : { ...span, text: cut });
      break;
    }
    left -= text.length;
  }
  return kept;
}

/** As many lines as fit into `max` units with a line break between them; the last one is cut where needed. */
export function fitLines(lines: readonly Line[], max: number): Line[] {
  const kept: Line[] = [];
  let left = max;
  for (const line of lines) {
    const room = left - (kept.length > 0 ? 1 : 0);
    const length = lineLength(line);
    if (room < Math.min(1, length)) break;
    kept.push(fitLine(line, room));
    if (length > room) break;
    left = room - length;
  }
  return kept;
}

/** The id as it is: a cut one would be another button. Throws RangeError beyond 64 bytes. */
export function callbackData(id: string): string {
  return unbroken(id, CALLBACK_DATA, 'a button id');
}

/** The address that lets its reader send a link to any of their chats. */
export function sharing(url: string): string {
  return `https://t.me/share/url?${new URLSearchParams({ url })}`;
}

/** The button's id in a link to our private chat, also one that is being shared; undefined where it is no such link. */
export function startParameter(href: string): string | undefined {
  const url = URL.parse(href);
  const shared = url?.searchParams.get('url');
  if (shared) return startParameter(shared);
  return url?.hostname === 't.me' ? (url.searchParams.get('start') ?? undefined) : undefined;
}

/** The address that opens our chat with whoever follows it, and starts it with a button's id. */
export function privateChat(username: string, id: string): string {
  return `https://t.me/${username}?start=${unbroken(id, START_PARAMETER, 'a start parameter')}`;
}

/** Throws RangeError beyond 64 bytes. */
export function inlineResultId(id: string): string {
  return unbroken(id, INLINE_RESULT_ID, 'an inline result id');
}

function unbroken(id: string, max: number, what: string): string {
  const bytes = Buffer.byteLength(id);
  if (bytes < 1 || bytes > max)
    throw new RangeError(`${what} has ${bytes} bytes; Telegram takes 1 to ${max}`);
  return id;
}

/** The address where Telegram would take it: one that it cannot read makes it refuse the whole message. */
export function webAddress(href: string | undefined): string | undefined {
  if (href === undefined || href.length > ADDRESS) return undefined;
  const url = URL.parse(href);
  if (!url || !/^https?:$/u.test(url.protocol) || !url.hostname.includes('.')) return undefined;
  return url.username || url.password ? undefined : url.href;
}
