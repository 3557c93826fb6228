import type { Movie } from '../catalogue/movie.ts';
import { addFilters } from '../chat/add-filters.ts';
import type { Tools, Values } from '../chat/command.ts';
import { filterArgs, filtersFrom } from '../chat/filter-args.ts';
import type { Call } from '../chat/invocation.ts';
import type { Action, ResultsBlock } from '../chat/reply.ts';
import type { Language } from '../messages/languages.ts';
import { type Message, say } from '../messages/message.ts';
import { filterMessages } from './filters.ts';
import type { List } from './results.ts';

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
  const narrow = seeds.length > 0 && answer.pages > 1 ? narrowings(movies, first, language) : [];
  const bare = Object.entries(first).filter(([name]) => !Object.hasOwn(filterArgs, name));
  return {
    narrow: narrow.map((each) => again(each.label, each.args)),
    ...(filters.length > 0 && { clear: again(say('similar.withoutFilters'), Object.fromEntries(bare)) }),
    share: {
      label: say('button.share'),
      run: { command: call.command, args: { ...first, page: '1' } },
      for: 'anyone',
      opens: 'new',
    },
  };
}

/** A filter that would narrow a list, and the arguments of the narrowed list. */
interface Narrowing {
  readonly label: Message;
  readonly args: Call['args'];
}

/** Minutes. */
const SHORT = '100';

/** Filters that most of these movies would pass and some would not, the most telling first: one press narrows the list. */
function narrowings(movies: readonly Movie[], args: Call['args'], language: Language): Narrowing[] {
  const offers: Record<string, string>[] = [];
  const genres = args.genre?.split(',') ?? [];
  const genre = mostly(
    movies,
    (movie) => movie.genres,
    (slug) => !genres.some((each) => each.endsWith(slug)),
  );
  if (genre) offers.push({ genre });
  const decade = mostly(movies, ({ year }) => (year === undefined ? [] : [`${year - (year % 10)}s`]));
  if (decade && !(args.decade || args.from || args.to)) offers.push({ decade });
  if (!args.runtime) offers.push({ runtime: SHORT });
  if (!args.popularity) offers.push({ popularity: 'low' });
  return offers.map((added) => ({ label: labelOf(added, language), args: addFilters(args, added) }));
}

/** What most of the movies have, but not all of them. */
function mostly<T>(
  movies: readonly Movie[],
  of: (movie: Movie) => readonly T[],
  allowed: (value: T) => boolean = () => true,
): T | undefined {
  const counts = new Map<T, number>();
  for (const value of movies.flatMap(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const telling = [...counts].filter(([value, count]) => count < movies.length && allowed(value));
  return telling.sort((a, b) => b[1] - a[1])[0]?.[0];
}

function labelOf(added: Record<string, string>, language: Language): Message {
  const values = Object.entries(added).map(([name, text]) => [
    name,
    filterArgs[name as keyof typeof filterArgs].parse(text),
  ]);
  const [message] = filterMessages(
    filtersFrom(Object.fromEntries(values) as Values<typeof filterArgs>),
    language,
  );
  return message ?? say('kind.any');
}
