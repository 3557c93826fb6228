import { findMovie } from '../src/answers/find-movies.ts';
import { movieLinks } from '../src/answers/links.ts';
import { cardRating } from '../src/answers/rating.ts';
import { similarAction } from '../src/answers/results.ts';
import { required, titleArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { privateArg } from '../src/chat/filter-args.ts';
import { say } from '../src/messages/message.ts';

export const movie = defineCommand({
  name: 'movie',
  code: 2,
  summary: 'movie.summary',
  args: { title: required(titleArg({ code: 1, summary: 'arg.title' })), private: privateArg },
  async run(args, tools) {
    const found = await findMovie(args.title, tools);
    if ('reply' in found) return found.reply;
    const [shown] = found.seeds;
    return {
      blocks: [
        {
          kind: 'card',
          movie: shown!,
          actions: [{ ...similarAction(shown!), label: say('button.similar') }, ...cardRating(shown!)],
          links: movieLinks(shown!),
        },
      ],
    };
  },
});
