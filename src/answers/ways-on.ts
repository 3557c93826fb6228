import { addFilters } from '../chat/add-filters.ts';
import type { Tools } from '../chat/command.ts';
import { filterArgs } from '../chat/filter-args.ts';
import type { Call } from '../chat/invocation.ts';
import type { Action, ResultsBlock } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import { typedFilterMessages } from './filters.ts';
import { narrowings } from './narrowings.ts';
import type { List } from './results.ts';

/** Buttons are few, and one more genre would push out another kind of filter. */
const GENRES_OFFERED = 1;

/**
 * What narrows a list, what widens it again, and what hands it on. The words of a story fit no button, and each that
 * stands for them is stored for good: such a list is narrowed by typing.
 */
export function waysOn(
  { seeds, filters, answer, args }: List,
  { call, language }: Pick<Tools, 'call' | 'language'>,
): Pick<ResultsBlock<Action>, 'narrow' | 'clear' | 'share'> {
  const again = (label: Message, changed: Call['args']): Action => ({
    label,
    run: { command: call.command, args: changed },
    for: 'asker',
    opens: 'here',
  });
  const { page: _page, ...first } = args;
  const movies = answer.items.map(({ movie }) => movie);
  const offers = seeds.length > 0 && answer.pages > 1 ? narrowings(movies, first, GENRES_OFFERED) : [];
  const bare = Object.entries(first).filter(([name]) => !Object.hasOwn(filterArgs, name));
  return {
    narrow: offers.flatMap(({ name, text }) =>
      typedFilterMessages(name, text, language).map((label) =>
        again(label, addFilters(first, { [name]: text })),
      ),
    ),
    ...(filters.length > 0 && { clear: again(say('similar.withoutFilters'), Object.fromEntries(bare)) }),
    share: {
      label: say('button.share'),
      run: { command: call.command, args: { ...first, page: '1' } },
      for: 'anyone',
      opens: 'new',
    },
  };
}
