import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import type { Call } from '../chat/invocation.ts';
import { referenceTo } from '../chat/references.ts';
import type { Action, Block, ResultsBlock } from '../chat/reply.ts';
import { type Message, say, titleOf } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';
import type { FilterName } from '../recommender/filters.ts';
import type { RecommendationPage, Remark } from '../recommender/recommender.ts';
import { ratingOf } from './rating.ts';
import { waysOn } from './ways-on.ts';

export interface List {
  readonly seeds: readonly Movie[];
  /** In effect, worded. */
  readonly filters: readonly Message[];
  readonly answer: RecommendationPage;
  /** The arguments that give this list again; turning a page changes only the page. */
  readonly args: Call['args'];
  /** The films were chosen for one person, who may say "not this". */
  readonly recommended?: boolean;
}

/** One page of recommendations with the ways on from it. */
export function resultsBlock(
  { seeds, filters, answer, args, recommended = false }: List,
  tools: Tools,
): ResultsBlock<Action> {
  const turn = (label: Message, page: number): Action => ({
    label,
    run: { command: tools.call.command, args: { ...args, page: String(page) } },
    for: 'asker',
    opens: 'here',
  });
  return {
    kind: 'results',
    seeds,
    items: answer.items.map((item) => ({
      ...item,
      similar: similarAction(item.movie),
      rating: ratingOf(item.movie, { recommended }),
    })),
    page: answer.page,
    pages: answer.pages,
    filters,
    notes: answer.remarks.map(remarkMessage),
    ...(answer.page > 1 && { previous: turn(say('button.previous'), answer.page - 1) }),
    ...(answer.page < answer.pages && { more: turn(say('button.more'), answer.page + 1) }),
    ...waysOn({ seeds, filters, answer, args }, tools),
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

/** A button to each series that takes one place in the list. */
export function seriesBlock({ items }: RecommendationPage): Block<Action>[] {
  const buttons = items.flatMap(({ movie, series }): Action[] =>
    series ? [seriesAction(movie, series.name, series.count)] : [],
  );
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

export function seriesAction(movie: Movie, name: string, count: number): Action {
  return {
    label: say('series.open', { name, count }),
    run: { command: 'series', args: { title: referenceTo(movie) } },
    for: 'anyone',
    opens: 'new',
  };
}

/** The arguments that set each filter. */
const ARGS_OF: Readonly<Record<FilterName, readonly string[]>> = {
  genre: ['genre'],
  years: ['from', 'to', 'decade'],
  runtime: ['runtime'],
  language: ['language'],
  country: ['country'],
  kind: ['kind'],
  votes: ['votes'],
  popularity: ['popularity'],
};

/** Ways out of a list that the filters emptied: without the one that did it, and without any. */
export function withoutFilters(
  call: Call,
  keep: string | undefined,
  { remarks }: RecommendationPage,
): Block<Action>[] {
  const action = (label: Message, args: Call['args']): Action => ({
    label,
    run: { command: call.command, args },
    for: 'asker',
    opens: 'here',
  });
  const without = remarks.flatMap((remark): Action[] => {
    if (remark.kind !== 'emptiedBy') return [];
    const left = Object.entries(call.args).filter(([name]) => !ARGS_OF[remark.filter].includes(name));
    const label = say('similar.without', { filter: say(`filterName.${remark.filter}`) });
    return [action(label, Object.fromEntries(left))];
  });
  const all = action(
    say('similar.withoutFilters'),
    keep === undefined ? {} : { [keep]: call.args[keep] ?? '' },
  );
  return [{ kind: 'buttons', buttons: [...without, all] }];
}

/** What is special about a list, in words. */
export function remarkMessage(remark: Remark): Message {
  switch (remark.kind) {
    case 'thinSeed':
      return say('note.thinSeed', { title: titleOf(remark.movie) });
    case 'notIndexed':
      return say('note.notIndexed', { title: titleOf(remark.movie) });
    case 'guessedGenres':
      return say('note.guessedGenres', {
        title: titleOf(remark.movie),
        genres: remark.genres.map((genre) => say(`genre.${genre}`)),
      });
    case 'plotGenres':
      return say('note.plotGenres', { genres: remark.genres.map((genre) => say(`genre.${genre}`)) });
    case 'weak':
      return say('note.weak');
    case 'unknownField':
      return say('note.unknownField', { count: remark.count });
    case 'emptiedBy':
      return say('note.emptiedBy', { filter: say(`filterName.${remark.filter}`) });
    case 'ownSeries':
      return say('similar.ownSeries', { name: remark.name, titles: remark.movies.map(titleWithYear) });
    case 'wordsOnly':
      return say('note.wordsOnly');
    case 'meaningAway':
      return say('note.meaningAway');
    case 'moodNotUnderstood':
      return say('note.moodNotUnderstood');
    case 'spareIndex':
      return say('note.spareIndex');
  }
}
