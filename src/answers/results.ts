import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import type { Call } from '../chat/invocation.ts';
import { referenceTo } from '../chat/references.ts';
import type { Action, ResultsBlock } from '../chat/reply.ts';
import { type Message, say, titleOf } from '../messages/message.ts';
import type { RecommendationPage, Remark } from '../recommender/recommender.ts';

interface List {
  readonly seeds: readonly Movie[];
  /** In effect, worded. */
  readonly filters: readonly Message[];
  readonly answer: RecommendationPage;
  /** The arguments that give this list again; turning a page changes only the page. */
  readonly args: Call['args'];
}

/** One page of recommendations with the ways on from it. */
export function resultsBlock({ seeds, filters, answer, args }: List, tools: Tools): ResultsBlock<Action> {
  const turn = (label: Message, page: number): Action => ({
    label,
    run: { command: tools.call.command, args: { ...args, page: String(page) } },
    for: 'asker',
    opens: 'here',
  });
  return {
    kind: 'results',
    seeds,
    items: answer.items.map((item) => ({ ...item, similar: similarAction(item.movie) })),
    page: answer.page,
    pages: answer.pages,
    filters,
    notes: answer.remarks.map(remarkMessage),
    ...(answer.page > 1 && { previous: turn(say('button.previous'), answer.page - 1) }),
    ...(answer.page < answer.pages && { more: turn(say('button.more'), answer.page + 1) }),
  };
}

export function similarAction(movie: Movie): Action {
  return {
    label: say('button.similarTo', { title: titleOf(movie) }),
    run: { command: 'similar', args: { title: referenceTo(movie) } },
    for: 'anyone',
    opens: 'new',
  };
}

/** What is special about a list, in words. */
export function remarkMessage(remark: Remark): Message {
  switch (remark.kind) {
    case 'thinSeed':
      return say('note.thinSeed', { title: titleOf(remark.movie) });
    case 'notIndexed':
      return say('note.notIndexed', { title: titleOf(remark.movie) });
    case 'weak':
      return say('note.weak');
    case 'unknownField':
      return say('note.unknownField', { count: remark.count });
    case 'wordsOnly':
      return say('note.wordsOnly');
    case 'meaningAway':
      return say('note.meaningAway');
    case 'spareIndex':
      return say('note.spareIndex');
  }
}
