import type { InlineKeyboardButton, InlineKeyboardMarkup, Opts } from '@grammyjs/types';
import type { Movie } from '../../src/catalogue/movie.ts';
import { withoutPoll } from '../../src/chat/poll.ts';
import {
  type Block,
  type CardBlock,
  type ChoicesBlock,
  type FileBlock,
  isLink,
  type Link,
  type ResultsBlock,
  type SealedAction,
  type SealedReply,
} from '../../src/chat/reply.ts';
import { type Message, say } from '../../src/messages/message.ts';
import { cardMessages, creditMessage, factMessages, titleWithYear } from '../../src/messages/movie-words.ts';
import { reasonMessage } from '../../src/messages/reason-words.ts';
import { type Span, Wording } from '../../src/messages/wording.ts';
import { toHtml } from './html.ts';
import * as limits from './limits.ts';
import { fitLine, fitLines, fitText, type Line } from './limits.ts';

export interface RenderOptions {
  /** Show posters, as a link preview above the text. */
  readonly posters: boolean;
  /** The bot's own name, for links to its private chat. */
  readonly username: string;
}

/** What a message shows: the part that sendMessage and editMessageText have in common. */
export interface Rendered
  extends Required<Pick<Opts<never>['editMessageText'], 'text' | 'parse_mode' | 'link_preview_options'>> {
  readonly reply_markup?: InlineKeyboardMarkup;
}

type Row = InlineKeyboardButton[];

/** One block as drawn: paragraphs of lines, rows of buttons, and a picture that could stand above. */
interface Drawn {
  readonly paragraphs: readonly (readonly Line[])[];
  readonly rows?: readonly Row[];
  readonly poster?: string | undefined;
}

/** What one film of a list, or one line of text, may take, so that five of them with all that stands around them fit one message. */
const ITEM_TEXT = 680;
const LIST_TEXT = 3400;
const TITLE = 160;
const OVERVIEW = 220;
const CARD_OVERVIEW = 1500;
/** Short labels share a row up to this length together: what a narrow phone shows uncut. */
const ROW_LABELS = 30;
/** A longer list has no ratings beside its numbers: with five buttons a film it would not fit the keyboard. */
const RATED_ITEMS = 10;

/** Draws a reply as one message. Pure. Throws RangeError where our own code went beyond a limit. */
export function renderMessage(reply: SealedReply, options: RenderOptions): Rendered {
  const words = new Wording(reply.language);
  const drawn = reply.blocks.map((block) => drawBlock(block, words, options.username));
  const lines = drawn
    .flatMap((block) => block.paragraphs)
    .filter((paragraph) => paragraph.length > 0)
    .flatMap((paragraph, index) => (index > 0 ? [[], ...paragraph] : paragraph));
  const rows = drawn.flatMap((block) => block.rows ?? []);
  const poster = options.posters ? drawn.find((block) => block.poster)?.poster : undefined;
  return {
    text: toHtml(visible(fitLines(lines, limits.MESSAGE_TEXT))),
    parse_mode: 'HTML',
    link_preview_options: poster
      ? { url: poster, prefer_large_media: true, show_above_text: true }
      : { is_disabled: true },
    ...(rows.length > 0 && { reply_markup: keyboard(rows) }),
  };
}

/** What goes after the message, each as a document. */
export function filesOf({ blocks }: SealedReply): FileBlock[] {
  return blocks.filter((block) => block.kind === 'file');
}

/** The words of a reply without style, for the small notice that answers a press; in place of buttons, what to type. */
export function renderNote(reply: SealedReply): string {
  const words = new Wording(reply.language);
  const lines = reply.blocks.flatMap((block) => (block.kind === 'text' ? block.lines : []));
  if (reply.note === 'brief' && reply.blocks.some((block) => block.kind === 'buttons'))
    lines.push(say('telegram.undo'));
  return fitText(lines.map((line) => words.text(line)).join(' '), limits.NOTE_TEXT);
}

function drawBlock(block: Block<SealedAction>, words: Wording, username: string): Drawn {
  switch (block.kind) {
    case 'text':
      return { paragraphs: [block.lines.map((line) => fitLine(words.spans(line), ITEM_TEXT))] };
    case 'results':
      return drawResults(block, words, username);
    case 'choices':
      return drawChoices(block, words);
    case 'card':
      return drawCard(block, words);
    case 'buttons':
      return { paragraphs: [], rows: packed(block.buttons.map((each) => button(each, words, username))) };
    case 'poll': {
      const parts = withoutPoll(block).map((each) => drawBlock(each, words, username));
      return {
        paragraphs: parts.flatMap((part) => part.paragraphs),
        rows: parts.flatMap((part) => part.rows ?? []),
      };
    }
    case 'file':
      return { paragraphs: [] }; // a message of its own: see filesOf
  }
}

function drawResults(block: ResultsBlock<SealedAction>, words: Wording, username: string): Drawn {
  const room = Math.min(ITEM_TEXT, Math.floor(LIST_TEXT / Math.max(1, block.items.length)));
  const about: Message[] = [...block.notes];
  if (block.filters.length > 0) about.push(say('filter.inEffect', { filters: block.filters }));
  if (block.items.length > 0) about.push(say('telegram.numbers'));
  if (block.narrow?.length) about.push(say('telegram.refine'));
  if (block.pages > 1) about.push(say('result.page', { page: block.page, pages: block.pages }));
  const numbers = block.items.map((item) => callback(item.similar, String(item.rank)));
  const rated = block.items.length <= RATED_ITEMS && block.items.some((item) => item.rating);
  const lines = block.items.map(({ rating }, index) => [
    numbers[index]!,
    ...(rating?.quick ?? []).map((each) => callback(each, words.text(each.label))),
  ]);
  const turns = [block.previous, block.more].filter((turn) => turn !== undefined);
  return {
    paragraphs: [
      ...block.items.map((item) => fitLines(itemLines(item, words), room)),
      about.map((line) => fitLine(words.spans(line), ITEM_TEXT)),
    ],
    rows: [
      ...(rated ? lines : chunked(numbers)),
      ...chunked(turns.map((turn) => button(turn, words))),
      ...packed((block.narrow ?? []).map((each) => narrowing(each, words))),
      ...packed([
        block.clear && button(block.clear, words),
        block.share && sharing(block.share, words, username),
      ]),
    ],
    poster: firstPoster(block.items.map((item) => item.movie)),
  };
}

function itemLines(
  { rank, movie, score, reasons }: ResultsBlock<SealedAction>['items'][number],
  words: Wording,
): Line[] {
  const match = words.text(say('result.match', { percent: String(Math.round(score * 100)) }));
  const why = reasons.map((reason) => words.text(reasonMessage(reason))).join(' · ');
  return [
    [`${rank}. `, { style: 'bold', text: label(movie, TITLE, words) }, ` · ${match}`],
    ...lineOf(facts(factMessages(movie), words)),
    ...lineOf(why, 'italic'),
    ...lineOf(movie.overview, undefined, OVERVIEW),
  ];
}

function drawChoices(block: ChoicesBlock<SealedAction>, words: Wording): Drawn {
  return {
    paragraphs: [],
    rows: block.items.map(({ movie, tellsApart, pick }) => [
      callback(pick, choiceLabel(movie, tellsApart, words)),
    ]),
  };
}

/** The movie's name and, as far as there is room for whole ones, what tells it apart. */
function choiceLabel(movie: Movie, tellsApart: readonly Message[], words: Wording): string {
  let text = label(movie, limits.BUTTON_LABEL, words);
  for (const each of tellsApart) {
    const longer = `${text} · ${words.text(each)}`;
    if (longer.length <= limits.BUTTON_LABEL) text = longer;
  }
  return text;
}

function drawCard({ movie, actions, links }: CardBlock<SealedAction>, words: Wording): Drawn {
  const credit = creditMessage(movie);
  return {
    paragraphs: [
      [
        [{ style: 'bold', text: label(movie, TITLE, words) }],
        ...lineOf(facts([say(`kind.${movie.kind}`), ...factMessages(movie)], words)),
        ...cardMessages(movie).map((line) => fitLine(words.spans(line), ITEM_TEXT)),
      ],
      [
        ...lineOf(movie.overview ?? words.text(say('card.noOverview')), undefined, CARD_OVERVIEW),
        ...(credit ? lineOf(words.text(credit), 'italic') : []),
      ],
    ],
    rows: [
      ...packed(actions.map((action) => button(action, words))),
      ...packed(links.map((link) => button(link, words))),
    ],
    poster: firstPoster([movie]),
  };
}

/** "Title (1999)" in at most `max` units: the original beside a long title goes first, then it is cut before its year. */
function label(movie: Movie, max: number, words: Wording): string {
  const whole = words.text(titleWithYear(movie)).trim();
  const title = words.title(movie);
  if (whole.length <= max && limits.isVisible(title)) return fitText(whole, max);
  const withYear = (shown: string) =>
    words.text(
      movie.year === undefined
        ? say('result.title', { title: shown })
        : say('result.titleYear', { title: shown, year: String(movie.year) }),
    );
  return fitText(withYear(fitText(title, max - withYear('').length)), max);
}

function facts(messages: readonly Message[], words: Wording): string {
  return messages.map((message) => words.text(message)).join(' · ');
}

function firstPoster(movies: readonly Movie[]): string | undefined {
  return movies.map((movie) => limits.webAddress(movie.poster)).find((poster) => poster !== undefined);
}

/** A line of data's own words; none where there is nothing to see. */
function lineOf(text: string | undefined, style?: 'italic', max = ITEM_TEXT): Line[] {
  if (!text || !limits.isVisible(text)) return [];
  const fitted = fitText(text, max);
  return [[style ? ({ style, text: fitted } satisfies Span) : fitted]];
}

/** Telegram refuses a message in which nothing is to be seen. */
function visible(lines: readonly Line[]): readonly Line[] {
  return limits.isVisible(lines.flat().map(limits.textOf).join('')) ? lines : [['…']];
}

function callback(action: SealedAction, text: string): InlineKeyboardButton {
  return { text: fitText(text, limits.BUTTON_LABEL), callback_data: limits.callbackData(action.id) };
}

/** Undefined for a link that Telegram would refuse, and the whole message with it. */
function button(each: SealedAction | Link, words: Wording, username = ''): InlineKeyboardButton | undefined {
  const text = words.text(each.label);
  if (!isLink(each) && each.opens === 'private')
    return { text: fitText(text, limits.BUTTON_LABEL), url: limits.privateChat(username, each.id) };
  if (!isLink(each)) return callback(each, text);
  const url = limits.webAddress(each.href);
  return url ? { text: fitText(text, limits.BUTTON_LABEL), url } : undefined;
}

function narrowing(action: SealedAction, words: Wording): InlineKeyboardButton {
  return callback(action, words.text(say('telegram.narrow', { filter: action.label })));
}

/** Lets the reader send the list to any chat: whoever follows the link gets it from us. */
function sharing(
  { label: message, id }: SealedAction,
  words: Wording,
  username: string,
): InlineKeyboardButton {
  const text = fitText(words.text(message), limits.BUTTON_LABEL);
  return { text, url: limits.sharing(limits.privateChat(username, id)) };
}

type Buttons = readonly (InlineKeyboardButton | undefined)[];

function chunked(buttons: Buttons): Row[] {
  const there = buttons.filter((each) => each !== undefined);
  return Array.from({ length: Math.ceil(there.length / limits.ROW_BUTTONS) }, (_, index) =>
    there.slice(index * limits.ROW_BUTTONS, (index + 1) * limits.ROW_BUTTONS),
  );
}

/** As many buttons to a row as can be read there, in order. */
function packed(buttons: Buttons): Row[] {
  const rows: Row[] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const each of buttons) {
    if (!each) continue;
    used += each.text.length;
    if (used <= ROW_LABELS && rows.at(-1)!.length < limits.ROW_BUTTONS) rows.at(-1)!.push(each);
    else {
      rows.push([each]);
      used = each.text.length;
    }
  }
  return rows;
}

function keyboard(rows: readonly Row[]): InlineKeyboardMarkup {
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  if (count > limits.KEYBOARD_BUTTONS)
    throw new RangeError(`a message has ${count} buttons; Telegram takes ${limits.KEYBOARD_BUTTONS}`);
  return { inline_keyboard: rows.map((row) => [...row]) };
}
