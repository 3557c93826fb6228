import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  type APIThumbnailComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import type { Movie } from '../../src/catalogue/movie.ts';
import { withoutPoll } from '../../src/chat/poll.ts';
import {
  type Block,
  type CardBlock,
  type ChoicesBlock,
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
import { type Line, layOut, type Part } from './layout.ts';
import * as limits from './limits.ts';
import { attachment, label, webAddress } from './markdown.ts';

export interface RenderOptions {
  /** Show posters as thumbnails. */
  readonly posters: boolean;
}

/** A whole message as the API takes it, the same for an answer, an edit and a follow-up; visibility is added there. */
export interface MessageBody {
  readonly flags: MessageFlags;
  readonly allowed_mentions: { readonly parse: [] };
  readonly components: APIMessageTopLevelComponent[];
}

const OVERVIEW = 240;
const CARD_OVERVIEW = 1500;
const MAX_CHOICE_BUTTONS = 5;

/** Draws a reply with Components V2. Pure. Throws RangeError where our own code goes beyond a limit of Discord's. */
export function renderMessage(reply: SealedReply, options: RenderOptions): MessageBody {
  const drawing = new Drawing(new Wording(reply.language), options);
  const parts = reply.blocks.flatMap((block) => drawing.block(block));
  const framed = reply.blocks.some((block) => block.kind !== 'text' && block.kind !== 'buttons');
  return {
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: { parse: [] },
    components: layOut(parts, framed),
  };
}

/** The files that go with the message: each is named in it. */
export function filesOf({ blocks }: SealedReply): { name: string; data: string }[] {
  return blocks.flatMap((block) => (block.kind === 'file' ? [{ name: block.name, data: block.text }] : []));
}

class Drawing {
  readonly #words: Wording;
  readonly #posters: boolean;
  /** Ids must be unique in a message; two buttons with one id would do the same, so the first is enough. */
  readonly #ids = new Set<string>();
  #selects = 0;

  constructor(words: Wording, options: RenderOptions) {
    this.#words = words;
    this.#posters = options.posters;
  }

  block(block: Block<SealedAction>): Part[] {
    switch (block.kind) {
      case 'text':
        return [{ lines: block.lines.map((line) => ({ spans: this.#spans(line) })) }];
      case 'results':
        return this.#results(block);
      case 'choices':
        return this.#choices(block);
      case 'card':
        return this.#card(block);
      case 'buttons':
        return this.#buttons(block.buttons);
      case 'poll':
        return withoutPoll(block).flatMap((each) => this.block(each));
      case 'file':
        return [{ type: ComponentType.File, file: { url: attachment(block.name) } }];
    }
  }

  #results(block: ResultsBlock<SealedAction>): Part[] {
    const about = [...block.notes];
    if (block.filters.length > 0) about.push(say('filter.inEffect', { filters: block.filters }));
    if (block.pages > 1) about.push(say('result.page', { page: block.page, pages: block.pages }));
    return [
      ...block.items.flatMap((item, index) =>
        index > 0 ? [DIVIDER, this.#result(item)] : [this.#result(item)],
      ),
      { lines: about.map((message) => this.#small(message)) },
      ...this.#select(
        say('button.similarPlaceholder'),
        block.items.map((item) => this.#option(item.similar, item.movie, [])),
      ),
      ...this.#select(
        say('rate.placeholder'),
        block.items.map(({ rating, movie }) => rating && this.#option(rating.whole, movie, [])),
      ),
      ...this.#select(
        say('button.narrowPlaceholder'),
        (block.narrow ?? []).map((each) => this.#optionOf(each, this.#words.text(each.label))),
      ),
      ...this.#buttons([block.previous, block.more, block.clear].filter((turn) => turn !== undefined)),
    ];
  }

  #result({ rank, movie, score, reasons }: ResultsBlock<SealedAction>['items'][number]): Part {
    const match = say('result.match', { percent: String(Math.round(score * 100)) });
    const title = `${rank}. ${this.#words.text(titleWithYear(movie))}`;
    return {
      lines: [
        { spans: [{ style: 'bold', text: title }] },
        { spans: [this.#joined([match, ...factMessages(movie)])] },
        ...(reasons.length > 0
          ? [{ spans: [{ style: 'italic', text: this.#joined(reasons.map(reasonMessage)) }] } as const]
          : []),
        { spans: [movie.overview ?? ''], prefix: '-# ', max: OVERVIEW },
      ],
      ...this.#poster(movie),
    };
  }

  #choices({ items }: ChoicesBlock<SealedAction>): Part[] {
    const lines = items.map(({ movie, tellsApart }, index): Line => {
      const title = `${index + 1}. ${this.#words.text(titleWithYear(movie))}`;
      return {
        spans: [
          { style: 'bold', text: title },
          ...(tellsApart.length > 0 ? [` · ${this.#joined(tellsApart)}`] : []),
        ],
      };
    });
    if (items.length <= MAX_CHOICE_BUTTONS)
      return [
        { lines },
        ...this.#rows(
          items.map(({ pick }, index) => this.#button(pick, `${index + 1}. ${this.#words.text(pick.label)}`)),
        ),
      ];
    const options = items.map((item) => this.#option(item.pick, item.movie, item.tellsApart));
    return [{ lines }, ...this.#select(say('button.pickPlaceholder'), options)];
  }

  #card({ movie, actions, links }: CardBlock<SealedAction>): Part[] {
    const credit = creditMessage(movie);
    return [
      {
        lines: [
          { spans: [this.#words.text(titleWithYear(movie))], prefix: '### ' },
          { spans: [this.#joined([say(`kind.${movie.kind}`), ...factMessages(movie)])] },
          ...cardMessages(movie).map((line) => ({ spans: this.#spans(line) })),
        ],
        ...this.#poster(movie),
      },
      {
        lines: [
          { spans: [movie.overview ?? this.#words.text(say('card.noOverview'))], max: CARD_OVERVIEW },
          ...(credit ? [this.#small(credit)] : []),
        ],
      },
      ...this.#buttons([...actions, ...links]),
    ];
  }

  /** A command in it is called what Discord shows it as to readers of the language. */
  #spans(message: Message): Span[] {
    const local = (text: string) =>
      text.replace(/^\/([a-z]+)(?![^\s])/u, (_, name) => `/${this.#words.name('command', name)}`);
    return this.#words
      .spans(message)
      .map((span) =>
        typeof span === 'object' && 'style' in span && span.style === 'code'
          ? { ...span, text: local(span.text) }
          : span,
      );
  }

  #small(message: Message): Line {
    return { spans: this.#spans(message), prefix: '-# ' };
  }

  #joined(messages: readonly Message[]): string {
    return messages.map((message) => this.#words.text(message)).join(' · ');
  }

  #poster(movie: Movie): { thumbnail: APIThumbnailComponent } | undefined {
    const url = this.#posters && movie.poster ? webAddress(movie.poster) : undefined;
    if (!url?.startsWith('https:') || url.length > limits.POSTER_URL) return undefined;
    const description = this.#words.text(say('poster.alt', { title: titleWithYear(movie) }));
    return {
      thumbnail: {
        type: ComponentType.Thumbnail,
        media: { url },
        description: label(description, limits.ALT_TEXT),
      },
    };
  }

  #buttons(buttons: readonly (SealedAction | Link)[]): Part[] {
    return this.#rows(
      buttons.map((button) =>
        isLink(button) ? this.#link(button) : this.#button(button, this.#words.text(button.label)),
      ),
    );
  }

  #button(action: SealedAction, text: string): APIButtonComponent | undefined {
    if (!this.#isNew(action.id)) return undefined;
    return {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: label(text, limits.BUTTON_LABEL),
      custom_id: action.id,
    };
  }

  #link(link: Link): APIButtonComponent | undefined {
    const url = webAddress(link.href);
    if (!url || url.length > limits.LINK_URL) return undefined;
    const text = label(this.#words.text(link.label), limits.BUTTON_LABEL);
    return { type: ComponentType.Button, style: ButtonStyle.Link, label: text, url };
  }

  #rows(buttons: readonly (APIButtonComponent | undefined)[]): Part[] {
    const shown = buttons.filter((button) => button !== undefined);
    const rows = Array.from({ length: Math.ceil(shown.length / limits.BUTTONS_IN_ROW) }, (_, row) =>
      shown.slice(row * limits.BUTTONS_IN_ROW, (row + 1) * limits.BUTTONS_IN_ROW),
    );
    return rows.map((components) => actionRow(components));
  }

  #select(placeholder: Message, options: readonly (APISelectMenuOption | undefined)[]): Part[] {
    const shown = options.filter((option) => option !== undefined);
    limits.assertAtMost('options', shown.length, limits.SELECT_OPTIONS);
    if (shown.length === 0) return [];
    this.#selects += 1;
    return [
      actionRow([
        {
          type: ComponentType.StringSelect,
          custom_id: `select-${this.#selects}`,
          placeholder: label(this.#words.text(placeholder), limits.PLACEHOLDER),
          options: shown,
        },
      ]),
    ];
  }

  /** The value of an option is the id of a button: what a person chooses comes in like what they press. */
  #optionOf(action: SealedAction, text: string): APISelectMenuOption | undefined {
    if (!this.#isNew(action.id)) return undefined;
    return { label: label(text, limits.OPTION_LABEL), value: action.id };
  }

  #option(action: SealedAction, movie: Movie, about: readonly Message[]): APISelectMenuOption | undefined {
    const option = this.#optionOf(action, this.#words.text(titleWithYear(movie)));
    const description = this.#joined(about);
    return option && description
      ? { ...option, description: label(description, limits.OPTION_DESCRIPTION) }
      : option;
  }

  #isNew(id: string): boolean {
    limits.assertAtMost('custom_id', id.length, limits.CUSTOM_ID);
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    return true;
  }
}

const DIVIDER = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
} as const;

function actionRow(
  components: APIComponentInMessageActionRow[],
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return { type: ComponentType.ActionRow, components };
}
