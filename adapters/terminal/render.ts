import { styleText } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Movie } from '../../src/catalogue/movie.ts';
import { withoutPoll } from '../../src/chat/poll.ts';
import {
  type Block,
  isLink,
  type ResultItem,
  type SealedAction,
  type SealedReply,
} from '../../src/chat/reply.ts';
import { type Message, say } from '../../src/messages/message.ts';
import { cardMessages, creditMessage, factMessages, titleWithYear } from '../../src/messages/movie-words.ts';
import { reasonMessage } from '../../src/messages/reason-words.ts';
import { Wording } from '../../src/messages/wording.ts';

export interface Screen {
  /** Characters to a line. */
  readonly columns: number;
  readonly colours: boolean;
}

/** What a reply looks like, and what can be typed next. */
export interface Drawn {
  readonly text: string;
  /** Button ids that a bare number picks, in order. */
  readonly picks: readonly string[];
  /** Button ids by what is typed for them, such as `/more`. */
  readonly shortcuts: ReadonlyMap<string, string>;
}

const MIN_COLUMNS = 20;
const MAX_COLUMNS = 100;
const OVERVIEW_LENGTH = 220;

/** What is typed before a rank to rate that film, in the order of the quick ratings. */
const NOT_THIS = '!';
const RATING_SIGNS = ['+', '-', '=', NOT_THIS];

type Style = Parameters<typeof styleText>[0];

/** Draws a reply for a terminal: pure, the same text for the same reply and screen. */
export function render(reply: SealedReply, screen: Screen): Drawn {
  const drawing = new Drawing(new Wording(reply.language), screen);
  for (const block of reply.blocks) drawing.block(block);
  return drawing.done();
}

class Drawing {
  readonly #words: Wording;
  readonly #columns: number;
  readonly #colours: boolean;
  readonly #paragraphs: string[] = [];
  readonly #picks: string[] = [];
  readonly #shortcuts = new Map<string, string>();
  readonly #rating = new Map<string, string>();

  constructor(words: Wording, screen: Screen) {
    this.#words = words;
    this.#columns = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, screen.columns));
    this.#colours = screen.colours;
  }

  done(): Drawn {
    const hints: Message[] = [];
    if (this.#picks.length > 0) hints.push(say('terminal.pick'));
    if (this.#shortcuts.size > 0) hints.push(say('terminal.actions', { choices: this.#shortcutNames() }));
    if (this.#rating.size > 0)
      hints.push(say(this.#rating.has(`${NOT_THIS}1`) ? 'terminal.rateForYou' : 'terminal.rate'));
    if (hints.length > 0) this.#paragraph(hints.map((hint) => this.#style('dim', this.#words.text(hint))));
    const shortcuts = new Map([...this.#shortcuts, ...this.#rating]);
    return { text: this.#paragraphs.join('\n\n'), picks: this.#picks, shortcuts };
  }

  block(block: Block<SealedAction>): void {
    switch (block.kind) {
      case 'text':
        this.#paragraph(block.lines.map((line) => this.#styled(line)));
        break;
      case 'results':
        this.#results(block);
        break;
      case 'choices':
        this.#choices(block);
        break;
      case 'card':
        this.#card(block);
        break;
      case 'buttons':
        this.#paragraph(block.buttons.map((button) => this.#button(button)));
        break;
      case 'file':
        this.#paragraphs.push(block.text.replaceAll(/(?!\n)\p{Cc}/gu, ''));
        break;
      case 'poll':
        for (const each of withoutPoll(block)) this.block(each);
        break;
      default:
        block satisfies never;
    }
  }

  #results(block: Extract<Block<SealedAction>, { kind: 'results' }>): void {
    for (const item of block.items) {
      const facts = this.#joined(factMessages(item.movie));
      const reasons = item.reasons.map((reason) => this.#words.text(reasonMessage(reason))).join(' · ');
      this.#paragraph([
        this.#ranked(item.rank, item.movie, item.score),
        ...this.#indented(facts, 'dim'),
        ...this.#indented(reasons, 'cyan'),
        ...this.#indented(shortened(item.movie.overview ?? '')),
      ]);
      this.#shortcuts.set(`/${item.rank}`, item.similar.id);
      if (item.rating) this.#ratings(item.rank, item.rating);
    }
    const notes = [...block.notes];
    if (block.filters.length > 0) notes.push(say('filter.inEffect', { filters: block.filters }));
    if (block.pages > 1) notes.push(say('result.page', { page: block.page, pages: block.pages }));
    if (notes.length > 0) this.#paragraph(notes.map((note) => this.#styled(note)));
    if (block.previous) this.#shortcuts.set('/back', block.previous.id);
    if (block.more) this.#shortcuts.set('/more', block.more.id);
  }

  /** "+2", "-2", "=2": good, bad, seen; "*2": stars. */
  #ratings(rank: number, { quick, whole }: NonNullable<ResultItem<SealedAction>['rating']>): void {
    for (const [index, sign] of RATING_SIGNS.entries()) {
      const action = quick[index];
      if (action) this.#rating.set(`${sign}${rank}`, action.id);
    }
    this.#rating.set(`*${rank}`, whole.id);
  }

  /** " 1  Title (2010)                 82 %": the percentage at the right edge while there is room for it. */
  #ranked(rank: number, movie: Movie, score: number): string {
    const number = String(rank).padStart(2);
    const percent = this.#words.text(say('result.match', { percent: String(Math.round(score * 100)) }));
    const title = this.#words.text(titleWithYear(movie));
    const gap = this.#columns - stringWidth(`${number}  ${title}${percent}`);
    const styled = `${number}  ${this.#style('bold', title)}`;
    return gap >= 2 ? `${styled}${' '.repeat(gap)}${percent}` : `${styled}  ${percent}`;
  }

  #choices(block: Extract<Block<SealedAction>, { kind: 'choices' }>): void {
    this.#paragraph(
      block.items.map((item) => {
        const apart = item.tellsApart.map((message) => this.#words.text(message)).join(' · ');
        const title = this.#style('bold', this.#words.text(titleWithYear(item.movie)));
        return this.#numbered(item.pick.id, apart ? `${title} · ${apart}` : title);
      }),
    );
  }

  #card(block: Extract<Block<SealedAction>, { kind: 'card' }>): void {
    const { movie } = block;
    const credit = creditMessage(movie);
    this.#paragraph([
      this.#style('bold', this.#words.text(titleWithYear(movie))),
      this.#joined([say(`kind.${movie.kind}`), ...factMessages(movie)]),
      ...cardMessages(movie).map((line) => this.#words.text(line)),
    ]);
    this.#paragraph([movie.overview ?? this.#words.text(say('card.noOverview'))]);
    if (credit) this.#paragraph([this.#style('dim', this.#words.text(credit))]);
    if (block.links.length > 0) this.#paragraph(block.links.map((link) => this.#button(link)));
    for (const action of block.actions) this.#paragraph([this.#button(action)]);
  }

  #button(button: SealedAction | { label: Message; href: string }): string {
    const label = this.#words.text(button.label);
    return isLink(button) ? `${label}: ${button.href}` : this.#numbered(button.id, label);
  }

  #numbered(id: string, text: string): string {
    return `${String(this.#picks.push(id)).padStart(2)}  ${text}`;
  }

  #paragraph(lines: readonly string[]): void {
    const wrapped = lines.filter((line) => line !== '').map((line) => this.#wrap(line));
    if (wrapped.length > 0) this.#paragraphs.push(wrapped.join('\n'));
  }

  #indented(text: string, style?: Style): string[] {
    if (!text) return [];
    const wrapped = this.#wrap(text, this.#columns - 4).split('\n');
    return wrapped.map((line) => `    ${style ? this.#style(style, line) : line}`);
  }

  /** The first line keeps its indent; the blanks around a break belong to no line. */
  #wrap(text: string, columns = this.#columns): string {
    return wrapAnsi(withoutControls(text, this.#colours), columns, { hard: true, trim: false })
      .split('\n')
      .map((line, index) => (index === 0 ? line.trimEnd() : line.trim()))
      .join('\n');
  }

  #styled(message: Message): string {
    return this.#words
      .spans(message)
      .map((span) => {
        if (typeof span === 'string') return span;
        if ('href' in span) return `${span.text} (${span.href})`;
        return this.#style(span.style === 'code' ? 'cyan' : span.style, span.text);
      })
      .join('');
  }

  #style(style: Style, text: string): string {
    return this.#colours ? styleText(style, text, { validateStream: false }) : text;
  }

  #joined(messages: readonly Message[]): string {
    return messages.map((message) => this.#words.text(message)).join(' · ');
  }

  #shortcutNames(): string[] {
    const ranks = [...this.#shortcuts.keys()].filter((name) => /\d/u.test(name));
    const words = [...this.#shortcuts.keys()].filter((name) => !/\d/u.test(name));
    const range = this.#words.text(
      say('terminal.similarTo', { first: ranks[0] ?? '', last: ranks.at(-1) ?? '' }),
    );
    return ranks.length > 0 ? [...words, range] : words;
  }
}

function shortened(text: string): string {
  if (text.length <= OVERVIEW_LENGTH) return text;
  const cut = text.slice(0, OVERVIEW_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), OVERVIEW_LENGTH / 2)).toWellFormed()}…`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /\u001b\[\d+m|\p{Cc}/gu;

/** Nothing in a movie's data may move the cursor; of escapes only colours pass, and those only where they are wanted. */
function withoutControls(text: string, colours: boolean): string {
  return text.replaceAll(CONTROLS, (control) => (colours && control.length > 1 ? control : ''));
}
