import { quote } from '../chat/args.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import type { Reply } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import type { MovieFilters } from '../recommender/filters.ts';
import type { RecommendationPage } from '../recommender/recommender.ts';
import { filterMessages } from './filters.ts';
import { remarkMessage, resultsBlock, withoutFilters } from './results.ts';

/** The films whose story is like a text. */
export function plotReply(
  text: string,
  filters: MovieFilters,
  answer: RecommendationPage,
  tools: Tools,
): Reply {
  const inEffect = filterMessages(filters, tools.language);
  if (answer.pages === 0) return nothingReply(text, inEffect, answer, tools);
  if (answer.items.length === 0)
    throw new UserError(say('similar.noPage', { page: answer.page, pages: answer.pages }));
  return {
    blocks: [
      { kind: 'text', lines: [say('plot.heading', { text: quote(text) })] },
      resultsBlock({ seeds: [], filters: inEffect, answer, args: tools.call.args }, tools),
    ],
  };
}

function nothingReply(
  text: string,
  filters: readonly Message[],
  answer: RecommendationPage,
  tools: Tools,
): Reply {
  const notes = answer.remarks.map(remarkMessage);
  if (filters.length === 0)
    return { blocks: [{ kind: 'text', lines: [say('plot.none', { text: quote(text) }), ...notes] }] };
  return {
    blocks: [
      { kind: 'text', lines: [say('plot.noneFiltered', { text: quote(text), filters }), ...notes] },
      ...withoutFilters(tools.call, 'text', answer),
    ],
  };
}
