import type { InlineQueryResultArticle, Opts } from '@grammyjs/types';
import type { Suggestion } from '../../src/chat/complete.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import type { Language } from '../../src/messages/languages.ts';
import { say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';
import { HELP_PARAMETER } from './read.ts';
import { type RenderOptions, renderMessage } from './render.ts';

/** Films to a page of suggestions; the client asks for the next one while the person scrolls. */
export const SEARCH_PAGE = 10;

/** Seconds. A found film stays found; what is missing today may be imported in a minute. */
const CACHE = { found: 300, nothing: 10 } as const;

export type SearchAnswer = Omit<Opts<never>['answerInlineQuery'], 'inline_query_id'>;

/** A film as a suggestion that posts its card when it is picked. Undefined where there is no card to post. */
export function article(
  suggestion: Suggestion,
  card: SealedReply,
  options: RenderOptions,
): InlineQueryResultArticle | undefined {
  const movie = card.blocks.find((block) => block.kind === 'card')?.movie;
  if (card.refused || !movie) return undefined;
  const words = new Wording(card.language);
  const { text: message_text, reply_markup, ...rest } = renderMessage(card, options);
  const genres = movie.genres.map((slug) => words.text(say(`genre.${slug}`))).join(', ');
  const description = [genres, movie.overview ?? ''].filter(limits.isVisible).join(' · ');
  const poster = options.posters ? limits.webAddress(movie.poster) : undefined;
  return {
    type: 'article',
    id: limits.inlineResultId(suggestion.value),
    title: limits.fitText(suggestion.label, limits.INLINE_TITLE),
    ...(description && { description: limits.fitText(description, limits.INLINE_DESCRIPTION) }),
    ...(poster && { thumbnail_url: poster }),
    input_message_content: { message_text, ...rest },
    ...(reply_markup && { reply_markup }),
  };
}

/** One page of suggestions. Where nothing is found at all, a button leads to what can be asked. */
export function searchAnswer(
  page: { articles: readonly InlineQueryResultArticle[]; offset: number; all: number },
  typed: string,
  language: Language,
): SearchAnswer {
  const { articles, offset, all } = page;
  const nothing = all === 0 && typed.trim().length > 1;
  const text = new Wording(language).text(say('telegram.inlineNone'));
  return {
    results: [...articles].slice(0, limits.INLINE_RESULTS),
    cache_time: all === 0 ? CACHE.nothing : CACHE.found,
    // Cards are worded in the person's own language.
    is_personal: true,
    next_offset: offset + SEARCH_PAGE < all ? String(offset + SEARCH_PAGE) : '',
    ...(nothing && {
      button: { text: limits.fitText(text, limits.INLINE_BUTTON), start_parameter: HELP_PARAMETER },
    }),
  };
}
