import { choicesBlock } from '../src/answers/choices.ts';
import { findMovie } from '../src/answers/find-movies.ts';
import { required, titleArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { privateArg } from '../src/chat/filter-args.ts';
import { referenceTo } from '../src/chat/references.ts';
import { say, titleOf } from '../src/messages/message.ts';

export const series = defineCommand({
  name: 'series',
  code: 20,
  summary: 'series.summary',
  args: { title: required(titleArg({ code: 1, summary: 'arg.title' })), private: privateArg },
  async run(args, tools) {
    const found = await findMovie(args.title, tools);
    if ('reply' in found) return found.reply;
    const [movie] = found.seeds;
    const { name, movies } = await tools.recommender.seriesOf(movie!, {
      adult: tools.invocation.chat?.ageRestricted ?? false,
      ...(tools.signal && { signal: tools.signal }),
    });
    if (movies.length < 2)
      return { blocks: [{ kind: 'text', lines: [say('series.none', { title: titleOf(movie!) })] }] };
    return {
      blocks: [
        { kind: 'text', lines: [say('series.heading', { name })] },
        choicesBlock(movies, (each) => ({ command: 'movie', args: { title: referenceTo(each) } })),
      ],
    };
  },
});
