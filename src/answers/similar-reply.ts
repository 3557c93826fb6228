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
import { resultsBlock } from './results.ts';

interface Answered {
  readonly found: FoundMovies;
  readonly filters: MovieFilters;
  readonly answer: RecommendationPage;
}

/** The list, what it was understood from, and the ways on from it. */
export function similarReply({ found, filters, answer }: Answered, tools: Tools): Reply {
  const inEffect = filterMessages(filters, tools.language);
  if (answer.pages === 0) return nothingReply(found, inEffect, tools);
  if (answer.items.length === 0)
    throw new UserError(say('similar.noPage', { page: answer.page, pages: answer.pages }));
  const blocks: Block<Action>[] = [
    { kind: 'text', lines: heading(found) },
    listOf(found, inEffect, answer, tools),
  ];
  if (found.others.length > 0 && answer.page === 1) blocks.push(...notIt(found.others, tools));
  return { blocks };
}

function heading(found: FoundMovies): Message[] {
  const [seed] = found.seeds;
  const lines: Message[] = [];
  if (found.seeds.length > 1 || found.away.length > 0) lines.push(blendHeading(found));
  else if (seed?.year === undefined) lines.push(say('similar.matchNoYear', { title: titleOf(seed!) }));
  else lines.push(say('similar.match', { title: titleOf(seed), year: String(seed.year) }));
  if (found.yearTyped !== undefined && seed?.year !== undefined)
    lines.push(say('similar.yearOff', { typed: String(found.yearTyped), year: String(seed.year) }));
  return lines;
}

function blendHeading({ seeds, away }: FoundMovies): Message {
  const titles = seeds.map(titleWithYear);
  return away.length === 0
    ? say('similar.blend', { titles })
    : say('similar.blendAway', { titles, away: away.map(titleWithYear) });
}

function listOf(found: FoundMovies, filters: readonly Message[], answer: RecommendationPage, tools: Tools) {
  // The title is written as references, so that a page turned later is a page of the same list.
  const title = formatReferences([
    ...found.seeds.map((movie) => ({ number: movie.number, away: false })),
    ...found.away.map((movie) => ({ number: movie.number, away: true })),
  ]);
  return resultsBlock({ seeds: found.seeds, filters, answer, args: { ...tools.call.args, title } }, tools);
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

function nothingReply(found: FoundMovies, filters: readonly Message[], tools: Tools): Reply {
  const title = titleOf(found.seeds[0]!);
  if (filters.length === 0) return { blocks: [{ kind: 'text', lines: [say('similar.none', { title })] }] };
  return {
    blocks: [
      { kind: 'text', lines: [say('similar.noneFiltered', { title, filters })] },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('similar.withoutFilters'),
            run: { command: tools.call.command, args: { title: referenceTo(found.seeds[0]!) } },
            for: 'asker',
            opens: 'here',
          },
        ],
      },
    ],
  };
}
