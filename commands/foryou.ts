import { forYouReply, startersReply } from '../src/answers/for-you-reply.ts';
import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { filterArgs, filtersFrom, pageArg } from '../src/chat/filter-args.ts';
import { say } from '../src/messages/message.ts';

const PAGE_SIZE = 5;
const STARTERS = 10;

export const foryou = defineCommand({
  name: 'foryou',
  code: 6,
  summary: 'forYou.summary',
  personal: true,
  args: { ...filterArgs, page: pageArg },
  async run(args, tools) {
    const { asker, chat } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    const opinions = await tools.opinions.of(asker);
    const common = { adult: chat?.ageRestricted ?? false, ...(tools.signal && { signal: tools.signal }) };
    if (opinions.length === 0)
      return startersReply(await tools.recommender.starters({ count: STARTERS, ...common }), tools);
    const filters = filtersFrom(args);
    const page = { page: args.page ?? 1, pageSize: PAGE_SIZE };
    return forYouReply(
      filters,
      await tools.recommender.forYou({ opinions, filters, ...page, ...common }),
      tools,
    );
  },
});
