import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import { formatReferences, referenceTo } from '../chat/references.ts';
import type { Action, Block, Reply } from '../chat/reply.ts';
import { type Message, say, titleOf } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';
import type { MovieFilters } from '../recommender/filters.ts';
import type { RecommendationPage } from '../recommender/recommender.ts';
import { filterMessages } from './filters.ts';
import type { FoundMovies } from './find-movies.ts';
import { remarkMessage, resultsBlock, seriesBlock, withoutFilters } from './results.ts';

interface Answered {
  readonly found: FoundMovies;
  readonly filters: MovieFilters;
  readonly answer: RecommendationPage;
}

/** The list, what it was understood from, and the ways on from it. */
export function similarReply({ found, filters, answer }: Answered, tools: Tools): Reply {
  const inEffect = filterMessages(filters, tools.language);
  if (answer.pages === 0) return nothingReply(found, inEffect, answer, tools);
  if (answer.items.length === 0)
    throw new UserError(say('similar.noPage', { page: answer.page, pages: answer.pages }));
  const blocks: Block<Action>[] = [
    { kind: 'text', lines: [...heading(found), ...ownSeries(answer)] },
    listOf(found, inEffect, answer, tools),
    ...seriesBlock(answer),
  ];
  if (found.others.length > 0 && answer.page === 1) blocks.push(...notIt(found.others, tools));
  return { blocks };
}

function heading(found: FoundMovies): Message[] {
  const [seed] = found.seeds;
  const lines: Message[] = [];
  if (found.seeds.length > 1 || found.away.length > 0 || found.words?.length) lines.push(blendHeading(found));
  else if (seed?.year === undefined) lines.push(say('similar.matchNoYear', { title: titleOf(seed!) }));
  else lines.push(say('similar.match', { title: titleOf(seed), year: String(seed.year) }));
  if (found.yearTyped !== undefined && seed?.year !== undefined)
    lines.push(say('similar.yearOff', { typed: String(found.yearTyped), year: String(seed.year) }));
  return lines;
}

function blendHeading({ seeds, away, words = [] }: FoundMovies): Message {
  const named = (movies: readonly Movie[], isAway: boolean) => [
    ...movies.map(titleWithYear),
    ...words
      .filter((each) => each.away === isAway)
      .map(({ text }) => say('similar.asWords', { text: { themeOf: text } })),
  ];
  const [titles, from] = [named(seeds, false), named(away, true)];
  if (from.length === 0) return say('similar.blend', { titles });
  return say('similar.blendAway', { titles, away: from });
}

function ownSeries({ remarks }: RecommendationPage): Message[] {
  return remarks.filter(({ kind }) => kind === 'ownSeries').map(remarkMessage);
}

function listOf(found: FoundMovies, filters: readonly Message[], answer: RecommendationPage, tools: Tools) {
  const args = { ...tools.call.args, title: written(found) };
  // What stands above the list is not said again among its notes.
  const below = { ...answer, remarks: answer.remarks.filter(({ kind }) => kind !== 'ownSeries') };
  return resultsBlock({ seeds: found.seeds, filters, answer: below, args }, tools);
}

function notIt(others: readonly Movie[], tools: Tools): Block<Action>[] {
  return [
    { kind: 'text', lines: [say('similar.notIt')] },
    {
      kind: 'buttons',
      buttons: others.slice(0, 3).map((movie) => ({
        label: titleWithYear(movie),
        run: { command: tools.call.command, args: { ...tools.call.args, title: referenceTo(movie) } },
        for: 'asker',
        opens: 'here',
      })),
    },
  ];
}

function nothingReply(
  found: FoundMovies,
  filters: readonly Message[],
  answer: RecommendationPage,
  tools: Tools,
): Reply {
  const title = titleOf(found.seeds[0]!);
  if (filters.length === 0) return { blocks: [{ kind: 'text', lines: [say('similar.none', { title })] }] };
  const lines = [say('similar.noneFiltered', { title, filters }), ...answer.remarks.map(remarkMessage)];
  const call = { ...tools.call, args: { ...tools.call.args, title: written(found) } };
  return { blocks: [{ kind: 'text', lines }, ...withoutFilters(call, 'title', answer)] };
}

/** The seeds as references and the words in quotes: what a button repeats means the same for good. */
function written({ seeds, away, words = [] }: FoundMovies): string {
  const movies = formatReferences([
    ...seeds.map((movie) => ({ number: movie.number, away: false })),
    ...away.map((movie) => ({ number: movie.number, away: true })),
  ]);
  return [movies, ...words.map((each) => `${each.away ? '-' : '+'} "${each.text}"`)].join(' ');
}
