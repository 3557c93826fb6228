import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import type { Action, Block, Reply } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import type { MovieFilters } from '../recommender/filters.ts';
import type { ForYouPage, Sureness } from '../recommender/personal/queries.ts';
import { choicesBlock } from './choices.ts';
import { filterMessages } from './filters.ts';
import { verdictAction } from './rating.ts';
import { remarkMessage, resultsBlock, seriesBlock, withoutFilters } from './results.ts';

/** Films to begin with: a tap on each that was liked, then the list. */
export function startersReply(movies: readonly Movie[], tools: Tools): Reply {
  if (movies.length === 0) throw new UserError(say('forYou.nothing'));
  const show: Action = { label: say('forYou.show'), run: tools.call, for: 'asker', opens: 'new' };
  return {
    blocks: [
      { kind: 'text', lines: [say('forYou.start')] },
      choicesBlock(movies, (movie) => verdictAction(movie, 'liked').run, 'new'),
      { kind: 'buttons', buttons: [show] },
    ],
  };
}

/** The list for one person, and how much it is worth. */
export function forYouReply(filters: MovieFilters, answer: ForYouPage, tools: Tools): Reply {
  const inEffect = filterMessages(filters, tools.language);
  if (answer.pages === 0) return nothingReply(inEffect, answer, tools);
  if (answer.items.length === 0)
    throw new UserError(say('similar.noPage', { page: answer.page, pages: answer.pages }));
  const blocks: Block<Action>[] = [
    { kind: 'text', lines: [say('forYou.heading'), surenessMessage(answer.sureness)] },
    resultsBlock({ seeds: [], filters: inEffect, answer, args: tools.call.args, recommended: true }, tools),
    ...seriesBlock(answer),
  ];
  return { blocks };
}

/** How much a list for somebody is worth, in words. */
export function surenessMessage({ level, ratings }: Sureness): Message {
  return level === 'nothing' ? say('forYou.sure.nothing') : say(`forYou.sure.${level}`, { count: ratings });
}

function nothingReply(filters: readonly Message[], answer: ForYouPage, tools: Tools): Reply {
  if (filters.length === 0) return { blocks: [{ kind: 'text', lines: [say('forYou.nothing')] }] };
  const lines = [say('forYou.noneFiltered', { filters }), ...answer.remarks.map(remarkMessage)];
  return { blocks: [{ kind: 'text', lines }, ...withoutFilters(tools.call, undefined, answer)] };
}
