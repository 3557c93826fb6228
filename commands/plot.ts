import { plotReply } from '../src/answers/plot-reply.ts';
import { required, textArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { filterArgs, filtersFrom, pageArg, privateArg } from '../src/chat/filter-args.ts';

const PAGE_SIZE = 5;

/** A whole plot of some 3,000 words fits. */
const MAX_TEXT = 24_000;

export const plot = defineCommand({
  name: 'plot',
  code: 4,
  summary: 'plot.summary',
  args: {
    text: required(textArg({ code: 15, summary: 'arg.text', maxLength: MAX_TEXT })),
    ...filterArgs,
    page: pageArg,
    private: privateArg,
  },
  async run(args, tools) {
    const filters = filtersFrom(args);
    const answer = await tools.recommender.plot({
      text: args.text,
      filters,
      adult: tools.invocation.chat?.ageRestricted ?? false,
      page: args.page ?? 1,
      pageSize: PAGE_SIZE,
      ...(tools.signal && { signal: tools.signal }),
    });
    return plotReply(args.text, filters, answer, tools);
  },
});
