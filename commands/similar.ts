import { findMovies } from '../src/answers/find-movies.ts';
import { similarReply } from '../src/answers/similar-reply.ts';
import { required, titleArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { filterArgs, filtersFrom, pageArg, privateArg } from '../src/chat/filter-args.ts';

const PAGE_SIZE = 5;

export const similar = defineCommand({
  name: 'similar',
  code: 1,
  summary: 'similar.summary',
  args: {
    title: required(titleArg({ code: 1, summary: 'arg.title' })),
    ...filterArgs,
    page: pageArg,
    private: privateArg,
  },
  async run(args, tools) {
    const filters = filtersFrom(args);
    const found = await findMovies(args.title, tools);
    if ('reply' in found) return found.reply;
    const answer = await tools.recommender.similar({
      seeds: found.seeds,
      away: found.away,
      ...(found.words && { words: found.words }),
      filters,
      adult: tools.invocation.chat?.ageRestricted ?? false,
      page: args.page ?? 1,
      pageSize: PAGE_SIZE,
      ...(tools.signal && { signal: tools.signal }),
    });
    return similarReply({ found, filters, answer }, tools);
  },
});
